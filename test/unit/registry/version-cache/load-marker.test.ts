import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createLoadMarker } from "../../../../shared/registry/version-cache/load-marker.ts";

const module = join(import.meta.dirname, "../../../../shared/registry/version-cache/load-marker.ts");

let folder: string;
let directory: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "load-marker-"));
  directory = join(folder, "3-abc");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Runs another process that starts to load the version and then does this. */
function loadInAnotherProcess(then: string): void {
  const program = `
    import { createLoadMarker } from ${JSON.stringify(module)};
    const marker = createLoadMarker(${JSON.stringify(directory)}, "entry-1", "m/3");
    await marker.begin();
    ${then}
  `;
  spawnSync(process.execPath, ["--input-type=module-typescript", "--eval", program], { stdio: "inherit" });
}

test("a load that comes to its end leaves nothing", async () => {
  const marker = createLoadMarker(directory, "entry-1", "m/3");
  await marker.check();
  await marker.begin();
  await marker.end();
  await marker.check();
  expect(readdirSync(folder)).toEqual([]);
});

test("a load that ended its process is not tried again", async () => {
  loadInAnotherProcess("process.kill(process.pid, 'SIGKILL');");
  await expect(createLoadMarker(directory, "entry-1", "m/3").check()).rejects.toThrow(
    /^m\/3 is not tried again: an earlier load of it ended its process\. .* delete .*3-abc\.loading-\d+$/,
  );
});

test("another version is not concerned", async () => {
  loadInAnotherProcess("process.kill(process.pid, 'SIGKILL');");
  await createLoadMarker(join(folder, "3-abcd"), "entry-1", "m/4").check();
});

test("a changed entry in the registry is a new chance", async () => {
  loadInAnotherProcess("process.kill(process.pid, 'SIGKILL');");
  await createLoadMarker(directory, "entry-2", "m/3").check();
  expect(readdirSync(folder)).toEqual([]);
});

test("so is the next day", async () => {
  loadInAnotherProcess("process.kill(process.pid, 'SIGKILL');");
  const [name = ""] = readdirSync(folder);
  const marker = JSON.parse(await readFile(join(folder, name), "utf8"));
  await writeFile(join(folder, name), JSON.stringify({ ...marker, atMs: marker.atMs - 25 * 3_600_000 }));
  utimesSync(join(folder, name), 0, 0);
  await createLoadMarker(directory, "entry-1", "m/3").check();
});

test("a process that is asked to end while it loads was not ended by the load", async () => {
  loadInAnotherProcess("process.exit(0);");
  await createLoadMarker(directory, "entry-1", "m/3").check();
});

test("a process that is loading it now is not an obstacle", async () => {
  const other = createLoadMarker(directory, "entry-1", "m/3");
  await other.begin();
  await createLoadMarker(directory, "entry-1", "m/3").check();
  expect(existsSync(join(folder, `3-abc.loading-${process.pid}`))).toBe(true);
  await other.end();
});

test("a condemned version stays so in the process that condemned it", async () => {
  const marker = createLoadMarker(directory, "entry-1", "m/3");
  await marker.condemn();
  await expect(marker.check()).rejects.toThrow("is not tried again");
});
