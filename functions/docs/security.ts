import { needsCaller } from "../../shared/http/service-routes.ts";
import type { AccessSettings } from "../../shared/settings/access.ts";
import type { OpenApiDocument, ResponseObject, SecurityScheme } from "./openapi-document.ts";

/** Adds to the document how callers identify themselves, on every route that asks for it. */
export function describeSecurity(document: OpenApiDocument, access: AccessSettings): OpenApiDocument {
  const scheme = describeScheme(access);
  if (scheme === undefined) return document;
  const paths = Object.entries(document.paths).map(([path, operations]) => {
    const described = Object.entries(operations).map(([method, operation]) => {
      if (!needsCaller(`${method.toUpperCase()} ${path}`)) return [method, operation];
      const responses = { ...operation.responses, ...refusals };
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
  401: refuse("No credentials, or an invalid token; API Gateway's own response", "Unauthorized"),
  403: refuse("Credentials that are unknown or no longer valid; API Gateway's own response", "Forbidden"),
};

function refuse(description: string, message: string): ResponseObject {
  return {
    description,
    content: {
      "application/json": {
        schema: { type: "object", properties: { message: { type: "string" } } },
        example: { message },
      },
    },
  };
}
