import type { DashboardHour } from "../../../../shared/schemas/dashboard.ts";
import { hourLengthMs } from "../../../../shared/time/durations.ts";
import { type Axis, listSeries, type Series } from "./series.ts";
import { draw, picture, tip } from "./svg.ts";

/** Size of a drawing in its own units; the page stretches it. */
const width = 840;
const height = 160;
function placeHour({ start }: DashboardHour, { fromMs, toMs }: Axis) {
  const scale = width / (toMs - fromMs);
  const x = (Date.parse(start) - fromMs) * scale;
  return { x, barWidth: Math.max(1.5, hourLengthMs * scale - 1) };
}

export const seriesClass = ({ colour }: Series) => `series-${colour}`;

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
    return series.flatMap((each) => {
      const { key } = each;
      const count = counts[key] ?? 0;
      if (count === 0) return [];
      const barHeight = (count / total) * height;
      const bar = drawBar(
        seriesClass(each),
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
