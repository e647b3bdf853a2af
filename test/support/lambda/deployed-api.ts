import { readFileSync } from "node:fs";

/** A function as CloudFormation would make it. */
export interface DeployedFunction {
  /** As in serverless.yml. */
  name: string;
  timeoutMs: number;
  memoryMb: number;
  /** Variables whose values are known before a deployment. */
  env: Record<string, string>;
}

interface Resource {
  Type: string;
  Properties: Record<string, unknown>;
}
interface FunctionProperties {
  Handler: string;
  /** Seconds. */
  Timeout: number;
  MemorySize: number;
  Environment: { Variables: Record<string, unknown> };
}

/** Every function of a packaged CloudFormation template, by its name in serverless.yml. */
export function readDeployedFunctions(templatePath: string): Map<string, DeployedFunction> {
  const functions = Object.values(readResources(templatePath)).filter(
    ({ Type }) => Type === "AWS::Lambda::Function",
  );
  return new Map(
    functions.map(({ Properties }) => {
      const described = describe(Properties as unknown as FunctionProperties);
      return [described.name, described];
    }),
  );
}

/**
 * The routes of a packaged CloudFormation template: route key, e.g. `POST /predict` or `$default`, to function.
 *
 * @throws Error when a route leads to no function
 */
export function readDeployedApi(templatePath: string): Map<string, DeployedFunction> {
  const Resources = readResources(templatePath);
  const follow = (reference: unknown): Resource => {
    const name = findReference(reference);
    const resource = Resources[name ?? ""];
    if (resource === undefined)
      throw new Error(`Expected a resource but received ${JSON.stringify(reference)}`);
    return resource;
  };
  const routes = Object.values(Resources).filter(({ Type }) => Type === "AWS::ApiGatewayV2::Route");
  return new Map(
    routes.map(({ Properties }) => {
      const integration = follow(Properties.Target);
      const target = follow(integration.Properties.IntegrationUri);
      return [String(Properties.RouteKey), describe(target.Properties as unknown as FunctionProperties)];
    }),
  );
}

const readResources = (templatePath: string): Record<string, Resource> =>
  JSON.parse(readFileSync(templatePath, "utf8")).Resources;

function describe({ Handler, Timeout, MemorySize, Environment }: FunctionProperties): DeployedFunction {
  const known = Object.entries(Environment.Variables).filter(
    (variable): variable is [string, string] =>
      typeof variable[1] === "string" && !variable[1].startsWith("{{resolve:"),
  );
  return {
    name: Handler.split("/")[1] ?? "",
    timeoutMs: Timeout * 1_000,
    memoryMb: MemorySize,
    env: Object.fromEntries(known),
  };
}

/** The one name in `{Ref: name}`, `{Fn::GetAtt: [name, ...]}`, or these joined to text. */
function findReference(value: unknown): string | undefined {
  if (Array.isArray(value)) return value.map(findReference).find((name) => name !== undefined);
  if (typeof value !== "object" || value === null) return undefined;
  const { Ref, "Fn::GetAtt": attribute, ...others } = value as Record<string, unknown>;
  if (typeof Ref === "string") return Ref;
  if (Array.isArray(attribute)) return String(attribute[0]);
  return findReference(Object.values(others));
}
