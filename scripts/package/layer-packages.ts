/** The names of processors in npm and onnxruntime-node, by Lambda's names of architectures. */
export const cpuOf = { x86_64: "x64", arm64: "arm64" } as const;
export type Architecture = keyof typeof cpuOf;
export type Cpu = (typeof cpuOf)[Architecture];

/** Packages of the layer that are the same on every processor, with the files each needs at run time. */
export const portablePackages: Record<string, (path: string) => boolean> = {
  "onnxruntime-node": (path) => path.startsWith("dist/"),
  "@cornerstonejs/codec-openjpeg": (path) => path.startsWith("dist/openjpegwasm_decode."),
  "onnxruntime-common": (path) => path.startsWith("dist/cjs/"),
};

/** Packages of which npm has one per processor. */
export const nativePackages = (cpu: Cpu): string[] => [
  `@img/sharp-linux-${cpu}`,
  `@img/sharp-libvips-linux-${cpu}`,
];

/** Matches ONNX Runtime's libraries for a processor inside its package, which contains those of every processor. */
export const onnxRuntimeLibraries = (cpu: Cpu): RegExp => new RegExp(`^bin/napi-v\\d+/linux/${cpu}/`);

const neverNeeded = /\.(map|md|ts|mts|cts)$|(^|\/)(test|tests|docs?|script|scripts|example|examples)\//;
/** The README too, because in a package made of many libraries it lists their licences. */
const alwaysKept = /^(package\.json|readme\.md|licen[cs]e[^/]*|notice[^/]*|third-party[^/]*)$/i;

/** Whether a file of a package goes into the layer. */
export function isShipped(path: string, isNeeded: (path: string) => boolean): boolean {
  if (alwaysKept.test(path)) return true;
  return isNeeded(path) && !neverNeeded.test(path);
}
