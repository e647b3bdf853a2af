import { RequestError } from "../../shared/errors/request-error.ts";
import { decodeImage } from "../../shared/image/decoding/decode-image.ts";
import { identifyImage } from "../../shared/image/decoding/identify-image.ts";

const limits = { maxImagePixels: 1_000_000 };
/** Of processor time, whatever else the machine does; a file of these sizes takes a few milliseconds. */
const slowestMs = 5_000;

export type Outcome = "accepted" | "refused";

/**
 * Reads one file as `POST /predict` does.
 *
 * @throws whatever is not a refusal with a status below 500, and an Error for a picture of a wrong size or too much processor time
 */
export const tryPicture = (bytes: Uint8Array): Promise<Outcome> =>
  tryReading(async () => {
    const { data, width, height } = await decodeImage(await identifyImage(bytes, limits));
    if (data.length !== width * height * 3)
      throw new Error(`${data.length} values for ${width} x ${height} pixels`);
  });

export async function tryReading(read: () => Promise<unknown>): Promise<Outcome> {
  const before = process.cpuUsage();
  const outcome = await read().then(
    (): Outcome => "accepted",
    (error: unknown): Outcome => {
      if (error instanceof RequestError && error.status !== undefined && error.status < 500) return "refused";
      throw error;
    },
  );
  const { user, system } = process.cpuUsage(before);
  const tookMs = (user + system) / 1000;
  if (tookMs > slowestMs) throw new Error(`took ${tookMs.toFixed(0)} ms of processor time`);
  return outcome;
}
