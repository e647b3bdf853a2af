import { createServer, type RequestListener, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Hash } from "@smithy/core/serde";
import { SignatureV4 } from "@smithy/signature-v4";
import { exportJWK, generateKeyPair, SignJWT } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createAuthorizeRequest } from "../../../../../../scripts/serverless/lambda-rules/gateway/authorize-request.ts";
import { createGateway } from "../../../../../../scripts/serverless/lambda-rules/gateway/gateway.ts";
import { accessSettings } from "../../../../../../shared/settings/access.ts";

/** A gateway with a setting of AUTH before a function that answers with what it is told of its caller. */

const servers: Server[] = [];
const credentials = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: "secret" };
const issuer = { address: "", keys: await generateKeyPair("RS256", { extractable: true }) };
const elliptic = await generateKeyPair("ES256", { extractable: true });

async function listen(listener: RequestListener): Promise<string> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  servers.push(server);
  await new Promise((resolve) => server.once("listening", resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

beforeEach(async () => {
  const jwks = [
    { ...(await exportJWK(issuer.keys.publicKey)), alg: "RS256", kid: "1" },
    { ...(await exportJWK(elliptic.publicKey)), alg: "ES256", kid: "2" },
  ];
  issuer.address = await listen((request, response) => {
    const document = request.url?.endsWith("openid-configuration")
      ? { jwks_uri: `${issuer.address}/keys` }
      : { keys: jwks };
    response.setHeader("content-type", "application/json").end(JSON.stringify(document));
  });
});
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function open(settings: Record<string, string>) {
  const access = accessSettings.parse({
    AUTH_JWT_ISSUER: issuer.address,
    AUTH_JWT_AUDIENCE: "fundus, other",
    ...settings,
  });
  const address = await listen(
    createGateway<string>({
      routes: new Map(["POST /predict", "GET /health", "$default"].map((route) => [route, route])),
      invoke: async (_, { requestContext }) => ({
        caller: (requestContext as { authorizer?: object }).authorizer ?? "nobody was asked",
      }),
      authorize: createAuthorizeRequest({
        access,
        invokeAuthorizer: async (event) => {
          const [key] = (event as { identitySource: string[] }).identitySource;
          return key === "right"
            ? { isAuthorized: true, context: { principal: "ana" } }
            : { isAuthorized: false };
        },
        credentials,
      }),
    }),
  );
  return async (path: string, init: RequestInit = {}) => {
    const response = await fetch(address + path, { method: "POST", ...init });
    // biome-ignore lint/suspicious/noExplicitAny: the answers have several shapes
    return [response.status, (await response.json()) as any] as const;
  };
}

interface TokenParts {
  /** Default: an audience of the service. */
  claims?: { aud?: string; client_id?: string };
  /** Undefined: never. */
  expires?: string | undefined;
  by?: typeof issuer.keys.privateKey;
  alg?: "RS256" | "ES256";
}

function sign(parts: TokenParts = {}): Promise<string> {
  const {
    claims = { aud: "fundus" },
    expires,
    by = issuer.keys.privateKey,
    alg = "RS256",
  } = {
    expires: "1h",
    ...parts,
  };
  const token = new SignJWT({ sub: "ana", ...claims })
    .setProtectedHeader({ alg, kid: alg === "RS256" ? "1" : "2" })
    .setIssuer(issuer.address);
  if (expires !== undefined) token.setExpirationTime(expires);
  return token.sign(by);
}

const unauthorized = [401, { message: "Unauthorized" }];
const forbidden = [403, { message: "Forbidden" }];

it("asks nobody where AUTH is none", async () => {
  const post = await open({ AUTH: "none" });
  expect(await post("/predict")).toEqual([200, { caller: "nobody was asked" }]);
});

it.each(["key", "jwt", "iam"])("leaves /health and the pages open where AUTH is %s", async (AUTH) => {
  const get = await open({ AUTH });
  for (const path of ["/health", "/docs", "/"]) {
    expect(await get(path, { method: "GET" })).toEqual([200, { caller: "nobody was asked" }]);
  }
});

it("refuses a body over 10 MB in API Gateway's words and in the service's", async () => {
  const post = await open({ AUTH: "none" });
  expect(await post("/predict", { body: Buffer.alloc(11_000_000) })).toEqual([
    413,
    {
      message: "Request Entity Too Large",
      error: "payload_too_large",
      detail: "Expected at most 10 MB, API Gateway's limit, but received more",
    },
  ]);
});

describe("AUTH=key", () => {
  it("asks the authorizer, and tells the function what it says", async () => {
    const post = await open({ AUTH: "key" });
    expect(await post("/predict")).toEqual(unauthorized);
    expect(await post("/predict", { headers: { "x-api-key": "wrong" } })).toEqual(forbidden);
    expect(await post("/predict", { headers: { "X-Api-Key": "right" } })).toEqual([
      200,
      { caller: { lambda: { principal: "ana" } } },
    ]);
  });
});

describe("AUTH=jwt", () => {
  const bearer = (token: string) => ({ headers: { authorization: `Bearer ${token}` } });

  it("takes a token of the issuer for one of the audiences", async () => {
    const post = await open({ AUTH: "jwt" });
    // Amazon Cognito names the audience of its access tokens so.
    for (const claims of [{ aud: "other" }, { client_id: "other" }]) {
      const [status, { caller }] = await post("/predict", bearer(await sign({ claims })));
      expect([status, caller.jwt.claims.sub]).toEqual([200, "ana"]);
    }
  });

  it("refuses none, another audience, one that expired or never does, one that others signed, or not with RSA", async () => {
    const post = await open({ AUTH: "jwt" });
    const foreign = (await generateKeyPair("RS256")).privateKey;
    expect(await post("/predict")).toEqual(unauthorized);
    const refused: TokenParts[] = [
      { claims: { aud: "mlflow" } },
      { claims: { aud: "mlflow", client_id: "fundus" } },
      { claims: {} },
      { expires: "1s ago" },
      { expires: undefined },
      { by: foreign },
      { by: elliptic.privateKey, alg: "ES256" },
    ];
    for (const parts of refused) {
      expect(await post("/predict", bearer(await sign(parts)))).toEqual(unauthorized);
    }
  });

  it("needs an issuer and an audience", () => {
    const { error } = accessSettings.safeParse({ AUTH: "jwt" });
    expect(error?.issues.map(({ path }) => path.join())).toEqual(["AUTH_JWT_ISSUER", "AUTH_JWT_AUDIENCE"]);
  });
});

describe("AUTH=iam", () => {
  const body = JSON.stringify({ upload_id: "x" });

  async function signed(parts: { secretAccessKey?: string; signingDate?: Date } = {}) {
    const signer = new SignatureV4({
      service: "execute-api",
      region: "eu-central-1",
      credentials: {
        ...credentials,
        ...(parts.secretAccessKey && { secretAccessKey: parts.secretAccessKey }),
      },
      sha256: Hash.bind(null, "sha256") as never,
    });
    const request = {
      ...{ method: "POST", protocol: "http:", hostname: "127.0.0.1", path: "/predict" },
      headers: { "content-type": "application/json", "x-own": "a  b" },
      query: { b: "2 3", a: "1" },
      body,
    };
    const { headers } = await signer.sign(request, { signingDate: parts.signingDate ?? new Date() });
    return { body, headers };
  }

  it("takes what the stack's own keys signed", async () => {
    const post = await open({ AUTH: "iam" });
    const [status, { caller }] = await post("/predict?b=2%203&a=1", await signed());
    expect([status, caller.iam?.accessKey]).toEqual([200, "AKIDEXAMPLE"]);
  });

  it("refuses none, another secret, another body, an old signature", async () => {
    const post = await open({ AUTH: "iam" });
    const path = "/predict?b=2%203&a=1";
    expect(await post(path)).toEqual(forbidden);
    expect(await post(path, await signed({ secretAccessKey: "guessed" }))).toEqual(forbidden);
    expect(await post(path, { ...(await signed()), body: "{}" })).toEqual(forbidden);
    expect(await post(path, await signed({ signingDate: new Date(Date.now() - 3_600_000) }))).toEqual(
      forbidden,
    );
  });
});
