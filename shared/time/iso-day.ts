/** The day of a time in UTC, such as `2026-11-25`. */
export const isoDay = (timestampMs: number): string => new Date(timestampMs).toISOString().slice(0, 10);
