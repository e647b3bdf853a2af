import type { Pair } from "../graph/operations.ts";
import { KerasModelError } from "../keras-model-error.ts";
import { otherWay } from "./other-way.ts";

/** The settings of one layer as they are in the model's file, each read as the kind that is expected. */
export class LayerConfig {
  readonly #values: Record<string, unknown>;
  readonly #layer: string;

  constructor(values: Record<string, unknown>, layer: string) {
    this.#values = values;
    this.#layer = layer;
  }

  raw(key: string): unknown {
    return this.#values[key];
  }

  has(key: string): boolean {
    return this.#values[key] !== undefined && this.#values[key] !== null;
  }

  number(key: string, fallback?: number): number {
    const value = this.#values[key] ?? fallback;
    if (typeof value !== "number" || !Number.isFinite(value)) throw this.#unexpected("a number", key);
    return value;
  }

  boolean(key: string, fallback?: boolean): boolean {
    const value = this.#values[key] ?? fallback;
    if (typeof value !== "boolean") throw this.#unexpected("true or false", key);
    return value;
  }

  text(key: string, fallback?: string): string {
    const value = this.#values[key] ?? fallback;
    if (typeof value !== "string") throw this.#unexpected("a text", key);
    return value;
  }

  oneOf<Choice extends string>(key: string, choices: readonly Choice[], fallback?: Choice): Choice {
    const value = this.#values[key] ?? fallback;
    const choice = choices.find((candidate) => candidate === value);
    if (choice === undefined) throw this.#unexpected(choices.join(" or "), key, `; ${otherWay}`);
    return choice;
  }

  /** One number, or one for rows and one for columns. */
  pair(key: string, fallback?: Pair): Pair {
    const value = this.#values[key] ?? fallback;
    const [rows, columns] = Array.isArray(value) ? value : [value, value];
    if (typeof rows !== "number" || typeof columns !== "number")
      throw this.#unexpected("one or two numbers", key);
    return [rows, columns];
  }

  /** One number or a list of them, however deeply nested. */
  numbers(key: string, fallback?: number): number[] {
    const values = [this.#values[key] ?? fallback].flat(8);
    if (!values.every((value) => typeof value === "number")) throw this.#unexpected("numbers", key);
    return values;
  }

  /** `[[top, bottom], [left, right]]`. */
  border(key: string): [number, number, number, number] {
    const [top, bottom, left, right] = this.numbers(key);
    if (top === undefined || bottom === undefined || left === undefined || right === undefined) {
      throw this.#unexpected("[[top, bottom], [left, right]]", key);
    }
    return [top, bottom, left, right];
  }

  #unexpected(expected: string, key: string, advice = ""): KerasModelError {
    const received = JSON.stringify(this.#values[key]) ?? "nothing";
    return new KerasModelError(
      `Expected ${expected} for ${key} of layer ${this.#layer} but received ${received.slice(0, 200)}${advice}`,
    );
  }
}
