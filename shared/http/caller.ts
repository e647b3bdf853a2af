import type { APIGatewayProxyEventV2 } from "aws-lambda";

/** What the authorizer of keys says of a caller; API Gateway hands text alone over. */
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

/** Who API Gateway says that the caller is: a key's name, a token's subject, an ARN; undefined where nobody was asked. */
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
