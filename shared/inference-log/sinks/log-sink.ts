/** Records that are written together: lines of JSON. */
export interface LinesToKeep {
  /** Where they lie when an object is written; a stream finds its own place. */
  key: string;
  body: string;
}

/** Takes records for good: what it has taken is kept although this process ends. */
export interface LogSink {
  /** Longest `body` in bytes of UTF-8. */
  maximumBytes: number;
  /** Makes ready for the first `write`. */
  warm(): Promise<void>;
  /** Resolves once the lines are kept. Writing them twice is harmless: readers take each record once. */
  write(lines: LinesToKeep, options: { timeoutMs: number }): Promise<void>;
}
