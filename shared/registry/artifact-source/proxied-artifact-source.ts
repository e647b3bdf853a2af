import { Readable } from "node:stream";
import type { ReadableStream } from "node:stream/web";
import { ModelError } from "../../errors/model-error.ts";
import { downloadArtifact } from "../../mlflow/calls/download-artifact.ts";
import { listProxiedArtifacts } from "../../mlflow/calls/list-proxied-artifacts.ts";
import { uploadArtifact } from "../../mlflow/calls/upload-artifact.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import type { ArtifactFile, ArtifactSource } from "./artifact-source.ts";

/** Larger bodies are sent in pieces of this size, so that the timeout limits each pause and not the whole upload. */
const pieceBytes = 1_000_000;

/** Deeper and wider than any model that MLflow writes. */
const maximumDepth = 6;
const maximumFiles = 1_000;

/**
 * Files read and written through MLflow's artifact proxy, which has the credentials for S3.
 *
 * @param address `mlflow-artifacts:/1/models/m-1/artifacts`
 */
export function createProxiedArtifactSource(mlflow: MlflowClient, address: string): ArtifactSource {
  const listFolder = async (folder: string, depth: number): Promise<ArtifactFile[]> => {
    const entries = await listProxiedArtifacts(mlflow, `${address}/${folder}`.replace(/\/$/, ""));
    if (entries.length > maximumFiles) {
      throw new ModelError(
        `${address}: Expected the files of one model but received over ${maximumFiles} files`,
      );
    }
    const files: ArtifactFile[] = [];
    const folders: string[] = [];
    for (const entry of entries) {
      const path = folder === "" ? entry.path : `${folder}/${entry.path}`;
      if (entry.is_dir) folders.push(path);
      else files.push({ path, sizeBytes: entry.file_size ?? 0 });
    }
    if (depth === maximumDepth) return files;
    const nested = await Promise.all(folders.map((path) => listFolder(path, depth + 1)));
    return [...files, ...nested.flat()];
  };

  return {
    address,

    list: () => listFolder("", 1),

    async open(path) {
      return Readable.fromWeb((await downloadArtifact(mlflow, `${address}/${path}`)) as ReadableStream);
    },

    upload: (path, body) =>
      uploadArtifact(mlflow, `${address}/${path}`, body.length > pieceBytes ? split(body) : body),
  };
}

async function* split(body: Uint8Array): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < body.length; start += pieceBytes)
    yield body.subarray(start, start + pieceBytes);
}
