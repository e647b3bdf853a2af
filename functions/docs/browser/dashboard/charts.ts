import type { Dashboard, DashboardHour } from "../../../../shared/schemas/dashboard.ts";
import { dayLengthMs, hourLengthMs } from "../../../../shared/time/durations.ts";
import { draw, picture, tip } from "./svg.ts";

/** Size of a drawing in its own units; the page stretches it. */
const width = 840;
const height = 160;
/** The style sheet has the classes series-0 to series-7. */
const seriesColours = 8;

export interface Axis {
  fromMs: number;
  toMs: number;
}

/** The time axis starts at the first hour with an answer, or a day ago if that is earlier, so that a new service's chart covers one day. */
export function axisOf({ from, to, hours }: Dashboard): Axis {
  const toMs = Date.parse(to);
  const firstMs = Math.min(toMs - dayLengthMs, ...hours.map(({ start }) => Date.parse(start)));
  return { fromMs: Math.max(Date.parse(from), firstMs), toMs };
}

function placeHour({ start }: DashboardHour, { fromMs, toMs }: Axis) {
  const scale = width / (toMs - fromMs);
  const x = (Date.parse(start) - fromMs) * scale;
  return { x: Math.max(0, x), barWidth: Math.max(1.5, hourLengthMs * scale - 1) };
}

/** Every key with its count, the largest count first; the index chooses the colour. */
export function listSeries(
  hours: readonly DashboardHour[],
  read: (hour: DashboardHour) => Record<string, number>,
) {
  const sums = new Map<string, number>();
  for (const hour of hours) {
    for (const [key, count] of Object.entries(read(hour))) sums.set(key, (sums.get(key) ?? 0) + count);
  }
  return [...sums].sort(([, a], [, b]) => b - a).map(([key, count]) => ({ key, count }));
}

export const seriesClass = (index: number) => `series-${index % seriesColours}`;

export function drawVolume(hours: readonly DashboardHour[], axis: Axis, label: string, say: Say) {
  const most = Math.max(1, ...hours.map(({ predictions }) => predictions));
  return picture(
    label,
    width,
    height,
    ...hours.map((hour) => {
      const { x, barWidth } = placeHour(hour, axis);
      const barHeight = (hour.predictions / most) * height;
      return drawBar(
        "series-0",
        x,
        height - barHeight,
        barWidth,
        barHeight,
        say(hour, String(hour.predictions)),
      );
    }),
  );
}

/** Draws the shares of each hour's answers, stacked to the full height, so that the mix shows whatever the volume. */
export function drawMix(
  hours: readonly DashboardHour[],
  axis: Axis,
  label: string,
  say: Say,
  { read, name }: { read: (hour: DashboardHour) => Record<string, number>; name: (key: string) => string },
) {
  const series = listSeries(hours, read);
  const bars = hours.flatMap((hour) => {
    const { x, barWidth } = placeHour(hour, axis);
    const counts = read(hour);
    const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
    let top = 0;
    return series.flatMap(({ key }, index) => {
      const count = counts[key] ?? 0;
      if (count === 0) return [];
      const barHeight = (count / total) * height;
      const bar = drawBar(
        seriesClass(index),
        x,
        top,
        barWidth,
        barHeight,
        say(hour, `${name(key)}: ${count}`),
      );
      top += barHeight;
      return [bar];
    });
  });
  return picture(label, width, height, ...bars);
}

export function drawHistogram(counts: readonly number[], label: string) {
  const most = Math.max(1, ...counts);
  const step = width / counts.length;
  const percents = 100 / counts.length;
  return picture(
    label,
    width,
    height,
    ...counts.map((count, index) => {
      const barHeight = (count / most) * height;
      const words = `${index * percents}–${(index + 1) * percents} %: ${count}`;
      return drawBar("series-0", index * step + 1, height - barHeight, step - 2, barHeight, words);
    }),
  );
}

/** Draws the mean time as a bar, in front of a faint bar for the longest. */
export function drawLatency(hours: readonly DashboardHour[], axis: Axis, label: string, say: Say) {
  const most = Math.max(1, ...hours.map((hour) => hour.longest_inference_time_ms));
  return picture(
    label,
    width,
    height,
    ...hours.flatMap((hour) => {
      const { x, barWidth } = placeHour(hour, axis);
      const mean = (hour.mean_inference_time_ms / most) * height;
      const longest = (hour.longest_inference_time_ms / most) * height;
      const words = `${hour.mean_inference_time_ms.toFixed(1)} / ${hour.longest_inference_time_ms.toFixed(1)} ms`;
      return [
        drawBar("faint", x, height - longest, barWidth, longest, say(hour, words)),
        drawBar("series-0", x, height - mean, barWidth, mean, say(hour, words)),
      ];
    }),
  );
}

/** Renders the tooltip of an hour's bar. */
export type Say = (hour: DashboardHour, words: string) => string;

function drawBar(kind: string, x: number, y: number, barWidth: number, barHeight: number, words: string) {
  const place = { x: round(x), y: round(y), width: round(barWidth), height: round(barHeight) };
  return draw("rect", { class: kind, ...place }, tip(words));
}

const round = (value: number) => Math.round(value * 100) / 100;
