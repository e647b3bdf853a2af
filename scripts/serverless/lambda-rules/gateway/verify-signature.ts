import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import type { AwsCredentials } from "../../../../shared/settings/aws-credentials.ts";

const header =
  /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([\w-]+)\/execute-api\/aws4_request, *SignedHeaders=([\w;-]+), *Signature=([0-9a-f]{64})$/;
/** AWS refuses requests whose time is further from its own clock. */
const mostSkewMs = 15 * 60_000;

/**
 * Finds who signed a request with AWS Signature Version 4; undefined when nobody did, or not with these credentials. Locally
 * there is no IAM, so the only possible caller is whoever has the stack's own keys.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
 */
export function findSigner(
  event: APIGatewayProxyEventV2,
  credentials: AwsCredentials | undefined,
  nowMs = Date.now(),
): { accessKey: string; userArn: string } | undefined {
  const [, accessKey, day = "", region = "", names = "", signature = ""] =
    header.exec(event.headers.authorization ?? "") ?? [];
  const time = event.headers["x-amz-date"] ?? "";
  if (credentials === undefined || accessKey !== credentials.accessKeyId) return undefined;
  if (!(Math.abs(parseTime(time) - nowMs) < mostSkewMs) || !time.startsWith(day)) return undefined;

  const scope = `${day}/${region}/execute-api/aws4_request`;
  const text = ["AWS4-HMAC-SHA256", time, scope, hash(renderRequest(event, names.split(";")))].join("\n");
  const key = [day, region, "execute-api", "aws4_request"].reduce<string | Buffer>(
    (from, part) => createHmac("sha256", from).update(part).digest(),
    `AWS4${credentials.secretAccessKey}`,
  );
  const expected = createHmac("sha256", key).update(text).digest();
  if (!timingSafeEqual(expected, Buffer.from(signature, "hex"))) return undefined;
  return { accessKey, userArn: `arn:aws:iam::000000000000:user/${accessKey}` };
}

function renderRequest(event: APIGatewayProxyEventV2, names: string[]): string {
  const { method, path } = event.requestContext.http;
  const query = [...new URLSearchParams(event.rawQueryString)]
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .sort();
  const headers = names.map((name) => `${name}:${event.headers[name]?.trim().replace(/ +/g, " ")}\n`);
  const body = Buffer.from(event.body ?? "", event.isBase64Encoded ? "base64" : "utf8");
  return [method, path, query.join("&"), headers.join(""), names.join(";"), hash(body)].join("\n");
}

/** Parses `20261128T120000Z` to milliseconds since 1970; NaN for any other text. */
const parseTime = (text: string): number =>
  Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));

const hash = (data: string | Uint8Array): string => createHash("sha256").update(data).digest("hex");
