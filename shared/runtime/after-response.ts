import { waitAtMost } from "../resilience/wait-at-most.ts";
import type { Log } from "../schemas/log.ts";
import { nextEvent, registerExtension } from "./extension-api.ts";

/** Time kept free before Lambda's deadline, so that hanging work does not make Lambda end the environment. */
const deadlineMarginMs = 200;

/** Work that may be done after the caller has the response. */
export interface AfterResponse {
  /** Starts `work` once the response has left. Its failure is logged, never thrown. */
  run(work: () => Promise<unknown>): void;
  /**
   * Says that the response to this request is ready to leave. Resolves at once where the work can run after the
   * response; otherwise, on Lambda without an extension, when the work is done, because the environment is frozen next.
   * Only the code that wraps a handler calls it.
   */
  answered(requestId: string): Promise<void>;
}

interface Options {
  /** host:port of Lambda's runtime API; undefined elsewhere. */
  runtimeApi: string | undefined;
  log: Log;
  /** Ends the process. */
  exit?: (code: number) => void;
}

/**
 * Prepares for work after the response. Await it at module level: Lambda registers extensions only in the init phase.
 *
 * Lambda sends the response to the caller as soon as the runtime has posted it, and freezes the environment once the
 * runtime and every extension have asked for the next event. So an internal extension that asks only when the work is
 * done keeps the environment awake while nobody waits. Elsewhere the event loop simply goes on.
 */
export async function registerAfterResponse(options: Options): Promise<AfterResponse> {
  const queue = createWorkQueue(options.log);
  const { runtimeApi, log } = options;
  if (runtimeApi === undefined) return createUnfrozen(queue);

  let identifier: string;
  try {
    identifier = await registerExtension(runtimeApi, "after-response");
  } catch (error) {
    log.warn("Lambda refused the extension; responses wait for the work after them", { error });
    return { run: queue.add, answered: queue.drain };
  }
  return createExtension(queue, runtimeApi, identifier, options);
}

function createUnfrozen(queue: WorkQueue): AfterResponse {
  return {
    run: queue.add,
    async answered() {
      afterPosting(queue.start);
    },
  };
}

function createExtension(
  queue: WorkQueue,
  runtimeApi: string,
  identifier: string,
  { log, exit = process.exit }: Options,
): AfterResponse {
  let lastAnswered = "";
  let wake = () => {};

  const answerTo = async (requestId: string) => {
    while (lastAnswered !== requestId) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
  };

  const serveEvents = async () => {
    for (;;) {
      const event = await nextEvent(runtimeApi, identifier);
      const leftMs = Math.max(event.deadlineMs - Date.now() - deadlineMarginMs, 0);
      await waitAtMost(answerTo(event.requestId).then(queue.drain), leftMs);
    }
  };

  serveEvents().catch((error) => {
    // An extension that no longer asks would make every later invocation run into its timeout.
    log.error("The extension lost Lambda's event stream; ending this environment", { error });
    exit(1);
  });

  return {
    run: queue.add,
    async answered(requestId) {
      afterPosting(() => {
        lastAnswered = requestId;
        wake();
        queue.start();
      });
    },
  };
}

/**
 * The runtime client posts the response one turn of the event loop after the handler's promise resolves; two turns are
 * safe.
 */
function afterPosting(next: () => void): void {
  setImmediate(() => setImmediate(next));
}

interface WorkQueue {
  add(work: () => Promise<unknown>): void;
  start(): void;
  /** Starts what waits, and resolves when all work is done. */
  drain(): Promise<void>;
}

function createWorkQueue(log: Log): WorkQueue {
  let waiting: (() => Promise<unknown>)[] = [];
  const running = new Set<Promise<void>>();

  const runOne = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      log.error("Work after the answer failed", { error });
    }
  };
  const start = () => {
    const works = waiting;
    waiting = [];
    for (const work of works) {
      const run = runOne(work).finally(() => running.delete(run));
      running.add(run);
    }
  };
  return {
    add: (work) => {
      waiting.push(work);
    },
    start,
    async drain() {
      start();
      while (running.size > 0) {
        await Promise.all(running);
        start();
      }
    },
  };
}
