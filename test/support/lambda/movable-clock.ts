/** How far the clock moves at each SIGUSR2. */
export const clockStepMs = 10 * 60_000;

/** What the process writes when its clock has moved. */
export const clockMoved = "The clock has moved";

/**
 * A value for NODE_OPTIONS that lets a test move a process's clock: at each SIGUSR2 Date and performance.now are ten minutes
 * further, as they are for an environment that was frozen so long.
 */
export const movableClock = `--import data:text/javascript,${encodeURIComponent(`
import { writeSync } from "node:fs";
const RealDate = Date, realNow = performance.now.bind(performance);
let aheadMs = 0;
process.on("SIGUSR2", () => { aheadMs += ${clockStepMs}; writeSync(2, "${clockMoved}\\n"); });
globalThis.Date = class Date extends RealDate {
  constructor(...parameters) {
    if (parameters.length === 0) super(RealDate.now() + aheadMs);
    else super(...parameters);
  }
  static now() { return RealDate.now() + aheadMs; }
};
performance.now = () => realNow() + aheadMs;
`)}`;
