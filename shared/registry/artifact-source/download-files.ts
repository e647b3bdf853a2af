import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { ModelError } from "../../errors/model-error.ts";
import { ServiceError } from "../../errors/service-error.ts";
import { mapInParallel } from "../../resilience/in-parallel.ts";
import type { ArtifactFile, ArtifactSource } from "./artifact-source.ts";

const parallelDownloads = 4;

export interface WantedFile extends ArtifactFile {
  /** Whether its hash is to be returned. */
  isHashed?: boolean;
}

/**
 * Streams files into a folder, a few at a time. Each must have the size that the listing gave. The first failure stops
 * the other downloads; what was written stays, so download into a folder that nobody reads and rename it afterwards.
 *
 * @param timeoutMs for all files together
 * @returns hexadecimal SHA-256 by path, of the files with `isHashed`
 * @throws ModelError when a file is missing, or has a path that leads out of the folder
 * @throws ServiceError when a download fails, gives another size than listed, or takes too long
 */
export async function downloadFiles(
  source: ArtifactSource,
  files: readonly WantedFile[],
  directory: string,
  timeoutMs: number,
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  const stop = new AbortController();
  const timeout = AbortSignal.timeout(timeoutMs);
  const signal = AbortSignal.any([stop.signal, timeout]);
  try {
    await mapInParallel(files, parallelDownloads, async (file) => {
      const sha256 = await downloadFile(source, file, directory, signal).catch((error) => {
        stop.abort();
        throw error;
      });
      if (sha256 !== undefined) hashes.set(file.path, sha256);
    });
    return hashes;
  } catch (error) {
    throw explain(error, source.address, timeout.aborted ? timeoutMs : undefined);
  }
}

async function downloadFile(
  source: ArtifactSource,
  file: WantedFile,
  directory: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const target = join(directory, safePath(file.path, source.address));
  await mkdir(dirname(target), { recursive: true });
  const body = await source.open(file.path);
  const hash = createHash("sha256");
  let sizeBytes = 0;
  const measure = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      sizeBytes += chunk.length;
      if (file.isHashed) hash.update(chunk);
      done(null, chunk);
    },
  });
  await pipeline(body, measure, createWriteStream(target), { signal });

  if (sizeBytes !== file.sizeBytes) {
    // A page of a proxy, for example: that says nothing against the version.
    throw new ServiceError(
      "download_failed",
      `${source.address}/${file.path}: Expected ${file.sizeBytes} bytes but received ${sizeBytes}`,
    );
  }
  return file.isHashed ? hash.digest("hex") : undefined;
}

/** Paths come from a server: none may lead out of the folder. */
function safePath(path: string, address: string): string {
  const normal = normalize(path);
  if (normal.startsWith("..") || normal.startsWith("/") || normal.includes("\0")) {
    throw new ModelError(`${address}: Expected a path inside the model but received ${path}`);
  }
  return normal;
}

function explain(error: unknown, address: string, exceededMs: number | undefined): Error {
  if (error instanceof ServiceError) return error;
  const cause = error instanceof Error ? error.message : String(error);
  const reason = exceededMs === undefined ? cause : `it took longer than ${exceededMs} ms`;
  return new ServiceError("download_failed", `Download of ${address} failed: ${reason}`, { cause: error });
}
