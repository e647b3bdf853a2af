import type { Readable } from "node:stream";

export interface ArtifactFile {
  /** Relative to the root of the version's files, with `/` between folders. */
  path: string;
  sizeBytes: number;
}

/** The folder of one model version's files, wherever it is. The same tests run against every implementation. */
export interface ArtifactSource {
  /** For messages: `s3://bucket/folder`, `mlflow-artifacts:/1/models/m-1/artifacts`. */
  readonly address: string;
  /**
   * Every file below the root, in no particular order; an empty list if the folder does not exist.
   *
   * @throws MlflowError or StorageError when the server cannot be reached or refuses
   */
  list(): Promise<ArtifactFile[]>;
  /**
   * The file's bytes; read the stream to its end or destroy it. Open only what `list` returned: MLflow's proxy does not
   * distinguish a missing file from a failure.
   *
   * @throws Error when the file is missing, or the server cannot be reached or refuses
   */
  open(path: string): Promise<Readable>;
  /** Writes a file, replacing an existing one. */
  upload(path: string, body: Uint8Array): Promise<void>;
}
