import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";

/** Files a caller might send, made on the spot. */

/** A one-coloured JPEG: what the replaced service's own test client sends is red, 256 x 256. */
export const plainJpeg = (width = 256, height = 256, background = "#ff0000"): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background } })
    .jpeg()
    .toBuffer();

/** A JPEG with enough detail that half of it is not a whole picture. */
export const noisyJpeg = (width = 640, height = 480): Promise<Buffer> =>
  sharp({
    create: {
      width,
      height,
      channels: 3,
      background: "#804020",
      noise: { type: "gaussian", mean: 128, sigma: 40 },
    },
  })
    .jpeg({ quality: 90 })
    .toBuffer();

/** A PNG whose header promises more pixels than its few bytes hold. */
export function pngBomb(width = 40_000, height = 40_000): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // 8 bits, RGB, deflate, no filter, not interlaced
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflateSync(Buffer.alloc(1 << 16))),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(data.length, 0);
  chunk.set(body, 4);
  chunk.writeUInt32BE(crc32(body), body.length + 4);
  return chunk;
}

/**
 * A left half red, right half blue picture, stored turned, with the EXIF orientation (1..8) that sets it
 * right again.
 */
export function turnedJpeg(orientation: number): Promise<Buffer> {
  const upright = sharp({ create: { width: 64, height: 32, channels: 3, background: "#ff0000" } }).composite([
    { input: { create: { width: 32, height: 32, channels: 3, background: "#0000ff" } }, left: 32, top: 0 },
  ]);
  const turned =
    orientation === 6
      ? upright
          .png()
          .toBuffer()
          .then((png) => sharp(png).rotate(-90))
      : Promise.resolve(upright);
  return turned.then((picture) => picture.withMetadata({ orientation }).jpeg({ quality: 95 }).toBuffer());
}

export async function animatedGif(): Promise<Buffer> {
  return (await animation()).gif().toBuffer();
}

export async function animatedWebp(): Promise<Buffer> {
  return (await animation()).webp({ lossless: true }).toBuffer();
}

async function animation() {
  const frames = ["#ff0000", "#00ff00"].map((background) => ({
    create: { width: 32, height: 32, channels: 3 as const, background },
  }));
  const pixels = await Promise.all(frames.map((frame) => sharp(frame).raw().toBuffer()));
  return sharp(Buffer.concat(pixels), { raw: { width: 32, height: 64, channels: 3, pageHeight: 32 } });
}

export const svgDrawing = (): Buffer =>
  Buffer.from(
    '<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>',
  );

/** What other kinds of files begin with. */
export const foreignFiles = (): Record<string, Buffer> => ({
  "an SVG drawing": svgDrawing(),
  text: Buffer.from("This is no photograph.\n"),
  "a PDF document": Buffer.from("%PDF-1.7\n1 0 obj\n"),
  "a HEIC": Buffer.concat([Buffer.from("\0\0\0\x18ftypheic\0\0\0\0mif1heic", "latin1"), Buffer.alloc(64)]),
  "an AVIF sequence": Buffer.concat([
    Buffer.from("\0\0\0\x1cftypavis\0\0\0\0avismsf1", "latin1"),
    Buffer.alloc(64),
  ]),
  "a video (MP4 or QuickTime)": Buffer.concat([
    Buffer.from("\0\0\0\x1cftypisom\0\0\0\0", "latin1"),
    Buffer.alloc(64),
  ]),
  "a video (WebM or Matroska)": Buffer.concat([Buffer.from("\x1aE\xdf\xa3", "latin1"), Buffer.alloc(64)]),
  "a video (AVI)": Buffer.concat([Buffer.from("RIFF\0\x01\0\0AVI LIST", "latin1"), Buffer.alloc(64)]),
  "a TGA picture": Buffer.concat([Buffer.from([0, 0, 2]), Buffer.alloc(64)]),
  "an icon": Buffer.concat([Buffer.from([0, 0, 1, 0, 1, 0]), Buffer.alloc(64)]),
  "a JPEG XL": Buffer.from([0xff, 0x0a, 0xfa, 0x1f, 0x01, 0x90, 0x08, 0x06]),
  "a Photoshop document": Buffer.concat([Buffer.from("8BPS\0\x01", "latin1"), Buffer.alloc(64)]),
  "a Canon raw file (CR2)": Buffer.concat([
    Buffer.from("II*\0\x10\0\0\0CR\x02\0", "latin1"),
    Buffer.alloc(64),
  ]),
  "an HTML page": Buffer.from("<!DOCTYPE html><html><body>403</body></html>"),
  "JSON text": Buffer.from('{"file": "photograph.jpg"}'),
  "a ZIP archive": Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), Buffer.alloc(64)]),
  "a file of unknown format": Buffer.from([0, 1, 2, 3, 4, 5, 6, 7]),
});

/** A TIFF whose pages all show the same 8 x 8 grey pixels. */
export function tiffOfPages(count: number): Buffer {
  const tags: [tag: number, type: number, value: number][] = [
    [256, 4, 8], // width
    [257, 4, 8], // height
    [258, 3, 8], // bits a sample
    [259, 3, 1], // not compressed
    [262, 3, 1], // black is zero
    [273, 4, 8], // where the pixels are
    [277, 3, 1], // samples a pixel
    [278, 4, 8], // rows a strip
    [279, 4, 64], // bytes of the strip
  ];
  const firstDirectory = 8 + 64;
  const directorySize = 2 + tags.length * 12 + 4;
  const file = Buffer.alloc(firstDirectory + count * directorySize, 128);
  file.write("II*\0", "latin1");
  file.writeUInt32LE(firstDirectory, 4);
  for (let page = 0; page < count; page++) {
    const directory = firstDirectory + page * directorySize;
    file.writeUInt16LE(tags.length, directory);
    tags.forEach(([tag, type, value], i) => {
      const entry = directory + 2 + i * 12;
      file.writeUInt16LE(tag, entry);
      file.writeUInt16LE(type, entry + 2);
      file.writeUInt32LE(1, entry + 4);
      file.writeUInt32LE(value, entry + 8);
    });
    file.writeUInt32LE(page + 1 < count ? directory + directorySize : 0, directory + directorySize - 4);
  }
  return file;
}

/**
 * A drawn retina, always the same bytes: a disc of the given colour, darker to its rim, with a bright optic disc and, where
 * `haze` is not 0, a veil of grey over it (0..1).
 */
export function drawnRetina(
  [red, green, blue]: readonly [number, number, number],
  haze = 0,
): Promise<Buffer> {
  const side = 320;
  const data = new Uint8Array(side * side * 3);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      const fromCentre = Math.hypot(x - 160, y - 160) / 150;
      if (fromCentre > 1) continue;
      const optic = Math.max(0, 1 - Math.hypot(x - 220, y - 150) / 26);
      [red, green, blue].forEach((value, channel) => {
        const lit = value * (1 - 0.45 * fromCentre ** 2) + optic * (235 - value);
        data[(y * side + x) * 3 + channel] = Math.round(lit * (1 - haze) + 150 * haze);
      });
    }
  }
  return sharp(data, { raw: { width: side, height: side, channels: 3 } })
    .png()
    .toBuffer();
}
