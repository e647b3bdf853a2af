import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, on, once } from "node:events";
import type { Readable } from "node:stream";
import { clockMoved, clockStepMs } from "./movable-clock.ts";
import { type Answer, type Invocation, RuntimeApi } from "./runtime-api.ts";

export interface EnvironmentOptions {
  /** Program and arguments that make a sandbox and start the runtime in it. The program closes descriptor 3 when the sandbox stands. */
  command: [string, ...string[]];
  env: Record<string, string>;
  /** The function's timeout; extensions' time counts too. */
  timeoutMs?: number;
  /** SIGSTOP while nothing is to do, SIGCONT before the next event, as Lambda does. */
  freeze?: boolean;
  initTimeoutMs?: number;
  onOutput?: (line: string) => void;
}

export interface ExecutionEnvironment {
  /** Milliseconds from the runtime's start until it asks for its first event, as Lambda counts `Init Duration`: the sandbox stands before. */
  readonly initMs: number;
  readonly extensionNames: string[];
  readonly processId: number;
  /** One event, as the caller and as the environment see it. */
  invoke(event: unknown): Promise<Invocation>;
  /** Resolves with the answer while the environment may still be at work; `settled` waits for the rest. */
  start(event: unknown): { answered: Promise<Answer>; settled: Promise<Invocation> };
  /** Ten minutes pass for a frozen process that was started with `movableClock`. */
  moveClock(): Promise<void>;
  /** SIGTERM and 500 ms where an extension is registered, else SIGKILL at once: Lambda's shutdown. */
  shutdown(): Promise<{ code: number | null; signal: NodeJS.Signals | null }>;
  kill(): Promise<void>;
}

const clockTimeoutMs = 10_000;

/** Lambda's environment variables for a function of `nodejs22.x`. */
export const lambdaVariables = (handler: string, memoryMb = 1024): Record<string, string> => ({
  _HANDLER: handler,
  LAMBDA_TASK_ROOT: "/var/task",
  LAMBDA_RUNTIME_DIR: "/var/runtime",
  AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x",
  AWS_LAMBDA_FUNCTION_NAME: `test-${handler.split("/").at(-2) ?? "function"}`,
  AWS_LAMBDA_FUNCTION_VERSION: "$LATEST",
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(memoryMb),
  AWS_LAMBDA_INITIALIZATION_TYPE: "on-demand",
  AWS_LAMBDA_LOG_GROUP_NAME: "/aws/lambda/test",
  AWS_LAMBDA_LOG_STREAM_NAME: "2026/01/01/[$LATEST]0",
  AWS_REGION: "us-east-1",
  AWS_DEFAULT_REGION: "us-east-1",
  TZ: ":UTC",
  LANG: "en_US.UTF-8",
  PATH: "/var/lang/bin:/usr/local/bin:/usr/bin/:/bin:/opt/bin",
  NODE_PATH: "/opt/nodejs/node22/node_modules:/opt/nodejs/node_modules:/var/runtime/node_modules:/var/task",
});

/**
 * Starts one execution environment and waits for the end of its init phase.
 *
 * @throws Error when init fails, ends the process or takes too long
 */
export async function startEnvironment(options: EnvironmentOptions): Promise<ExecutionEnvironment> {
  const { timeoutMs = 20_000, freeze = true, initTimeoutMs = 10_000 } = options;
  let runtimeStartedAt = Number.NaN;
  const init = Promise.withResolvers<void>();
  let frozen = false;
  let timedOut = false;
  let exited: { code: number | null; signal: NodeJS.Signals | null } | undefined;
  const api = new RuntimeApi({
    onInitError: init.reject,
    onIdle: () => {
      init.resolve();
      if (freeze) freezeNow();
    },
  });
  const freezeNow = () => {
    if (!frozen) child.kill("SIGSTOP");
    frozen = true;
  };
  const [program, ...parameters] = options.command;
  const child = spawn(program, parameters, {
    stdio: ["ignore", "pipe", "pipe", "pipe"],
    env: { ...options.env, AWS_LAMBDA_RUNTIME_API: await api.listen() },
  });
  const sandbox = child.stdio[3] as Readable;
  sandbox.resume().once("end", () => {
    runtimeStartedAt = performance.now();
  });
  const output = new EventEmitter<{ line: [string] }>();
  output.on("line", options.onOutput ?? (() => {}));
  relayLines(child, (line) => output.emit("line", line));
  child.on("exit", (code, signal) => {
    exited = { code, signal };
    const reason = `runtime exited (${signal ?? code})`;
    init.reject(new Error(reason));
    if (timedOut) api.processEnded(`Task timed out after ${timeoutMs / 1_000} seconds`, "Sandbox.Timedout");
    else api.processEnded(reason);
  });
  const initTimer = setTimeout(() => init.reject(new Error("init timed out")), initTimeoutMs);
  try {
    await init.promise;
  } catch (error) {
    child.kill("SIGKILL");
    api.close();
    throw error;
  } finally {
    clearTimeout(initTimer);
  }

  const thaw = () => {
    if (frozen) child.kill("SIGCONT");
    frozen = false;
  };
  const start = (event: unknown) => {
    if (exited !== undefined) throw new Error("The runtime has exited");
    thaw();
    const invocation = api.invoke(event, timeoutMs);
    const timer = setTimeout(() => {
      timedOut = true;
      child.kill("SIGKILL");
    }, timeoutMs);
    void invocation.settled.then(() => clearTimeout(timer));
    return invocation;
  };
  const ended = async () => {
    if (exited === undefined) await once(child, "exit");
    api.close();
    return exited ?? { code: null, signal: null };
  };
  return {
    initMs: performance.now() - runtimeStartedAt,
    extensionNames: api.extensionNames,
    processId: child.pid ?? -1,
    start,
    invoke: (event) => start(event).settled,
    async moveClock() {
      api.moveClock(clockStepMs);
      const lines = on(output, "line", { signal: AbortSignal.timeout(clockTimeoutMs) });
      child.kill("SIGUSR2");
      // A stopped process takes no signal: it must run for a moment.
      thaw();
      for await (const [line] of lines) if (line === clockMoved) break;
      freezeNow();
    },
    async shutdown() {
      thaw();
      if (exited === undefined && api.extensionNames.length > 0) {
        child.kill("SIGTERM");
        const killTimer = setTimeout(() => child.kill("SIGKILL"), 500);
        void once(child, "exit").then(() => clearTimeout(killTimer));
      } else {
        child.kill("SIGKILL");
      }
      return ended();
    },
    async kill() {
      child.kill("SIGKILL");
      await ended();
    },
  };
}

function relayLines(child: ChildProcess, onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    let rest = "";
    stream?.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      rest = lines.pop() ?? "";
      lines.forEach(onLine);
    });
  }
}
