export const hourLengthMs = 3_600_000;
export const dayLengthMs = 24 * hourLengthMs;
