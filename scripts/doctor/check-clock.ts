import { type Finding, healthy, unhealthy } from "./finding.ts";

/** S3 refuses a request that is signed 15 minutes off; a record's time should be right long before. */
const largestDifferenceSeconds = 60;

/** This machine's clock beside that of a server, which says its time with every answer. */
export function compareClocks(dateHeader: string | null, server: string, nowMs = Date.now()): Finding[] {
  const serverMs = Date.parse(dateHeader ?? "");
  if (Number.isNaN(serverMs)) return [];
  const seconds = Math.round((nowMs - serverMs) / 1000);
  const detail = `${Math.abs(seconds)} s ${seconds < 0 ? "behind" : "ahead of"} ${server}`;
  if (Math.abs(seconds) <= largestDifferenceSeconds) return [healthy("Clock", detail)];
  return [unhealthy("Clock", detail, "Set the clock by the network: timedatectl set-ntp true")];
}
