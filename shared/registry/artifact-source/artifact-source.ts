import type { Readable } from "node:stream";

export interface ArtifactFile {
  /** Relative to the root of the version's files, with `/`. */
  path: string;
  sizeBytes: number;
}

/** The folder of one model version's files, wherever it lies. One contract suite tests every implementation. */
export interface ArtifactSource {
  /** For messages: `s3://bucket/folder`, `mlflow-artifacts:/1/models/m-1/artifacts`. */
  readonly address: string;
  /**
   * Every file below the root, in no particular order; none where the folder does not exist.
   *
   * @throws MlflowError or StorageError when the server cannot be reached or refuses
   */
  list(): Promise<ArtifactFile[]>;
  /**
   * The file's bytes; to be read to the end or destroyed. Open only what `list` gave: MLflow's proxy does not tell a
   * missing file from a failure.
   *
   * @throws Error when the file is missing, or the server cannot be reached or refuses
   */
  open(path: string): Promise<Readable>;
  /** Writes a file, over one that is there. */
  upload(path: string, body: Uint8Array): Promise<void>;
}
