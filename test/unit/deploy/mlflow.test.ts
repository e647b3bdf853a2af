import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";

interface Resource {
  Type: string;
  // biome-ignore lint/suspicious/noExplicitAny: each kind of resource has properties of its own
  Properties: any;
}

interface Container {
  Name: string;
  Secrets: { Name: string; ValueFrom: string }[];
}

/** CloudFormation's functions stand as the text they are given. */
const { Resources }: { Resources: Record<string, Resource> } = parse(
  readFileSync("deploy/mlflow/template.yaml", "utf8"),
  { logLevel: "silent" },
);

it("gives the database and the containers one password, which changes only when somebody changes it", () => {
  const { Database, DatabaseSecret, TaskDefinition } = Resources;
  expect(Database?.Properties).not.toHaveProperty("ManageMasterUserPassword");
  expect(Database?.Properties.MasterUserPassword).toBe(
    "{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}",
  );
  // RDS refuses a slash, a quotation mark, an at sign and a blank.
  expect(DatabaseSecret?.Properties.GenerateSecretString).toMatchObject({ ExcludePunctuation: true });
  const containers: Container[] = TaskDefinition?.Properties.ContainerDefinitions;
  const passwords = containers.flatMap(({ Name, Secrets }) =>
    Secrets.filter((secret) => secret.Name === "PGPASSWORD").map(({ ValueFrom }) => [Name, ValueFrom]),
  );
  expect(Object.fromEntries(passwords)).toEqual({
    migrate: "${DatabaseSecret}:password::",
    mlflow: "${DatabaseSecret}:password::",
  });
});

it("lets whoever deploys the service read the password of the service's user, and no other secret", () => {
  const { Statement } = JSON.parse(readFileSync("docs/deployer-policy.json", "utf8"));
  const { Resource } = Statement.find(({ Sid }: { Sid: string }) => Sid === "References");
  const beginning = Resource.replace(/^.*:secret:(.*)\*$/, "$1");
  const secrets = Object.entries(Resources).filter(([, { Type }]) => Type === "AWS::SecretsManager::Secret");
  // Without a name of its own a secret is called like its resource.
  const readable = secrets.filter(([id, { Properties }]) => (Properties.Name ?? id).startsWith(beginning));
  expect(secrets).toHaveLength(4);
  expect(readable.map(([id]) => id)).toEqual(["ServiceSecret"]);
});
