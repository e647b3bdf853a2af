import { writeSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { parentPort, workerData } from "node:worker_threads";
import type { EnvironmentData, FromEnvironment, ToEnvironment } from "./messages.ts";
import { outliveFullDisk } from "./outlive-full-disk.ts";

/** The inside of an execution environment: loads the function once, then answers events. */
const { modulePath, exportName, functionName, memoryMb } = workerData as EnvironmentData;

// As on Lambda, a function writes straight to the process's output. A worker's output would go through the main thread, which
// costs much more processor time per log line.
process.stdout.write = writeAtOnce;
outliveFullDisk(process.stdout, process.stderr);

type Handler = (event: unknown, context: object) => Promise<unknown>;
const module = (await import(pathToFileURL(modulePath).href)) as Record<string, Handler>;
const handler = module[exportName];
if (handler === undefined) throw new Error(`Expected ${modulePath} to export ${exportName}`);

parentPort?.on("message", async (message: ToEnvironment) => {
  if (message.kind === "shutdown") {
    // Signals reach only the process, never a worker thread.
    if (!process.emit("SIGTERM")) process.exit(0);
    return;
  }
  const { id, event, deadlineMs } = message;
  let outcome: FromEnvironment["outcome"];
  try {
    outcome = { result: await handler(event, createContext(id, deadlineMs)) };
  } catch (error) {
    outcome = { failure: describe(error) };
  }
  parentPort?.postMessage({ id, outcome } satisfies FromEnvironment);
});

function writeAtOnce(text: string | Uint8Array, ...others: unknown[]): boolean {
  const bytes = Buffer.from(text as string);
  for (let written = 0; written < bytes.length; ) written += writeSync(1, bytes, written);
  const whenDone = others.at(-1);
  if (typeof whenDone === "function") process.nextTick(whenDone as () => void);
  return true;
}

function createContext(awsRequestId: string, deadlineMs: number): object {
  return {
    awsRequestId,
    callbackWaitsForEmptyEventLoop: true,
    functionName,
    functionVersion: "$LATEST",
    invokedFunctionArn: `arn:aws:lambda:local:000000000000:function:${functionName}`,
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: "local",
    memoryLimitInMB: String(memoryMb),
    getRemainingTimeInMillis: () => Math.max(deadlineMs - Date.now(), 0),
  };
}

function describe(error: unknown) {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { errorType: name, errorMessage: message, trace: (stack ?? "").split("\n") };
}
