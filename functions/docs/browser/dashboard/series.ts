import { knownClasses } from "../../../../shared/schemas/class-name.ts";
import type { Dashboard, DashboardHour } from "../../../../shared/schemas/dashboard.ts";
import { dayLengthMs, hourLengthMs } from "../../../../shared/time/durations.ts";

/** The style sheet has the classes series-0 to series-7. */
const seriesColours = 8;
/** Colours that do not depend on what else is drawn. */
const first = [...knownClasses, "confident", "uncertain", "ungradable"];
const preferred = new Map(first.map((key) => [key, first.indexOf(key) % knownClasses.length]));

export interface Axis {
  fromMs: number;
  toMs: number;
}

export interface Series {
  key: string;
  count: number;
  /** 0..7 */
  colour: number;
}

/**
 * The time axis, of full hours: from the first hour with an answer, or a day ago if that is earlier, so that a new service's
 * chart covers one day, to the end of the hour that is not over.
 */
export function axisOf({ from, to, hours }: Pick<Dashboard, "from" | "to" | "hours">): Axis {
  const toMs = Math.ceil(Date.parse(to) / hourLengthMs) * hourLengthMs;
  const firstMs = Math.min(toMs - dayLengthMs, ...hours.map(({ start }) => Date.parse(start)));
  const fromMs = Math.floor(Date.parse(from) / hourLengthMs) * hourLengthMs;
  return { fromMs: Math.max(fromMs, firstMs), toMs };
}

/** Every key with its count, the largest count first. A key keeps its colour whatever its rank. */
export function listSeries(
  hours: readonly DashboardHour[],
  read: (hour: DashboardHour) => Record<string, number>,
): Series[] {
  const sums = new Map<string, number>();
  for (const hour of hours) {
    for (const [key, count] of Object.entries(read(hour))) sums.set(key, (sums.get(key) ?? 0) + count);
  }
  const colours = chooseColours([...sums.keys()]);
  return [...sums]
    .sort(([, a], [, b]) => b - a)
    .map(([key, count]) => ({ key, count, colour: colours.get(key) ?? 0 }));
}

/** Keys that prefer the same colour get the next that is free, as long as there is one. */
function chooseColours(keys: readonly string[]): Map<string, number> {
  const colours = new Map<string, number>();
  const rankOf = (key: string) => (preferred.has(key) ? 0 : 1);
  for (const key of [...keys].sort((a, b) => rankOf(a) - rankOf(b) || (a < b ? -1 : 1))) {
    const taken = new Set(colours.values());
    let colour = preferColour(key);
    while (taken.has(colour) && taken.size < seriesColours) colour = (colour + 1) % seriesColours;
    colours.set(key, colour);
  }
  return colours;
}

/** A version's colour follows from its number, so that the next version has another one; that of any other key from its letters. */
function preferColour(key: string): number {
  const [, version] = /\/(\d+)$/.exec(key) ?? [];
  const letters = [...key].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  return preferred.get(key) ?? Number(version ?? letters) % seriesColours;
}
