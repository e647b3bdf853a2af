import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { parse } from "yaml";

interface Container {
  Name: string;
  Secrets: { Name: string; ValueFrom: string }[];
}

/** CloudFormation's functions stand as the text they are given. */
const { Resources } = parse(readFileSync("deploy/mlflow/template.yaml", "utf8"), { logLevel: "silent" });

it("gives the database and the containers one password, which changes only when somebody changes it", () => {
  const { Database, DatabaseSecret, TaskDefinition } = Resources;
  expect(Database.Properties).not.toHaveProperty("ManageMasterUserPassword");
  expect(Database.Properties.MasterUserPassword).toBe(
    "{{resolve:secretsmanager:${DatabaseSecret}:SecretString:password}}",
  );
  // RDS refuses a slash, a quotation mark, an at sign and a blank.
  expect(DatabaseSecret.Properties.GenerateSecretString).toMatchObject({ ExcludePunctuation: true });
  const containers: Container[] = TaskDefinition.Properties.ContainerDefinitions;
  const passwords = containers.flatMap(({ Name, Secrets }) =>
    Secrets.filter((secret) => secret.Name === "PGPASSWORD").map(({ ValueFrom }) => [Name, ValueFrom]),
  );
  expect(Object.fromEntries(passwords)).toEqual({
    migrate: "${DatabaseSecret}:password::",
    mlflow: "${DatabaseSecret}:password::",
  });
});
