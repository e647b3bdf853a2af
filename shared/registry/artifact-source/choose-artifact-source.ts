import type { ObjectStore } from "../../aws/object-store.ts";
import { ModelError } from "../../errors/model-error.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import type { ArtifactSource } from "./artifact-source.ts";
import { createProxiedArtifactSource } from "./proxied-artifact-source.ts";
import { createS3ArtifactSource } from "./s3-artifact-source.ts";

export interface ArtifactAccess {
  mlflow: MlflowClient;
  store: ObjectStore;
  /** Address of what the server calls `mlflow-artifacts:/`; undefined unless that bucket may be read directly. */
  artifactRoot: string | undefined;
}

/**
 * Sources of a version's files, the fastest first: S3 itself, then MLflow's proxy.
 *
 * @param address as MLflow's get-download-uri returned it
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
  const remedy = /^(runs|models):/.test(address)
    ? "register the model with mlflow.register_model, which finds where its files are"
    : "start the MLflow server with --serve-artifacts";
  throw new ModelError(`Expected files at s3:// or mlflow-artifacts: but received ${address}; ${remedy}`);
}
