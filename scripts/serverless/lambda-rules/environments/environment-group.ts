import type { ExecutionEnvironment } from "./execution-environment.ts";

type Environment = Pick<ExecutionEnvironment, "invoke" | "isUsable" | "load" | "shutdown">;

export interface GroupOptions {
  create(): Environment;
  /** The event that makes an environment ready before a caller meets it; a function without one keeps a single environment. */
  startEvent: unknown;
  /** The most environments at once. */
  most: number;
}

/**
 * A function's execution environments. As on Lambda there are more of them when several events come at once, but at most
 * `most`. No event waits for a new environment: until it is ready, the others share the events.
 */
export class EnvironmentGroup {
  readonly #options: GroupOptions;
  #ready: Environment[] = [];
  #starting: Environment | undefined;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  /** @throws TimeoutError, FunctionError */
  invoke(event: unknown): Promise<unknown> {
    this.#ready = this.#ready.filter(({ isUsable }) => isUsable);
    const [first = this.#createFirst(), ...others] = this.#ready;
    const idlest = others.reduce((best, next) => (next.load < best.load ? next : best), first);
    if (idlest.load > 0) void this.#startAnother();
    return idlest.invoke(event);
  }

  async shutdown(): Promise<void> {
    const all = [...this.#ready, ...(this.#starting === undefined ? [] : [this.#starting])];
    await Promise.all(all.map((environment) => environment.shutdown()));
  }

  #createFirst(): Environment {
    const created = this.#options.create();
    this.#ready.push(created);
    return created;
  }

  async #startAnother(): Promise<void> {
    const { create, startEvent, most } = this.#options;
    if (startEvent === undefined || this.#starting !== undefined || this.#ready.length >= most) return;
    const created = create();
    this.#starting = created;
    // If it cannot start, the other environments answer the callers.
    await created.invoke(startEvent).catch(() => {});
    this.#starting = undefined;
    if (created.isUsable) this.#ready.push(created);
  }
}
