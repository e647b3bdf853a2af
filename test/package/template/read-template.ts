import { readFileSync } from "node:fs";

// biome-ignore lint/suspicious/noExplicitAny: a template's resources have hundreds of shapes; tests name the one they expect
type Properties = Record<string, any>;

export interface Resource {
  Type: string;
  Properties: Properties;
  Condition?: string;
  DependsOn?: string | string[];
}

/** A CloudFormation template. */
export interface Template {
  Resources: Record<string, Resource>;
}

export interface Statement {
  Sid: string;
  Effect: string;
  Action: string | string[];
  Resource: unknown;
}

export function readTemplate(path: string): Template {
  return JSON.parse(readFileSync(path, "utf8"));
}

/** Name and properties of every resource of a type, `AWS::S3::Bucket`. */
export function findResources({ Resources }: Template, type: string): [string, Properties][] {
  return Object.entries(Resources)
    .filter(([, { Type }]) => Type === type)
    .map(([name, { Properties }]) => [name, Properties]);
}

/** Statements of all policies of a role; a managed policy would be rights that are not written here, and is refused. */
export function readStatements(name: string, role: Properties): Statement[] {
  if (role.ManagedPolicyArns !== undefined) throw new Error(`${name} has managed policies`);
  return role.Policies.flatMap((policy: Properties) => policy.PolicyDocument.Statement);
}

/** A value or intrinsic function as text, references in angle brackets: `<Bucket.Arn>/folder/*`. */
export function renderValue(value: unknown): string {
  if (typeof value === "string") return value;
  const [[kind, content] = []] = Object.entries(value as object);
  if (kind === "Fn::Sub") return content.replace(/\$\{([^}]+)\}/g, "<$1>");
  if (kind === "Ref") return `<${content}>`;
  if (kind === "Fn::GetAtt") return `<${content.join(".")}>`;
  if (kind === "Fn::Join") return content[1].map(renderValue).join(content[0]);
  throw new Error(`Expected a text or an intrinsic function but received ${JSON.stringify(value)}`);
}

export const asList = <Item>(value: Item | Item[]): Item[] => (Array.isArray(value) ? value : [value]);
