/** Messages between the server and an execution environment, which is a worker thread. */
export type ToEnvironment =
  | { kind: "invoke"; id: string; event: unknown; deadlineMs: number }
  /** Like SIGTERM on Lambda: 500 ms to clean up. */
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
