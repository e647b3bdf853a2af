import { STSClient } from "@aws-sdk/client-sts";
import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import { deployKeyName, replaceKey } from "../../shared/access/own-keys.ts";
import { findKeyLocation } from "../keys/find-key-location.ts";

export interface OwnRequest {
  method: string;
  url: URL;
  headers: Record<string, string>;
  body: Uint8Array;
}

/** Adds to the headers of a request those that identify the caller. */
export type Identify = (request: OwnRequest) => Promise<Record<string, string>>;

const ownKey = { name: deployKeyName, validMs: 15 * 60_000 };

/** Returns how this command identifies itself to the deployed API; undefined for `jwt`, because only the issuer gives tokens. */
export async function findDeployerCredentials(
  auth: string,
  { stage, region }: { stage: string; region: string },
): Promise<Identify | undefined> {
  switch (auth) {
    case "none":
      return async ({ headers }) => headers;
    case "iam":
      return createSigner(region);
    case "key": {
      const key = await replaceKey(await findKeyLocation(stage), ownKey);
      return async ({ headers }) => ({ ...headers, "x-api-key": key });
    }
    default:
      return undefined;
  }
}

/** Signs with the credentials that deploy. */
function createSigner(region: string): Identify {
  const signer = new SignatureV4({
    service: "execute-api",
    region,
    credentials: new STSClient({ region }).config.credentials,
    sha256: Hash.bind(null, "sha256") as never,
  });
  return async ({ method, url, headers, body }) => {
    const { protocol, hostname, host, pathname: path } = url;
    const request = { method, protocol, hostname, path, headers: { ...headers, host }, body };
    return (await signer.sign(request)).headers;
  };
}
