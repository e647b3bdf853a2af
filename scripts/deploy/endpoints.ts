/** Where S3 is, when it is not AWS's own. */
export const s3Endpoint = (): string | undefined =>
  process.env.AWS_ENDPOINT_URL_S3 || process.env.AWS_ENDPOINT_URL || undefined;

/**
 * Where a deployed API is asked: its own address; behind an emulator of AWS, whose host names nobody resolves, the path that emulators have for
 * it.
 */
export function apiAddress(outputs: Record<string, string>): string {
  const emulator = process.env.AWS_ENDPOINT_URL;
  return emulator ? `${emulator}/_aws/execute-api/${outputs.HttpApiId}/$default` : (outputs.ApiAddress ?? "");
}
