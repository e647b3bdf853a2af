import type { Sharp } from "sharp";
import { sharp } from "../../../shared/image/sharp.ts";

/** Pictures that are not fundus photographs, drawn here; none of these kinds was looked at when the checks were made. */
export interface DrawnKind {
  name: string;
  /** Whether it is a disc on black ground in a retina's colours: painted to be taken for one. */
  isPaintedDisc: boolean;
  /** An SVG of 512 x 512. @param random numbers 0 up to 1 */
  draw(random: () => number): string;
}

export const side = 512;
export const svg = (content: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${side}" height="${side}" viewBox="0 0 ${side} ${side}">${content}</svg>`;
export const ground = (fill: string) => `<rect width="${side}" height="${side}" fill="${fill}"/>`;
export const between = (random: () => number, low: number, high: number) => low + (high - low) * random();
export const many = (count: number, draw: (index: number) => string) =>
  Array.from({ length: Math.round(count) }, (_, i) => draw(i)).join("");
export const colour = (random: () => number) =>
  `hsl(${between(random, 0, 360).toFixed(0)},${between(random, 20, 90).toFixed(0)}%,${between(random, 15, 85).toFixed(0)}%)`;
/** From the colours of retinas: dark red to light orange. */
export const retinal = (random: () => number, light = 45) =>
  `hsl(${between(random, 8, 32).toFixed(0)},${between(random, 55, 85).toFixed(0)}%,${between(random, light - 12, light + 8).toFixed(0)}%)`;
export const point = (random: () => number, low = 0, high = side) =>
  `${between(random, low, high).toFixed(0)} ${between(random, low, high).toFixed(0)}`;

/** Noise of feTurbulence in grey, multiplied into what lies below. */
export const turbulence = (random: () => number, frequency: string, octaves: number) =>
  `<filter id="t" x="0" y="0" width="100%" height="100%"><feTurbulence type="fractalNoise" baseFrequency="${frequency}" numOctaves="${octaves}" seed="${Math.floor(random() * 1e6)}"/>` +
  `<feColorMatrix values="0 0 0 0 0  0 0 0 0 0  0 0 0 0 0  0 0 0 -2 1.4"/></filter><rect width="${side}" height="${side}" filter="url(#t)"/>`;

/** @param drawing an SVG, which the service itself does not open */
export function openDrawing(drawing: string): Sharp {
  sharp.unblock({ operation: ["VipsForeignLoadSvgBuffer"] });
  return sharp(Buffer.from(drawing));
}
