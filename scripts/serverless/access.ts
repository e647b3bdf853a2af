import { needsCaller } from "../../shared/http/service-routes.ts";
import { type AccessSettings, accessSettings } from "../../shared/settings/access.ts";
import { loadSettings } from "../../shared/settings/load-settings.ts";

interface HttpApiEvent {
  method: string;
  path: string;
  authorizer?: { type: "aws_iam" } | { name: string };
}

interface Serverless {
  service: {
    provider: {
      environment: Record<string, unknown>;
      httpApi: { authorizers?: Record<string, object>; cors: { allowedOrigins: string[] } };
    };
    functions: Record<string, { events?: { httpApi?: string | HttpApiEvent }[] }>;
    custom: { access: { allowedOrigins: string } };
  };
  processedInput: { commands: string[] };
}

/**
 * Puts the authorizer that the setting AUTH names in front of every route that needs a caller, and lets the pages of
 * CORS_ALLOWED_ORIGINS read the responses. Locally the gateway in lambda-rules/ does the part of API Gateway.
 */
export default class Access {
  readonly hooks: Record<string, () => void>;

  constructor(serverless: Serverless) {
    this.hooks = { initialize: () => applyAccess(serverless) };
  }
}

function applyAccess({ service, processedInput }: Serverless): void {
  const { provider, functions, custom } = service;
  provider.httpApi.cors.allowedOrigins = custom.access.allowedOrigins.split(",").map((text) => text.trim());
  if (processedInput.commands.includes("offline")) {
    provider.environment.AUTH = process.env.AUTH || "none";
    return;
  }
  const { access } = loadSettings({ access: accessSettings }, onlyText(provider.environment));
  const authorizer = chooseAuthorizer(access);
  if (authorizer === undefined) return;
  provider.httpApi.authorizers = authorizer.definitions;
  for (const event of Object.values(functions).flatMap(({ events = [] }) => events)) {
    if (typeof event.httpApi !== "string" || !needsCaller(event.httpApi)) continue;
    const [method = "", path = ""] = event.httpApi.split(" ");
    event.httpApi = { method, path, authorizer: authorizer.reference };
  }
}

function chooseAuthorizer({ mode, jwt }: AccessSettings) {
  switch (mode) {
    case "none":
      return undefined;
    case "iam":
      return { definitions: {}, reference: { type: "aws_iam" as const } };
    case "jwt":
      return {
        definitions: {
          tokens: {
            type: "jwt",
            identitySource: "$request.header.Authorization",
            issuerUrl: jwt.issuer,
            audience: jwt.audiences,
          },
        },
        reference: { name: "tokens" },
      };
    case "key":
      return {
        definitions: {
          keys: {
            type: "request",
            functionName: "authorize",
            payloadVersion: "2.0",
            enableSimpleResponses: true,
            identitySource: ["$request.header.X-Api-Key"],
            // Every call is counted, and a revoked key is refused within half a minute.
            resultTtlInSeconds: 0,
          },
        },
        reference: { name: "keys" },
      };
  }
}

const onlyText = (values: Record<string, unknown>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(values).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
  );
