/** Structured log of a function: each entry is a fixed sentence, and named details for what varies. */
export interface Log {
  debug(message: string, details?: LogDetails): void;
  info(message: string, details?: LogDetails): void;
  warn(message: string, details?: LogDetails): void;
  error(message: string, details?: LogDetails): void;
}

/** Names in snake_case. An error goes under `error`, and is written with its stack and its causes. */
export type LogDetails = Record<string, unknown>;
