import type { ObjectStore } from "../../aws/object-store.ts";
import { ModelError } from "../../errors/model-error.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import type { ArtifactSource } from "./artifact-source.ts";
import { createProxiedArtifactSource } from "./proxied-artifact-source.ts";
import { createS3ArtifactSource } from "./s3-artifact-source.ts";

export interface ArtifactAccess {
  mlflow: MlflowClient;
  store: ObjectStore;
  /** Where the server keeps what it calls `mlflow-artifacts:/`, when that bucket may be read directly. */
  artifactRoot: string | undefined;
}

/**
 * Ways to a version's files, the fastest first: straight from S3, else through MLflow's proxy.
 *
 * @param address what MLflow's get-download-uri answered
 * @throws ModelError for a kind of address that cannot be read
 */
export function chooseArtifactSources(
  { mlflow, store, artifactRoot }: ArtifactAccess,
  address: string,
): [ArtifactSource, ...ArtifactSource[]] {
  if (address.startsWith("s3://")) return [createS3ArtifactSource(store, address)];
  if (address.startsWith("mlflow-artifacts:")) {
    const proxied = createProxiedArtifactSource(mlflow, address);
    if (artifactRoot === undefined) return [proxied];
    const path = address.replace(/^mlflow-artifacts:(\/\/[^/]*)?\//, "");
    return [createS3ArtifactSource(store, `${artifactRoot.replace(/\/+$/, "")}/${path}`), proxied];
  }
  throw new ModelError(
    `Expected files at s3:// or mlflow-artifacts: but received ${address}; start the MLflow server with --serve-artifacts`,
  );
}
