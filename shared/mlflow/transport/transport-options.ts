export type Fetch = (request: Request, init?: RequestInit) => Promise<Response>;

export interface TransportOptions {
  timeoutMs: number;
  maxAttempts: number;
  retryDelayMs: number;
  fetch: Fetch;
  /** Whether the body is read or written piece by piece: then `timeoutMs` limits each pause instead of the whole. */
  isStream?: boolean | undefined;
}
