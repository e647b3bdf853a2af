import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it, onTestFinished } from "vitest";

it("leaves no temporary files when somebody interrupts a deployment", async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "interrupt-deploy-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const command = spawn(process.execPath, ["scripts/fundus.mjs", "deploy", "--yes"], {
    stdio: "ignore",
    // A group of its own: Ctrl-C reaches every process of it.
    detached: true,
    env: {
      PATH: process.env.PATH,
      TMPDIR: folder,
      HOME: folder,
      MLFLOW_TRACKING_URI: "https://mlflow.example.org",
      ARTIFACT_BUCKET: "artifacts",
      AUTH: "key",
    },
  });
  while (!readdirSync(folder).some((name) => name.startsWith("serverless-"))) {
    expect(command.exitCode).toBeNull();
    await sleep(5);
  }
  const ended = once(command, "close");
  process.kill(-(command.pid as number), "SIGINT");
  expect(await ended).toEqual([130, null]);
  expect(readdirSync(folder).filter((name) => name.startsWith("serverless-"))).toEqual([]);
}, 60_000);
