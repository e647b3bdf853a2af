/** Structured log of a function: a fixed sentence, and what varies as named details. Powertools' Logger is one. */
export interface Log {
  debug(message: string, details?: LogDetails): void;
  info(message: string, details?: LogDetails): void;
  warn(message: string, details?: LogDetails): void;
  error(message: string, details?: LogDetails): void;
}

/** Names in snake_case. An error goes under `error`: its stack and its causes are written with it. */
export type LogDetails = Record<string, unknown>;
