import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { readdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { inTemporaryFolder, removeLeftFolders } from "../../../shared/resilience/temporary-folder.ts";

const module = path.resolve("shared/resilience/temporary-folder.ts");

it("gives an empty folder, whose name says what it is for, and removes it with what is in it", async () => {
  const directory = await inTemporaryFolder("some-work", async (folder) => {
    expect(await readdir(folder)).toEqual([]);
    await writeFile(path.join(folder, "file"), "");
    return folder;
  });
  expect(path.basename(directory)).toMatch(/^some-work-/);
  expect(existsSync(directory)).toBe(false);
});

it("makes it where it is told to", async () => {
  const parent = mkdtempSync(path.join(tmpdir(), "temporary-folder-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  expect(path.dirname(await inTemporaryFolder("some-work", async (folder) => folder, parent))).toBe(parent);
  expect(readdirSync(parent)).toEqual([]);
});

it("removes it when the work fails, and passes the failure on", async () => {
  let directory = "";
  const work = inTemporaryFolder("some-work", async (folder) => {
    directory = folder;
    throw new Error("no more room");
  });
  await expect(work).rejects.toThrow("no more room");
  expect(existsSync(directory)).toBe(false);
});

it.each([
  ["before the work has ended", "", "process.exit(3)"],
  [
    "as soon as it exists",
    "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200); process.exit(3);",
    "",
  ],
])("removes it when the process exits %s", (_, outside, inside) => {
  const parent = mkdtempSync(path.join(tmpdir(), "temporary-folder-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const program = `
    import { inTemporaryFolder } from ${JSON.stringify(module)};
    import { readdirSync } from "node:fs";
    inTemporaryFolder("some-work", async () => {
      process.stdout.write(readdirSync(process.env.TMPDIR).join());
      ${inside}
    });
    ${outside}`;
  const { status, stdout } = spawnSync(process.execPath, ["--input-type=module", "--eval", program], {
    env: { TMPDIR: parent },
    encoding: "utf8",
  });
  expect(status).toBe(3);
  expect(stdout).toMatch(/^some-work-/);
  expect(readdirSync(parent)).toEqual([]);
});

it("removes what processes that were killed have left, and nothing else", async () => {
  const parent = mkdtempSync(path.join(tmpdir(), "temporary-folder-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const program = `
    import { inTemporaryFolder } from ${JSON.stringify(module)};
    inTemporaryFolder("evaluation-set", async () => process.kill(process.pid, "SIGKILL"));`;
  spawnSync(process.execPath, ["--input-type=module", "--eval", program], { env: { TMPDIR: parent } });
  expect(readdirSync(parent)).toEqual([expect.stringMatching(/^evaluation-set-/)]);
  const others = ["photographs-of-a-clinic", "evaluation-set-123456"];
  for (const name of others) mkdirSync(path.join(parent, name));

  await inTemporaryFolder(
    "some-work",
    async (first) => {
      await inTemporaryFolder("altered", async () => {}, parent);
      expect(readdirSync(parent).sort()).toEqual([...others, path.basename(first)].sort());
    },
    parent,
  );
});

it("leaves what a process of another container works in, for a day", () => {
  const parent = mkdtempSync(path.join(tmpdir(), "temporary-folder-"));
  onTestFinished(() => rmSync(parent, { recursive: true }));
  const { pid } = spawnSync(process.execPath, ["--version"]);
  const [atWork, abandoned] = ["aB3dE6", "fG7hI8"].map((end) =>
    path.join(parent, `restoring-fundus-lambda-0123abcd-${pid}-${end}`),
  ) as [string, string];
  for (const folder of [atWork, abandoned]) mkdirSync(folder);
  const hourMs = 3_600_000;
  utimesSync(atWork, new Date(), new Date(Date.now() - 23 * hourMs));
  utimesSync(abandoned, new Date(), new Date(Date.now() - 25 * hourMs));
  removeLeftFolders(parent);
  expect(readdirSync(parent)).toEqual([path.basename(atWork)]);
});
