import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as z from "zod";

const secretsSchema = z.object({
  postgresPassword: z.string(),
  s3AccessKeyId: z.string(),
  s3SecretAccessKey: z.string(),
  mlflowAdminPassword: z.string(),
  /** Signs the cookies of MLflow's pages. */
  mlflowSecretKey: z.string(),
});
export type StackSecrets = z.output<typeof secretsSchema>;

/** Loads the passwords and keys of a stack. They are random, made at the first start, in a file that only its owner can read. */
export function loadSecrets(directory: string): StackSecrets {
  const file = path.join(directory, "secrets.json");
  if (!existsSync(file)) {
    const unfinished = `${file}.${process.pid}`;
    writeFileSync(unfinished, `${JSON.stringify(createSecrets(), null, 2)}\n`, { mode: 0o600 });
    renameSync(unfinished, file);
  }
  return secretsSchema.parse(JSON.parse(readFileSync(file, "utf8")));
}

function createSecrets(): StackSecrets {
  const secret = () => randomBytes(24).toString("hex");
  return {
    postgresPassword: secret(),
    s3AccessKeyId: `local${randomBytes(8).toString("hex")}`,
    s3SecretAccessKey: secret(),
    mlflowAdminPassword: secret(),
    mlflowSecretKey: secret(),
  };
}
