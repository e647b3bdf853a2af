import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

export interface CredentialsServer {
  /** Settings that make the AWS SDK ask this server, and nothing else, for its keys. */
  env: Record<string, string>;
  /** How often keys were given. */
  count(): number;
  stop(): void;
}

/**
 * Gives keys that expire, as Lambda gives them to a function of SnapStart and ECS to a container.
 * https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
 *
 * @param clockAheadMs how far the clock of the process that asks has been moved
 */
export async function startCredentialsServer(
  keys: { accessKeyId: string; secretAccessKey: string },
  { validMs, clockAheadMs }: { validMs: number; clockAheadMs: () => number },
): Promise<CredentialsServer> {
  let count = 0;
  const server = createServer((_, response) => {
    count += 1;
    response.writeHead(200, { "content-type": "application/json" }).end(
      JSON.stringify({
        AccessKeyId: keys.accessKeyId,
        SecretAccessKey: keys.secretAccessKey,
        Token: "",
        Expiration: new Date(Date.now() + clockAheadMs() + validMs).toISOString(),
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    env: {
      AWS_ACCESS_KEY_ID: "",
      AWS_SECRET_ACCESS_KEY: "",
      AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
    },
    count: () => count,
    stop: () => server.close(),
  };
}
