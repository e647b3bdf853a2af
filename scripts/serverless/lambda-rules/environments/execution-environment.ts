import { randomUUID } from "node:crypto";
import { Worker } from "node:worker_threads";
import { waitAtMost } from "../../../../shared/resilience/wait-at-most.ts";
import { FunctionError, TimeoutError } from "../gateway/gateway-response.ts";
import type { EnvironmentData, FromEnvironment, ToEnvironment } from "./messages.ts";

/** Time between SIGTERM and the end, as on Lambda. */
const shutdownMs = 500;
/**
 * By default a worker thread has four times the stack of the main thread, where Lambda runs a function. A recursion that is too
 * deep there must fail here too: so Node's 984 kB, and the 192 kB that a worker reserves for native code.
 */
const stackSizeMb = (984 + 192) / 1024 + 0.02;
/** That of predict on Lambda (serverless.yml). With more, V8 collects its whole heap every ten answers instead. */
const youngGenerationMb = 12;

export interface EnvironmentOptions extends EnvironmentData {
  env: Record<string, string>;
  timeoutMs: number;
}

interface Running {
  resolve(result: unknown): void;
  reject(error: Error): void;
  settled: Promise<unknown>;
}

/**
 * One execution environment of a function: a worker thread with its own module state and environment variables, kept from
 * event to event. Unlike on Lambda it handles several events at once, so that a developer's machine needs few models in memory.
 */
export class ExecutionEnvironment {
  readonly #worker: Worker;
  readonly #timeoutMs: number;
  readonly #running = new Map<string, Running>();
  readonly #ended: Promise<void>;
  #isUsable = true;

  constructor({ env, timeoutMs, ...workerData }: EnvironmentOptions) {
    this.#timeoutMs = timeoutMs;
    this.#worker = new Worker(new URL("./environment-worker.ts", import.meta.url), {
      env,
      workerData,
      execArgv: ["--enable-source-maps"],
      resourceLimits: { stackSizeMb, maxYoungGenerationSizeMb: youngGenerationMb },
    });
    this.#worker.on("message", (message: FromEnvironment) => this.#settle(message));
    this.#worker.on("error", (error) => this.#fail(error.stack ?? error.message));
    this.#ended = new Promise((resolve) => {
      this.#worker.on("exit", (code) => {
        this.#fail(`the process exited with ${code}`);
        resolve();
      });
    });
  }

  /** False once it has crashed, timed out or been shut down: the next event needs a new one. */
  get isUsable(): boolean {
    return this.#isUsable;
  }

  /** How many events it is handling. */
  get load(): number {
    return this.#running.size;
  }

  /** @throws TimeoutError, FunctionError */
  async invoke(event: unknown): Promise<unknown> {
    const id = randomUUID();
    const { promise, resolve, reject } = Promise.withResolvers<unknown>();
    this.#running.set(id, { resolve, reject, settled: promise });
    const timer = setTimeout(() => {
      reject(new TimeoutError(`Task timed out after ${this.#timeoutMs} ms`));
      void this.#endWhenIdle();
    }, this.#timeoutMs);
    this.#send({ kind: "invoke", id, event, deadlineMs: Date.now() + this.#timeoutMs });
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
      this.#running.delete(id);
    }
  }

  /** Waits for its events, then gives it 500 ms to clean up. */
  async shutdown(): Promise<void> {
    await this.#idle();
    this.#send({ kind: "shutdown" });
    await waitAtMost(this.#ended, shutdownMs);
    await this.#worker.terminate();
  }

  /** Lambda ends an environment after a timeout; here its other events may finish first. */
  async #endWhenIdle(): Promise<void> {
    await this.#idle();
    await this.#worker.terminate();
  }

  async #idle(): Promise<void> {
    this.#isUsable = false;
    await Promise.allSettled([...this.#running.values()].map(({ settled }) => settled));
  }

  #send(message: ToEnvironment): void {
    this.#worker.postMessage(message);
  }

  #settle({ id, outcome }: FromEnvironment): void {
    const running = this.#running.get(id);
    if ("result" in outcome) running?.resolve(outcome.result);
    else running?.reject(new FunctionError(outcome.failure.trace.join("\n")));
  }

  #fail(why: string): void {
    this.#isUsable = false;
    for (const { reject } of this.#running.values()) reject(new FunctionError(why));
  }
}
