import { MlflowError } from "./error.ts";

/** Path below the server's artifact root. @param artifactUri an `mlflow-artifacts:` address, or such a path */
export function artifactPath(artifactUri: string): string {
  const [scheme, rest] = splitScheme(artifactUri);
  if (scheme !== undefined && scheme !== "mlflow-artifacts") {
    const message = `Expected an mlflow-artifacts: address for artifactUri but received a ${scheme}: address`;
    throw new MlflowError(message, { errorCode: "INVALID_PARAMETER_VALUE" });
  }
  const withoutHost = rest.startsWith("//") ? rest.replace(/^\/\/[^/]*/, "") : rest;
  return withoutHost.replace(/^\/+/, "");
}

function splitScheme(artifactUri: string): [string | undefined, string] {
  const match = /^([a-z][a-z0-9+.-]*):(.*)$/is.exec(artifactUri);
  return match ? [match[1], match[2] ?? ""] : [undefined, artifactUri];
}
