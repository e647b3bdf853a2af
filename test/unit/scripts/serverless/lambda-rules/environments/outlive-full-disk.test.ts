import { spawnSync } from "node:child_process";
import { existsSync, openSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

const module = path.resolve("scripts/serverless/lambda-rules/environments/outlive-full-disk.ts");
const program = (isProtected: boolean) => `
  ${isProtected ? `(await import(${JSON.stringify(module)})).outliveFullDisk(process.stdout);` : ""}
  for (let i = 0; i < 3; i++) {
    process.stdout.write("a line that finds no room\\n");
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  process.stderr.write("it goes on");
`;

/** Every write to /dev/full fails as on a full disk. */
test.runIf(existsSync("/dev/full"))("a process whose output finds no room (/dev/full) goes on", () => {
  const run = (isProtected: boolean) =>
    spawnSync(
      process.execPath,
      ["--disable-warning=ExperimentalWarning", "--input-type=module", "--eval", program(isProtected)],
      {
        stdio: ["ignore", openSync("/dev/full", "w"), "pipe"],
        encoding: "utf8",
      },
    );
  expect(run(false)).toMatchObject({ status: 1, stderr: expect.stringContaining("ENOSPC") });
  expect(run(true)).toMatchObject({ status: 0, stderr: "it goes on" });
});
