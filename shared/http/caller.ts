import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** What the authorizer for keys says about a caller; API Gateway passes on only text. */
export interface KeyCaller {
  principal: string;
  key_id: string;
  too_often: string;
}

interface Authorizer {
  lambda?: Partial<KeyCaller>;
  jwt?: { claims?: Record<string, unknown> };
  iam?: { userArn?: string };
}

/**
 * The caller according to API Gateway: a key's name, a token's subject or an ARN; undefined where it authorised nobody.
 */
export function nameCaller(event: APIGatewayProxyEventV2): string | undefined {
  const { lambda, jwt, iam } = readAuthorizer(event);
  const name = lambda?.principal ?? jwt?.claims?.sub ?? iam?.userArn;
  return typeof name === "string" ? name : undefined;
}

/** Whether the caller's key has made more calls than it may. */
export const asksTooOften = (event: APIGatewayProxyEventV2): boolean =>
  readAuthorizer(event).lambda?.too_often === "true";

const readAuthorizer = ({ requestContext }: APIGatewayProxyEventV2): Authorizer =>
  (requestContext as { authorizer?: Authorizer }).authorizer ?? {};
