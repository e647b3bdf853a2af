import { needsCaller } from "../../shared/http/service-routes.ts";
import { type AccessSettings, accessSettings } from "../../shared/settings/access.ts";
import { challengerSettings } from "../../shared/settings/challenger.ts";
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
      httpApi: {
        authorizers?: Record<string, object>;
        cors: { allowedOrigins: string[]; allowedHeaders: string[] };
      };
    };
    functions: Record<string, { events?: { httpApi?: string | HttpApiEvent }[] }>;
    custom: { access: { allowedOrigins: string } };
    resources: {
      Resources: {
        UploadBucket: { Properties: { CorsConfiguration: { CorsRules: { AllowedOrigins: unknown[] }[] } } };
      };
      Outputs: { ApiAddress: { Value: unknown } };
    };
  };
  processedInput: { commands: string[] };
}

/**
 * Puts the authorizer that the setting AUTH names in front of every route that needs a caller, and lets the pages of
 * CORS_ALLOWED_ORIGINS send the key of an A/B test, read the responses and upload large photographs. Locally the gateway in lambda-rules/ does the part of API Gateway.
 */
export default class Access {
  readonly hooks: Record<string, () => void>;

  constructor(serverless: Serverless) {
    this.hooks = { initialize: () => applyAccess(serverless) };
  }
}

function applyAccess({ service, processedInput }: Serverless): void {
  const { provider, functions, custom, resources } = service;
  const { challenger } = loadSettings({ challenger: challengerSettings }, onlyText(provider.environment));
  provider.httpApi.cors.allowedHeaders.push(challenger.keyHeader);
  const origins = parseOrigins(custom.access.allowedOrigins || "*");
  provider.httpApi.cors.allowedOrigins = origins;
  const { CorsRules: uploadRules } = resources.Resources.UploadBucket.Properties.CorsConfiguration;
  // To the bucket the service's own page is of another origin, too. A copy, because a template may not contain one object twice.
  const ownOrigin = origins.includes("*") ? [] : [structuredClone(resources.Outputs.ApiAddress.Value)];
  for (const rule of uploadRules) rule.AllowedOrigins = [...origins, ...ownOrigin];
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

/** @throws Error for what is not an origin as browsers send it (RFC 6454, section 6.2) */
function parseOrigins(text: string): string[] {
  const origins = text.split(",").map((origin) => origin.trim());
  for (const origin of origins) {
    if (origin === "*" || (URL.canParse(origin) && new URL(origin).origin === origin)) continue;
    throw new Error(
      "Expected CORS_ALLOWED_ORIGINS to be * or origins such as https://viewer.clinic.example, in small letters, without a path or a slash at " +
        `the end and with commas between them, but received ${origin || "an empty one"}`,
    );
  }
  return origins;
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
