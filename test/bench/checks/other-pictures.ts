import { between, colour, type DrawnKind, ground, many, point, svg, turbulence } from "./drawing.ts";

type Random = () => number;

/** Layers of a retina, cut through: bands of grey that dip at the fovea, with speckle. */
const layers = (random: Random) => {
  const [dip, top] = [between(random, 20, 70), between(random, 140, 220)];
  return many(7, (i) => {
    const y = top + i * between(random, 14, 22);
    return `<path d="M0 ${y}C150 ${y} 190 ${y + dip - 8 * i} 256 ${y + dip - 8 * i}S360 ${y} 512 ${y}" stroke="hsl(0,0%,${between(random, 25, 90)}%)" stroke-width="${between(random, 6, 16)}" fill="none"/>`;
  });
};

const lines = (random: Random, count: number, fill: string) =>
  many(count, (i) => {
    const words = many(between(random, 3, 9), (word) => {
      const x = 40 + word * 50;
      return `<rect x="${x}" y="${50 + i * 22}" width="${between(random, 14, 44)}" height="${between(random, 5, 9)}" fill="${fill}"/>`;
    });
    return words;
  });

const face = (random: Random) => {
  const skin = `hsl(${between(random, 12, 30)},${between(random, 30, 60)}%,${between(random, 30, 78)}%)`;
  const eyeAt = (x: number) =>
    `<ellipse cx="${x}" cy="225" rx="26" ry="14" fill="white"/><circle cx="${x}" cy="225" r="12" fill="${colour(random)}"/><circle cx="${x}" cy="225" r="5" fill="black"/>`;
  return (
    `<ellipse cx="256" cy="200" rx="${between(random, 165, 205)}" ry="190" fill="hsl(${between(random, 15, 45)},40%,${between(random, 8, 50)}%)"/>` +
    `<ellipse cx="256" cy="270" rx="${between(random, 130, 170)}" ry="${between(random, 170, 215)}" fill="${skin}"/>${eyeAt(195)}${eyeAt(317)}` +
    `<path d="M256 240l-18 75h36" fill="none" stroke="#533" stroke-width="4"/><path d="M190 370Q256 ${between(random, 370, 440)} 322 370" fill="#a44"/>`
  );
};

/** Red over yellow to blue, as a camera for heat shows it. */
const heat = (random: Random) =>
  `<radialGradient id="h" cx="${between(random, 0.3, 0.7)}" cy="${between(random, 0.3, 0.7)}" r="0.7"><stop stop-color="white"/><stop offset="0.2" stop-color="yellow"/><stop offset="0.45" stop-color="#f40"/><stop offset="0.75" stop-color="#709"/><stop offset="1" stop-color="#005"/></radialGradient>${ground("url(#h)")}`;

/** A fan of echoes on black. */
const ultrasound = (random: Random) =>
  `${ground("black")}<clipPath id="u"><path d="M256 20L${between(random, 20, 90)} 480H${between(random, 420, 490)}z"/></clipPath><g clip-path="url(#u)">${ground("#777")}` +
  many(
    8,
    () =>
      `<ellipse cx="${between(random, 120, 390)}" cy="${between(random, 120, 460)}" rx="${between(random, 10, 80)}" ry="${between(random, 8, 50)}" fill="hsl(0,0%,${between(random, 5, 90)}%)"/>`,
  ) +
  `${turbulence(random, "0.05 0.2", 3)}</g>`;

/** White vessels on grey, in a circle, as fluorescein shows them. */
const angiogram = (random: Random) =>
  `${ground("black")}<clipPath id="a"><circle cx="256" cy="256" r="240"/></clipPath><g clip-path="url(#a)">${ground(`hsl(0,0%,${between(random, 15, 35)}%)`)}` +
  many(
    16,
    () =>
      `<path d="M170 256Q${point(random, 100, 420)} ${point(random)}" stroke="hsl(0,0%,${between(random, 60, 95)}%)" stroke-width="${between(random, 2, 8)}" fill="none"/>`,
  ) +
  `<circle cx="170" cy="256" r="32" fill="#ddd"/>${turbulence(random, "0.03", 3)}</g>`;

/** Cells in pink and violet through the eyepiece of a microscope. */
const microscope = (random: Random) =>
  `${ground("black")}<clipPath id="m"><circle cx="256" cy="256" r="245"/></clipPath><g clip-path="url(#m)">${ground(`hsl(${between(random, 300, 345)},45%,82%)`)}` +
  many(
    90,
    () =>
      `<circle cx="${between(random, 0, 512)}" cy="${between(random, 0, 512)}" r="${between(random, 5, 18)}" fill="hsl(${between(random, 270, 330)},50%,${between(random, 35, 65)}%)"/>`,
  ) +
  `</g>`;

/** The wall of a gut, wet and shining, in a circle or an octagon, as an endoscope shows it. */
const endoscope = (random: Random) =>
  `${ground("black")}<clipPath id="e"><circle cx="256" cy="256" r="${between(random, 235, 250)}"/></clipPath><g clip-path="url(#e)"><radialGradient id="g" cx="${between(random, 0.35, 0.65)}" cy="${between(random, 0.35, 0.65)}"><stop stop-color="#200"/><stop offset="0.35" stop-color="hsl(5,60%,35%)"/><stop offset="1" stop-color="hsl(12,65%,68%)"/></radialGradient>${ground("url(#g)")}` +
  many(
    5,
    (i) =>
      `<ellipse cx="256" cy="256" rx="${70 + 40 * i}" ry="${60 + 42 * i}" fill="none" stroke="hsl(8,55%,55%)" stroke-width="${between(random, 6, 16)}"/>`,
  ) +
  many(
    12,
    () =>
      `<ellipse cx="${between(random, 80, 430)}" cy="${between(random, 80, 430)}" rx="${between(random, 3, 14)}" ry="4" fill="white"/>`,
  ) +
  `${turbulence(random, "0.02", 3)}</g>`;

const kind = (name: string, draw: (random: Random) => string): DrawnKind => ({
  name,
  isPaintedDisc: false,
  draw: (random) => svg(draw(random)),
});

/** What else a clinic has files of, and what comes from a wrong folder. */
export const otherPictures: readonly DrawnKind[] = [
  kind("plain colours", (random) => ground(colour(random))),
  kind(
    "OCT scans",
    (random) => ground("#111") + layers(random) + turbulence(random, String(between(random, 0.2, 0.6)), 2),
  ),
  kind(
    "documents",
    (random) => ground(`hsl(45,20%,${between(random, 85, 100)}%)`) + lines(random, 19, "#222"),
  ),
  kind("faces", (random) => ground(colour(random)) + face(random) + turbulence(random, "0.01", 2)),
  kind(
    "screenshots of a program",
    (random) =>
      `${ground("#ddd")}<rect width="512" height="28" fill="${colour(random)}"/><rect y="28" width="120" height="484" fill="#eee"/><rect x="130" y="40" width="370" height="300" fill="${colour(random)}"/>` +
      lines(random, 14, "#456"),
  ),
  kind("heat pictures", heat),
  kind("ultrasound", ultrasound),
  kind("angiograms", angiogram),
  kind("cells under a microscope", microscope),
  kind("endoscopy", endoscope),
];
