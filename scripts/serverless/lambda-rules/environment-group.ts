import type { ExecutionEnvironment } from "./execution-environment.ts";

type Environment = Pick<ExecutionEnvironment, "invoke" | "isUsable" | "load" | "shutdown">;

export interface GroupOptions {
  create(): Environment;
  /** What makes an environment ready before a caller meets it; a function without one keeps a single environment. */
  startEvent: unknown;
  /** Environments at once, at most. */
  most: number;
}

/**
 * A function's execution environments. As on Lambda there are more of them when several events come at once, but no more
 * than help, and no event waits for a new one: until that is ready, those that are share the events.
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
    // One that cannot start fails here as it would for a caller, who is answered by the others.
    await created.invoke(startEvent).catch(() => {});
    this.#starting = undefined;
    if (created.isUsable) this.#ready.push(created);
  }
}
