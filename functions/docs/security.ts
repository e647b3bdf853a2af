import { needsCaller } from "../../shared/http/service-routes.ts";
import type { AccessSettings } from "../../shared/settings/access.ts";
import { eitherAnswer, gatewayAnswer, retryLater } from "./gateway-answers.ts";
import type { OpenApiDocument, ResponseObject, SecurityScheme } from "./openapi-document.ts";

/** Adds to the document how callers identify themselves, on every route that asks for it. */
export function describeSecurity(document: OpenApiDocument, access: AccessSettings): OpenApiDocument {
  const scheme = describeScheme(access);
  if (scheme === undefined) return document;
  const paths = Object.entries(document.paths).map(([path, operations]) => {
    const described = Object.entries(operations).map(([method, operation]) => {
      if (!needsCaller(`${method.toUpperCase()} ${path}`)) return [method, operation];
      const responses = { ...operation.responses, ...refusals, ...(access.mode === "key" && ofKey) };
      return [method, { ...operation, security: [{ caller: [] }], responses }];
    });
    return [path, Object.fromEntries(described)];
  });
  return {
    ...document,
    paths: Object.fromEntries(paths),
    components: { ...document.components, securitySchemes: { caller: scheme } },
  };
}

function describeScheme({ mode, jwt }: AccessSettings): SecurityScheme | undefined {
  switch (mode) {
    case "none":
      return undefined;
    case "key":
      return {
        type: "apiKey",
        name: "X-Api-Key",
        in: "header",
        description: "The key that the operator of the service gave you",
      };
    case "jwt":
      return {
        type: "openIdConnect",
        openIdConnectUrl: `${jwt.issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
        description: `A token of this issuer for ${jwt.audiences.join(" or ")}, in Authorization: Bearer`,
      };
    case "iam":
      return {
        type: "apiKey",
        name: "Authorization",
        in: "header",
        description:
          "AWS Signature Version 4 for the service execute-api, by somebody with the right execute-api:Invoke on this API",
      };
  }
}

const refusals: Record<number, ResponseObject> = {
  401: gatewayAnswer("No credentials, or an invalid token; API Gateway's own response", "Unauthorized"),
  403: gatewayAnswer(
    "Credentials that are unknown or no longer valid; API Gateway's own response",
    "Forbidden",
  ),
};

const ofKey: Record<number, ResponseObject> = {
  429: retryLater(
    eitherAnswer(
      "More calls per second than the key allows, with `retry-after`; too many requests of all callers get API Gateway's own response, `{message}`",
      {
        error: "too_many_requests",
        detail:
          "Expected no more calls per second than this key allows but received more; try again in a second",
      },
    ),
  ),
};
