import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { ExecutionEnvironment } from "../../../../../../scripts/serverless/lambda-rules/environments/execution-environment.ts";

const countCalls = `
  let calls = 0;
  const call = () => { calls += 1; call(); };
  try { call(); } catch {}
`;

test("a function has the stack of a process's main thread, as on Lambda", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "environment-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const modulePath = path.join(folder, "deep.mjs");
  writeFileSync(modulePath, `export const handler = async () => { ${countCalls} return calls; };`);
  const environment = new ExecutionEnvironment({
    modulePath,
    exportName: "handler",
    functionName: "deep",
    memoryMb: 128,
    timeoutMs: 10_000,
    env: {},
  });
  onTestFinished(() => environment.shutdown());

  const here = Number(await environment.invoke({}));
  const inMainThread = Number(execFileSync(process.execPath, ["-e", `${countCalls} console.log(calls)`]));

  expect(here / inMainThread).toBeGreaterThan(0.9);
  expect(here / inMainThread).toBeLessThan(1.1);
});
