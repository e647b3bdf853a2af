import type { S3Client } from "@aws-sdk/client-s3";
import { type AwsCredentials, readAwsCredentials } from "../settings/aws-credentials.ts";
import { getS3Client, loadS3Sdk, type S3ClientOptions } from "./s3-client.ts";

export interface RequestOptions {
  /** Milliseconds for the whole request, retries included. */
  timeoutMs?: number;
}

export const defaultTimeoutMs = 15_000;

export interface S3Connection {
  sdk: Awaited<ReturnType<typeof loadS3Sdk>>;
  client: S3Client;
}

/** Returns the SDK and the shared client; both are loaded at the first call. */
export type ConnectToS3 = () => Promise<S3Connection>;

export function createS3Connection(options: S3ClientOptions): ConnectToS3 {
  return async () => ({ sdk: await loadS3Sdk(), client: await getS3Client(options) });
}

/** Returns the credentials to sign a request with. @param mustRenew whether AWS said that the last ones have expired */
export type ResolveCredentials = (options: { mustRenew: boolean }) => Promise<AwsCredentials>;

/**
 * Credentials from the environment, otherwise from the SDK's own chain (profile, container, instance), which renews
 * them before they expire.
 */
export function createCredentialsProvider(connect: ConnectToS3): ResolveCredentials {
  return async ({ mustRenew }) => {
    const own = readAwsCredentials();
    if (own !== undefined) return own;
    const { client } = await connect();
    return client.config.credentials({ forceRefresh: mustRenew });
  };
}

/** A missing bucket is not a missing key: it stays an error. */
export function isMissingKey(error: unknown): boolean {
  return error instanceof Error && error.name === "NoSuchKey";
}
