import {
  between,
  colour,
  type DrawnKind,
  ground,
  many,
  openDrawing,
  point,
  retinal,
  side,
  svg,
  turbulence,
} from "./drawing.ts";
import { otherPictures } from "./other-pictures.ts";

/** What is drawn inside a disc that nearly fills a black picture. */
const onBlack = (content: string) =>
  svg(
    `${ground("black")}<clipPath id="c"><circle cx="256" cy="256" r="244"/></clipPath><g clip-path="url(#c)">${content}</g>`,
  );

const eye = (random: () => number) => {
  const [x, y, iris] = [between(random, 220, 290), between(random, 220, 290), between(random, 60, 120)];
  return (
    `<rect width="${side}" height="${side}" fill="hsl(${between(random, 10, 30)},45%,${between(random, 35, 75)}%)"/>` +
    `<ellipse cx="256" cy="256" rx="${between(random, 160, 230)}" ry="${between(random, 80, 130)}" fill="hsl(20,20%,90%)"/>` +
    `<radialGradient id="i"><stop offset="0.3" stop-color="black"/><stop offset="0.35" stop-color="${colour(random)}"/><stop offset="1" stop-color="${colour(random)}"/></radialGradient>` +
    `<circle cx="${x}" cy="${y}" r="${iris}" fill="url(#i)"/><circle cx="${x + 20}" cy="${y - 25}" r="9" fill="white"/>` +
    many(
      30,
      (i) =>
        `<path d="M${60 + i * 13} 150q${between(random, -10, 10)} -40 ${between(random, -20, 20)} -${between(random, 40, 80)}" stroke="#211" stroke-width="3" fill="none"/>`,
    )
  );
};

/** Lines that branch from a point, as somebody who knows a retina would draw its vessels. */
const vessels = (random: () => number, x: number, y: number) =>
  many(8, (index) => {
    const angle = (index / 8) * 2 * Math.PI + random();
    const turn = (length: number, bend: number) =>
      `${(x + length * Math.cos(angle + bend)).toFixed(0)} ${(y + length * Math.sin(angle + bend)).toFixed(0)}`;
    return many(
      3,
      () =>
        `<path d="M${x} ${y}Q${turn(130, 0.5 * random() - 0.25)} ${turn(320, 1.4 * random() - 0.7)}" stroke="hsl(5,70%,24%)" stroke-width="${between(random, 2, 7)}" fill="none"/>`,
    );
  });

/** A line that wanders, forks and gets thinner, as a vessel does. @param steps of 14 pixels */
function branch(
  random: () => number,
  from: { x: number; y: number; angle: number },
  width: number,
  steps: number,
): string {
  let { x, y, angle } = from;
  let line = `M${x.toFixed(1)} ${y.toFixed(1)}`;
  let forks = "";
  for (let step = 0; step < steps; step++) {
    angle += between(random, -0.15, 0.15);
    x += 14 * Math.cos(angle);
    y += 14 * Math.sin(angle);
    line += `L${x.toFixed(1)} ${y.toFixed(1)}`;
    const turn = random() < 0.5 ? -0.6 : 0.6;
    if (width > 1.2 && random() < 0.14)
      forks += branch(random, { x, y, angle: angle + turn }, width * 0.65, steps - step);
  }
  return `<path d="${line}" stroke-width="${width.toFixed(1)}"/>${forks}`;
}

const landscapesToWebs: readonly DrawnKind[] = [
  {
    name: "landscapes",
    isPaintedDisc: false,
    draw: (random) =>
      svg(
        `${ground(`hsl(${between(random, 190, 230)},60%,${between(random, 50, 80)}%)`)}<circle cx="${between(random, 50, 450)}" cy="${between(random, 40, 150)}" r="40" fill="#fe8"/>` +
          many(
            4,
            (i) =>
              `<path d="M0 ${250 + 60 * i}Q${point(random)} 512 ${200 + 70 * i}V512H0z" fill="hsl(${between(random, 30, 140)},40%,${50 - 9 * i}%)"/>`,
          ) +
          turbulence(random, "0.02", 5),
      ),
  },
  {
    name: "charts",
    isPaintedDisc: false,
    draw: (random) =>
      svg(
        `${ground("white")}${many(between(random, 4, 14), (i) => {
          const height = between(random, 30, 380);
          return `<rect x="${50 + i * 32}" y="${460 - height}" width="24" height="${height}" fill="${colour(random)}"/>`;
        })}<path d="M40 40V460H490" stroke="black" stroke-width="3" fill="none"/>`,
      ),
  },
  {
    name: "X-rays",
    isPaintedDisc: false,
    draw: (random) =>
      svg(
        `<radialGradient id="x" cx="${between(random, 0.3, 0.7)}"><stop offset="0" stop-color="#ddd"/><stop offset="1" stop-color="#111"/></radialGradient>${ground("url(#x)")}` +
          many(
            10,
            (i) =>
              `<path d="M40 ${80 + i * 40}Q${between(random, 120, 200)} ${20 + i * 40} 256 ${70 + i * 40}T472 ${80 + i * 40}" stroke="#eee" stroke-opacity="0.5" stroke-width="14" fill="none"/>`,
          ) +
          turbulence(random, "0.05", 4),
      ),
  },
  {
    name: "skin close by",
    isPaintedDisc: false,
    draw: (random) =>
      svg(
        `${ground(`hsl(${between(random, 12, 28)},${between(random, 35, 60)}%,${between(random, 35, 75)}%)`)}` +
          `<ellipse cx="256" cy="256" rx="${between(random, 40, 150)}" ry="${between(random, 40, 150)}" fill="hsl(${between(random, 5, 25)},50%,25%)" opacity="0.8"/>` +
          many(
            12,
            () =>
              `<path d="M${point(random)}Q${point(random)} ${point(random)}" stroke="#321" stroke-width="2" fill="none"/>`,
          ) +
          turbulence(random, "0.08", 4),
      ),
  },
  {
    name: "wood and cloth",
    isPaintedDisc: false,
    draw: (random) =>
      svg(
        ground(colour(random)) +
          turbulence(random, `${between(random, 0.002, 0.3)} ${between(random, 0.002, 0.3)}`, 4),
      ),
  },
  {
    name: "plates on a table",
    isPaintedDisc: false,
    draw: (random) =>
      svg(
        `${ground(colour(random))}<circle cx="256" cy="256" r="220" fill="#eee"/><circle cx="256" cy="256" r="170" fill="#ddd"/>` +
          many(
            between(random, 4, 14),
            () =>
              `<circle cx="${between(random, 150, 360)}" cy="${between(random, 150, 360)}" r="${between(random, 15, 60)}" fill="${colour(random)}"/>`,
          ) +
          turbulence(random, "0.03", 3),
      ),
  },
  {
    name: "eyes from outside",
    isPaintedDisc: false,
    draw: (random) => svg(eye(random) + turbulence(random, "0.04", 3)),
  },
  {
    name: "eyes from outside, in a circle",
    isPaintedDisc: true,
    draw: (random) => onBlack(eye(random) + turbulence(random, "0.04", 3)),
  },
  {
    name: "marble",
    isPaintedDisc: true,
    draw: (random) =>
      onBlack(
        ground(retinal(random, 52)) +
          turbulence(random, String(between(random, 0.003, 0.03)), Math.ceil(between(random, 2, 6))),
      ),
  },
  {
    name: "rings",
    isPaintedDisc: true,
    draw: (random) =>
      onBlack(
        `<radialGradient id="r" cx="${between(random, 0.3, 0.7)}" cy="${between(random, 0.3, 0.7)}" r="${between(random, 0.1, 0.4)}" spreadMethod="reflect"><stop stop-color="${retinal(random, 55)}"/><stop offset="1" stop-color="${retinal(random, 35)}"/></radialGradient>` +
          ground("url(#r)") +
          turbulence(random, "0.02", 3),
      ),
  },
  {
    name: "planets",
    isPaintedDisc: true,
    draw: (random) =>
      onBlack(
        many(16, (i) => `<rect y="${i * 32}" width="${side}" height="33" fill="${retinal(random, 48)}"/>`) +
          `<radialGradient id="s" cx="0.35" cy="0.4"><stop offset="0.6" stop-opacity="0"/><stop offset="1" stop-opacity="0.8"/></radialGradient>` +
          turbulence(random, "0.004 0.03", 4) +
          ground("url(#s)"),
      ),
  },
  {
    name: "biscuits",
    isPaintedDisc: true,
    draw: (random) =>
      onBlack(
        ground(retinal(random, 50)) +
          many(
            between(random, 8, 25),
            () =>
              `<circle cx="${between(random, 40, 470)}" cy="${between(random, 40, 470)}" r="${between(random, 8, 28)}" fill="hsl(18,60%,18%)"/>`,
          ) +
          turbulence(random, "0.05", 3),
      ),
  },
  {
    name: "retinas drawn by hand",
    isPaintedDisc: true,
    draw: (random) => {
      const [x, y] = [between(random, 130, 200), between(random, 220, 290)];
      return onBlack(
        `<radialGradient id="f"><stop stop-color="${retinal(random, 50)}"/><stop offset="1" stop-color="${retinal(random, 38)}"/></radialGradient>${ground("url(#f)")}` +
          `${vessels(random, x, y)}<circle cx="${x}" cy="${y}" r="38" fill="hsl(42,90%,72%)"/><circle cx="340" cy="256" r="30" fill="hsl(12,70%,28%)" opacity="0.6"/>`,
      );
    },
  },
  {
    name: "retinas by airbrush",
    isPaintedDisc: true,
    draw: (random) => {
      const [x, y] = [between(random, 130, 200), between(random, 220, 290)];
      const vesselsOf = many(7, (i) =>
        branch(random, { x, y, angle: i + random() }, between(random, 3, 7), 30),
      );
      return onBlack(
        `<radialGradient id="f"><stop stop-color="${retinal(random, 50)}"/><stop offset="1" stop-color="${retinal(random, 36)}"/></radialGradient>${ground("url(#f)")}` +
          `<filter id="b"><feGaussianBlur stdDeviation="${between(random, 0.5, 2.5)}"/></filter><g filter="url(#b)" fill="none" stroke="hsl(5,70%,25%)">${vesselsOf}` +
          `<circle cx="${x}" cy="${y}" r="38" stroke="none" fill="hsl(42,85%,70%)"/></g><g opacity="0.25">${turbulence(random, String(between(random, 0.02, 0.2)), 3)}</g>`,
      );
    },
  },
  {
    name: "webs",
    isPaintedDisc: true,
    draw: (random) =>
      onBlack(
        `<radialGradient id="w"><stop stop-color="${retinal(random, 52)}"/><stop offset="1" stop-color="${retinal(random, 36)}"/></radialGradient>${ground("url(#w)")}` +
          many(
            12,
            (i) =>
              `<path d="M256 256L${point(random)}" stroke="hsl(5,60%,25%)" stroke-width="${1 + (i % 3)}"/>`,
          ) +
          many(
            6,
            (i) =>
              `<circle cx="256" cy="256" r="${30 + i * 35}" stroke="hsl(5,60%,25%)" stroke-width="2" fill="none"/>`,
          ),
      ),
  },
];

/** The first ones keep their seeds: what is added goes behind them. */
export const drawnKinds: readonly DrawnKind[] = [...landscapesToWebs, ...otherPictures];

/** `count` pictures of a kind as JPEG, the same ones every time. */
export async function drawPictures(kind: DrawnKind, count: number): Promise<Buffer[]> {
  const random = createRandom(drawnKinds.indexOf(kind) + 1);
  const drawings = Array.from({ length: count }, () => kind.draw(random));
  return Promise.all(
    drawings.map((drawing) => openDrawing(drawing).flatten().jpeg({ quality: 92 }).toBuffer()),
  );
}

/** Numbers 0 up to 1 (Park and Miller 1988). */
function createRandom(seed: number): () => number {
  let state = seed * 48_271;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
