import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from "aws-lambda";
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import { needsCaller } from "../../../../shared/http/service-routes.ts";
import type { AccessSettings } from "../../../../shared/settings/access.ts";
import type { AwsCredentials } from "../../../../shared/settings/aws-credentials.ts";
import { toJsonResponse } from "./gateway-response.ts";
import { findSigner } from "./verify-signature.ts";

/** What API Gateway adds to the event, or its own response instead of the function's. */
export type Authorization =
  | { authorizer: object | undefined }
  | { refusal: APIGatewayProxyStructuredResultV2 };
export type AuthorizeRequest = (event: APIGatewayProxyEventV2) => Promise<Authorization>;

interface Options {
  access: AccessSettings;
  /** Calls the function that checks keys. */
  invokeAuthorizer(event: object): Promise<unknown>;
  /** The credentials whose signatures are accepted where AUTH is iam. */
  credentials: AwsCredentials | undefined;
}

const unauthorized = toJsonResponse(401, { message: "Unauthorized" });
const forbidden = toJsonResponse(403, { message: "Forbidden" });

/**
 * Creates the authorizers of an HTTP API, the same that scripts/serverless/access.ts puts in front of a deployment's routes.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-access-control.html
 */
export function createAuthorizeRequest(options: Options): AuthorizeRequest {
  const decide = chooseAuthorizer(options);
  return async (event) => (needsCaller(event.routeKey) ? decide(event) : { authorizer: undefined });
}

function chooseAuthorizer({ access, invokeAuthorizer, credentials }: Options): AuthorizeRequest {
  switch (access.mode) {
    case "none":
      return async () => ({ authorizer: undefined });
    case "key":
      return (event) => askForKey(event, invokeAuthorizer);
    case "jwt":
      return createTokenAuthorizer(access.jwt);
    case "iam":
      return async (event) => {
        const signer = findSigner(event, credentials);
        return signer === undefined ? { refusal: forbidden } : { authorizer: { iam: signer } };
      };
  }
}

async function askForKey(
  event: APIGatewayProxyEventV2,
  invokeAuthorizer: Options["invokeAuthorizer"],
): Promise<Authorization> {
  const key = event.headers["x-api-key"];
  if (!key) return { refusal: unauthorized };
  const { body: _, isBase64Encoded: __, ...request } = event;
  const asked = { ...request, type: "REQUEST", routeArn: "", identitySource: [key] };
  const answer = (await invokeAuthorizer(asked)) as { isAuthorized?: boolean; context?: object };
  return answer.isAuthorized === true
    ? { authorizer: { lambda: answer.context ?? {} } }
    : { refusal: forbidden };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html, "Authorize API requests" */
function createTokenAuthorizer({ issuer, audiences }: AccessSettings["jwt"]): AuthorizeRequest {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  return async ({ headers }) => {
    const token = headers.authorization?.replace(/^Bearer /i, "");
    if (!token) return { refusal: unauthorized };
    try {
      keys ??= findIssuerKeys(issuer).catch((error) => {
        keys = undefined;
        throw error;
      });
      const { payload } = await jwtVerify(token, await keys, {
        issuer,
        algorithms: ["RS256", "RS384", "RS512"],
        requiredClaims: ["exp"],
      });
      const named = [payload.aud ?? payload.client_id].flat();
      if (!audiences.some((audience) => named.includes(audience))) return { refusal: unauthorized };
      const claims = Object.entries(payload).map(([name, value]) => [name, String(value)]);
      return { authorizer: { jwt: { claims: Object.fromEntries(claims), scopes: null } } };
    } catch {
      return { refusal: unauthorized };
    }
  };
}

async function findIssuerKeys(issuer: string): Promise<JWTVerifyGetKey> {
  const address = `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(5_000) });
  const { jwks_uri: keysAddress } = (await answer.json()) as { jwks_uri: string };
  return createRemoteJWKSet(new URL(keysAddress));
}
