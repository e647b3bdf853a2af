export const minuteLengthMs = 60_000;
export const hourLengthMs = 60 * minuteLengthMs;
export const dayLengthMs = 24 * hourLengthMs;

export const startOfMinute = (timestampMs: number) => timestampMs - (timestampMs % minuteLengthMs);
