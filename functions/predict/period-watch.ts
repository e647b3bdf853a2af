/** Of the alarms on what predict says of itself (resources/alarms.yml). */
const periodMs = 300_000;

/**
 * Returns a function that says whether it is called for the first time in one of CloudWatch's periods, which begin at whole five
 * minutes. A pause of five minutes instead would leave some periods without a figure.
 *
 * @param now milliseconds since 1970
 */
export function createPeriodWatch(now: () => number = Date.now): () => boolean {
  let last: number | undefined;
  return () => {
    const period = Math.floor(now() / periodMs);
    const isFirst = period !== last;
    last = period;
    return isFirst;
  };
}
