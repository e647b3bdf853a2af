import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { backupPrograms } from "../../../scripts/backup/programs.ts";
import { openSource } from "../../../scripts/backup/source.ts";
import { createBackup } from "../../../shared/backup/create-backup.ts";
import { inTemporaryFolder } from "../../../shared/resilience/temporary-folder.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "fundus-create-backup-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Backs up a server that has these databases, and no objects. */
function backUp(existing: string[], environment: Record<string, string> = {}) {
  const psql = `printf '%s\\n' ${existing.join(" ")}`;
  const dump = `for parameter; do case "$parameter" in
  --file=*) file="\${parameter#--file=}" ;;
  --dbname=*) name="\${parameter#--dbname=}" ;;
esac; done
case " ${existing.join(" ")} " in *" $name "*) echo "$name" > "$file" ;; *) echo "no database $name" >&2; exit 1 ;; esac`;
  for (const [name, text] of Object.entries({ psql, pg_dump: dump })) {
    writeFileSync(path.join(folder, name), `#!/bin/sh\n${text}\n`);
    chmodSync(path.join(folder, name), 0o755);
  }
  const source = openSource({
    BACKUP_DATABASE_URL: "postgresql://mlflow@db.example.org",
    MLFLOW_DEFAULT_ARTIFACT_ROOT: "s3://mlflow/artifacts",
    INFERENCE_LOG_BUCKET: "log",
    POSTGRES_PROGRAMS: folder,
    ...environment,
  });
  const directory = path.join(folder, "backups");
  return createBackup({
    source: { ...source, places: [] },
    programs: backupPrograms,
    directory,
    keep: 7,
  });
}

it("contains the accounts' database where the server has one of its own", async () => {
  const { manifest, absentDatabases } = await backUp(["postgres", "mlflow", "mlflow_auth"]);
  expect(manifest.databases.map(({ name }) => name)).toEqual(["mlflow", "mlflow_auth"]);
  expect(absentDatabases).toEqual([]);
});

it("says that the server has none where the accounts are in MLflow's own", async () => {
  const { manifest, absentDatabases } = await backUp(["postgres", "mlflow"]);
  expect(manifest.databases.map(({ name }) => name)).toEqual(["mlflow"]);
  expect(absentDatabases).toEqual(["mlflow_auth"]);
});

it("fails where a database is missing that is needed, or that somebody has named", async () => {
  await expect(backUp(["postgres"])).rejects.toThrow("no database mlflow");
  const named = backUp(["postgres", "mlflow"], { BACKUP_DATABASES: "mlflow,mlflow_auth" });
  await expect(named).rejects.toThrow("no database mlflow_auth");
  expect(readdirSync(path.join(folder, "backups"))).toEqual([]);
});

it.each([
  [5, 6],
  [6, 7],
  [7, 7],
  [9, 7],
])("with %i earlier backups there are %i, the newest", async (earlier, left) => {
  const names = Array.from({ length: earlier }, (_, index) => `fundus-2026010${index + 1}T000000000Z.tar`);
  const directory = path.join(folder, "backups");
  mkdirSync(directory);
  for (const name of names) writeFileSync(path.join(directory, name), "");
  const { file } = await backUp(["mlflow"]);
  expect(readdirSync(directory).sort()).toEqual([...names, path.basename(file)].slice(-left));
});

it("removes what a restore has left beside the backups that was killed", async () => {
  const backups = path.join(folder, "backups");
  mkdirSync(backups);
  const program = `
    import { inTemporaryFolder } from ${JSON.stringify(path.resolve("shared/resilience/temporary-folder.ts"))};
    inTemporaryFolder("restoring", async () => process.kill(process.pid, "SIGKILL"), ${JSON.stringify(backups)});`;
  spawnSync(process.execPath, ["--input-type=module", "--eval", program]);
  const [left] = readdirSync(backups);
  expect(left).toMatch(/^restoring-/);

  const names = await inTemporaryFolder(
    "restoring",
    async (atWork) => {
      await backUp(["postgres", "mlflow"]);
      expect(readdirSync(backups)).toContain(path.basename(atWork));
      return readdirSync(backups);
    },
    backups,
  );
  expect(names).not.toContain(left);
});
