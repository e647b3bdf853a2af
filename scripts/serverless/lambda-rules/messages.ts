/** What the server and an execution environment tell each other; a worker thread's messages. */
export type ToEnvironment =
  | { kind: "invoke"; id: string; event: unknown; deadlineMs: number }
  /** As SIGTERM on Lambda: 500 ms to tidy up. */
  | { kind: "shutdown" };

export interface FromEnvironment {
  id: string;
  outcome: { result: unknown } | { failure: { errorType: string; errorMessage: string; trace: string[] } };
}

export interface EnvironmentData {
  /** Absolute path of the bundle. */
  modulePath: string;
  exportName: string;
  functionName: string;
  memoryMb: number;
}
