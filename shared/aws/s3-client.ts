import type { S3Client } from "@aws-sdk/client-s3";

let sdk: Promise<typeof import("./s3-sdk.ts")> | undefined;

/**
 * Importing the SDK takes about 0.1 s, so it is loaded with the first request that needs it; single objects are read
 * and written without it. It is imported once: in a bundle each `import()` copies its table of names, which takes 0.4
 * ms.
 */
export function loadS3Sdk() {
  sdk ??= import("./s3-sdk.ts");
  return sdk;
}

export interface S3ClientOptions {
  region: string;
  /** Address of a server other than AWS's, such as the local stack's; its buckets are addressed by path. */
  endpoint?: string | undefined;
}

const connectionTimeoutMs = 1_000;
const requestTimeoutMs = 5_000;
const maximumAttempts = 3;

const clients = new Map<string, Promise<S3Client>>();

/**
 * One client per region and endpoint in this process, so that its connections are shared and stay open. Credentials
 * come from the SDK's own chain (environment, profile, role), which renews them before they expire.
 */
export function getS3Client(options: S3ClientOptions): Promise<S3Client> {
  const identity = `${options.region} ${options.endpoint ?? ""}`;
  const known = clients.get(identity);
  if (known !== undefined) return known;
  const created = createS3Client(options);
  clients.set(identity, created);
  created.catch(() => clients.delete(identity));
  return created;
}

async function createS3Client({ region, endpoint }: S3ClientOptions): Promise<S3Client> {
  const { S3Client } = await loadS3Sdk();
  return new S3Client({
    region,
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: maximumAttempts,
    retryMode: "standard",
    // Servers other than AWS's refuse the checksums that newer SDKs add by default.
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
    requestHandler: {
      connectionTimeout: connectionTimeoutMs,
      requestTimeout: requestTimeoutMs,
      socketTimeout: requestTimeoutMs,
      throwOnRequestTimeout: true,
    },
  });
}
