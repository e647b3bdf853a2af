import openJpeg from "@cornerstonejs/codec-openjpeg/decodewasmjs";
import type { PictureSource } from "../picture-source.ts";
import { refuseDamaged } from "../refuse.ts";
import { type CodestreamHeader, maximumPixels, readJpeg2000Header } from "./jpeg2000-header.ts";

/**
 * Examines a JPEG 2000 (ISO 15444-1): a codestream or a JP2 file.
 *
 * @throws RequestError when the file is incomplete, or its encoding is not supported
 */
export function examineJpeg2000(bytes: Uint8Array): PictureSource {
  const header = readJpeg2000Header(bytes);
  const { width, height, components, bits } = header;
  return {
    header: { width, height, mode: components === 3 ? "RGB" : bits > 8 ? "I;16" : "L" },
    maximumPixels,
    open: async () => ({
      input: toBytes(await decodeJpeg2000(bytes, header), bits),
      options: { raw: { width, height, channels: components as 1 | 3 } },
    }),
  };
}

/**
 * Decodes with OpenJPEG, in an instance of its own, because WebAssembly's memory never shrinks. A warning or an error
 * that it prints means damage.
 *
 * @returns interleaved samples of 8 or 16 bits
 */
export async function decodeJpeg2000(
  bytes: Uint8Array,
  header: CodestreamHeader,
): Promise<Uint8Array | Uint16Array> {
  const complaints: string[] = [];
  const listen = (line: string) => {
    if (/ERROR|WARNING/.test(line)) complaints.push(line.replace(/^\[(?:ERROR|WARNING)\] /, ""));
  };
  const { J2KDecoder } = await openJpeg({ print: listen, printErr: listen });
  const decoder = new J2KDecoder();
  try {
    decoder.getEncodedBuffer(bytes.length).set(bytes);
    decoder.decode();
    const samples = decoder.getDecodedBuffer();
    const { width, height, components, bits } = header;
    const info = decoder.getFrameInfo();
    const isAsAnnounced =
      info.width === width &&
      info.height === height &&
      info.componentCount === components &&
      info.bitsPerSample === bits;
    if (complaints.length > 0 || !isAsAnnounced) {
      throw refuseDamaged("JPEG 2000", complaints[0] ?? "its pixels are not as its header says");
    }
    return bits > 8 ? new Uint16Array(samples.buffer) : new Uint8Array(samples.buffer);
  } catch (cause) {
    if (cause instanceof Error && "status" in cause) throw cause;
    throw refuseDamaged("JPEG 2000", complaints[0] ?? "its codestream is damaged", cause);
  } finally {
    decoder.delete();
  }
}

/** The high 8 bits of samples. */
const toBytes = (samples: Uint8Array | Uint16Array, bits: number): Uint8Array =>
  bits > 8 ? Uint8Array.from(samples, (value) => value >> (bits - 8)) : (samples as Uint8Array);
