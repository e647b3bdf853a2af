import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { runTrainingProgram } from "../../../../scripts/retrain/run-training-program.ts";
import { readIdentity } from "../../../../scripts/stack/processes/processes.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "run-training-program-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const shell = (script: string, ...parameters: string[]) =>
  runTrainingProgram(["/bin/sh", "-c", script], parameters);

it("gives the program its parameters, and returns how it ended", async () => {
  const file = path.join(folder, "parameters");
  expect(await shell(`echo "$0 $1" > ${file}; exit 7`, "--labelled", "a folder")).toBe(7);
  expect(readFileSync(file, "utf8")).toBe("--labelled a folder\n");
  expect(await shell("kill -TERM $$")).toBeNull();
  expect(await runTrainingProgram(["/no/such/program"], [])).toBe(127);
});

it("runs the program in the folder that is named", async () => {
  writeFileSync(path.join(folder, "train.sh"), 'exit "$1"');
  expect(await runTrainingProgram(["/bin/sh", "train.sh"], ["7"], folder)).toBe(7);
});

const isRunning = (pid: number) => readIdentity(pid) !== undefined;

it.each(["SIGKILL", "SIGTERM"] as const)(
  "ends the program, and what that has started, when this process is ended by %s",
  { timeout: 30_000 },
  async (signal) => {
    const file = path.join(folder, signal);
    const program = path.resolve("scripts/retrain/run-training-program.ts");
    const training = `sleep 600 & echo $$ $! > ${file}.new; mv ${file}.new ${file}; wait`;
    writeFileSync(
      path.join(folder, "parent.ts"),
      `import { runTrainingProgram } from ${JSON.stringify(program)};\nawait runTrainingProgram(["/bin/sh", "-c", ${JSON.stringify(training)}], []);\n`,
    );
    const parent = spawn(process.execPath, [path.join(folder, "parent.ts")], { stdio: "ignore" });
    while (!existsSync(file)) await sleep(20);
    const pids = readFileSync(file, "utf8").trim().split(" ").map(Number);
    expect(pids.map(isRunning)).toEqual([true, true]);
    parent.kill(signal);
    while (pids.some(isRunning)) await sleep(20);
    rmSync(file);
  },
);
