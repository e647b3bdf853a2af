/** Address of S3 when it is not AWS's own. */
export const s3Endpoint = (): string | undefined =>
  process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL || undefined;

/** The address of a deployed API. An emulator's host names cannot be resolved, so there it is a path of the emulator. */
export function apiAddress(outputs: Record<string, string>): string {
  const emulator = process.env.AWS_ENDPOINT_URL;
  return emulator ? `${emulator}/_aws/execute-api/${outputs.HttpApiId}/$default` : (outputs.ApiAddress ?? "");
}
