/** What tracking needs of a logger; Powertools' logger and console have it. */
export interface TrackingLogger {
  info(message: string, details: Record<string, unknown>): void;
  warn(message: string, details: Record<string, unknown>): void;
}
