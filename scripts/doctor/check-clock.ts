import { type Finding, healthy, unhealthy } from "./finding.ts";

/** S3 refuses requests when the clock is 15 minutes off; the times of records need a better one. */
const largestDifferenceSeconds = 60;

/** Compares this machine's clock with the Date header of a server's response. */
export function compareClocks(dateHeader: string | null, server: string, nowMs = Date.now()): Finding[] {
  const serverMs = Date.parse(dateHeader ?? "");
  if (Number.isNaN(serverMs)) return [];
  const seconds = Math.round((nowMs - serverMs) / 1000);
  const detail = `${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} ${server}`;
  if (Math.abs(seconds) <= largestDifferenceSeconds) return [healthy("Clock", detail)];
  return [unhealthy("Clock", detail, "Set the clock by the network: timedatectl set-ntp true")];
}
