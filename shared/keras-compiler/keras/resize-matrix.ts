/** Weight of a pixel at a distance, in pixels, from where the new one looks; 0 from `radius` on. */
interface ResizeKernel {
  radius: number;
  weigh(distance: number): number;
}

/** Keys 1981, equation 15, with a = -0.5. */
const cubic: ResizeKernel = {
  radius: 2,
  weigh: (x) => {
    if (x >= 2) return 0;
    return x >= 1 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : (1.5 * x - 2.5) * x * x + 1;
  },
};

const createLanczos = (radius: number): ResizeKernel => ({
  radius,
  weigh: (x) => {
    if (x > radius) return 0;
    if (x <= 1e-3) return 1;
    return (radius * Math.sin(Math.PI * x) * Math.sin((Math.PI * x) / radius)) / (Math.PI * x) ** 2;
  },
});

const resizeKernels = {
  bilinear: { radius: 1, weigh: (x) => Math.max(0, 1 - x) },
  bicubic: cubic,
  lanczos3: createLanczos(3),
  lanczos5: createLanczos(5),
} satisfies Record<string, ResizeKernel>;

type SmoothInterpolation = keyof typeof resizeKernels;

/** TensorFlow's bicubic without antialiasing looks weights up in a table of this many places per pixel. */
const cubicPlaces = 1024;

/**
 * `[from, to]`: what each pixel of a line has of each new one, as `tf.image.resize` has it (scale_and_translate_op.cc,
 * resize_bicubic_op.cc). With antialiasing the kernel is widened where the line becomes shorter.
 */
export function computeResizeMatrix(
  [from, to]: readonly [number, number],
  interpolation: SmoothInterpolation,
  antialias: boolean,
): Float32Array {
  const { radius, weigh }: ResizeKernel = resizeKernels[interpolation];
  const scale = from / to;
  const widening = antialias ? Math.max(scale, 1) : 1;
  const matrix = new Float32Array(from * to);
  for (let place = 0; place < to; place++) {
    const exact = (place + 0.5) * scale;
    const centre = interpolation === "bicubic" && !antialias ? roundToTable(exact) : exact;
    const first = Math.max(0, Math.ceil(centre - radius * widening - 0.5));
    const last = Math.min(from - 1, Math.floor(centre + radius * widening - 0.5));
    const weights = Array.from({ length: last - first + 1 }, (_, index) =>
      weigh(Math.abs(first + index + 0.5 - centre) / widening),
    );
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    for (const [index, weight] of weights.entries()) matrix[(first + index) * to + place] = weight / total;
  }
  return matrix;
}

/** To the nearest place of the table, a half to the even one. */
function roundToTable(centre: number): number {
  const steps = (centre - 0.5) * cubicPlaces;
  const nearest = Math.round(steps);
  const rounded = nearest - steps === 0.5 && nearest % 2 !== 0 ? nearest - 1 : nearest;
  return rounded / cubicPlaces + 0.5;
}
