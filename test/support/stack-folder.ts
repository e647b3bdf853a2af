import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { hashFiles } from "../../scripts/stack/hash-files.ts";
import { localFolder, projectRoot } from "../../scripts/stack/paths.ts";
import { startStack } from "../../scripts/stack/stack.ts";
import { withLock } from "../../shared/resilience/lock.mjs";

/** Of a stack that was started once and is empty: one folder per state of what makes it. */
const startedFolder = path.join(localFolder, "started-stack");
/** What such a stack continues with. Everything else in its folder each start makes anew. */
const keptEntries = ["postgres", "s3", "secrets.json"];
const madeFrom = [
  "python/requirements.txt",
  "stack/servers/postgres.ts",
  "stack/servers/s3.ts",
  "stack/secrets.ts",
].map((file) => path.join(projectRoot, "scripts", file));

/**
 * Makes the folder for an empty stack, in the state in which a first start leaves it: creating the databases, for which MLflow runs
 * each of its migrations, takes longer than the start itself. The first call in a clone starts a stack for that.
 */
export async function createStackFolder(): Promise<string> {
  const started = await ensureStartedFolder();
  const directory = mkdtempSync(path.join(tmpdir(), "fundus-stack-"));
  // Not Node's cp, which makes whoever runs it the owner: PostgreSQL's files may be another user's.
  await promisify(execFile)("cp", ["-a", `${started}/.`, directory]);
  return directory;
}

async function ensureStartedFolder(): Promise<string> {
  const folder = path.join(startedFolder, hashFiles(madeFrom).slice(0, 16));
  await withLock(folder, async () => {
    if (existsSync(folder)) return;
    rmSync(startedFolder, { recursive: true, force: true });
    mkdirSync(startedFolder, { recursive: true });
    const unfinished = `${folder}.unfinished`;
    const directory = mkdtempSync(path.join(tmpdir(), "fundus-stack-"));
    try {
      // With accounts, so that their database is made too.
      const stack = await startStack({ directory, auth: true });
      await stack.stop();
      mkdirSync(unfinished);
      const entries = keptEntries.map((name) => path.join(directory, name));
      await promisify(execFile)("cp", ["-a", ...entries, unfinished]);
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
    renameSync(unfinished, folder);
  });
  return folder;
}
