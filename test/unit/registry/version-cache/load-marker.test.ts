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

test("a load that ended its process says nothing of another version", async () => {
  loadInAnotherProcess("process.kill(process.pid, 'SIGKILL');");
  await createLoadMarker(join(folder, "3-abcd"), "entry-1", "m/4").check();
});

test("a changed entry in the registry is a new chance", async () => {
  loadInAnotherProcess("process.kill(process.pid, 'SIGKILL');");
  await createLoadMarker(directory, "entry-2", "m/3").check();
  expect(readdirSync(folder)).toEqual([]);
});

test("a version whose load ended its process is tried again the next day", async () => {
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

test.runIf(process.platform === "linux")("two processes are told apart by when they started", async () => {
  loadInAnotherProcess("process.kill(process.pid, 'SIGKILL');");
  const marker = createLoadMarker(directory, "entry-1", "m/3");
  await marker.begin();
  const texts = await Promise.all(readdirSync(folder).map((name) => readFile(join(folder, name), "utf8")));
  const starts = texts.map((text) => JSON.parse(text).processStart);
  await marker.end();
  expect(new Set(starts).size).toBe(2);
  // A process starts at a positive number of ticks.
  for (const start of starts) expect(start).toMatch(/^[1-9]\d+$/);
});

test("a condemned version stays so in the process that condemned it", async () => {
  const marker = createLoadMarker(directory, "entry-1", "m/3");
  await marker.condemn();
  await expect(marker.check()).rejects.toThrow("is not tried again");
});

/** What another process that is gone has left. */
async function leaveMarker(changes: Record<string, unknown> = {}, name = "3-abc.loading-1"): Promise<string> {
  const marker = { pid: 1, processStart: "never", registryId: "entry-1", atMs: Date.now(), ...changes };
  const file = join(folder, name);
  await writeFile(file, JSON.stringify(marker));
  return file;
}
const check = () => createLoadMarker(directory, "entry-1", "m/3").check();

test("a load that ended its process within a day counts", async () => {
  await leaveMarker({ atMs: Date.now() - 23.9 * 3_600_000 });
  await expect(check()).rejects.toThrow("is not tried again");
});

test.each([
  ["cut off", "{"],
  ["of another form", JSON.stringify({ pid: 0, registryId: "entry-1", atMs: Date.now() })],
])("a marker that is %s says nothing, and goes", async (_, text) => {
  const file = join(folder, "3-abc.loading-1");
  await writeFile(file, text);
  await check();
  expect(existsSync(file)).toBe(false);
});

test("one marker counts among others that do not", async () => {
  await leaveMarker({ registryId: "entry-0" }, "3-abc.loading-0");
  await leaveMarker({}, "3-abc.loading-1");
  await leaveMarker({ registryId: "entry-0" }, "3-abc.loading-2");
  await expect(check()).rejects.toThrow("is not tried again");
});

test("nothing is in the way where no version was ever loaded", async () => {
  await createLoadMarker(join(folder, "none", "3-abc"), "entry-1", "m/3").check();
});

test("a load begins where the folder is not there yet, and a process that exits later removes nothing", async () => {
  const marker = createLoadMarker(join(folder, "new", "3-abc"), "entry-1", "m/3");
  const listeners = process.listenerCount("exit");
  await marker.begin();
  expect(process.listenerCount("exit")).toBe(listeners + 1);
  expect(readdirSync(join(folder, "new"))).toEqual([`3-abc.loading-${process.pid}`]);
  await marker.end();
  expect(process.listenerCount("exit")).toBe(listeners);
  await marker.end();
});

test("a process with the number of one that is gone is another", async () => {
  await leaveMarker({ pid: process.pid });
  await expect(check()).rejects.toThrow("is not tried again");
});
