/** Records that are written together, as lines of JSON. */
export interface LinesToKeep {
  /** Key of the object that is written; a stream chooses its own. */
  key: string;
  body: string;
}

/** Takes records for good: what it has taken outlives this process. */
export interface LogSink {
  /** Longest `body` in bytes of UTF-8. */
  maximumBytes: number;
  /** Prepares for the first `write`. */
  warm(): Promise<void>;
  /** Resolves once the lines are kept. Writing them twice is harmless: readers take each record once. */
  write(lines: LinesToKeep, options: { timeoutMs: number }): Promise<void>;
}
