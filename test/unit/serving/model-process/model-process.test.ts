import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { getPriority, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import type { ModelFiles, PixelTensor } from "../../../../shared/schemas/model.ts";
import {
  ModelProcessEndedError,
  type ModelProcessOptions,
  openModelProcess,
} from "../../../../shared/serving/model-process/model-process.ts";
import { programMarker } from "../../../../shared/serving/model-process/model-process-program.ts";
import { prepareModel } from "../../../../shared/serving/model-process/prepare-model.ts";
import { writeEndlessModel } from "../../../support/endless-model.ts";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "model-process-"));
  writeEndlessModel(path.join(folder, "quick.onnx"), 1);
  // A pass takes some 50 ms.
  writeEndlessModel(path.join(folder, "slow.onnx"), 50_000);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (name: string, labels = ["red", "green", "blue"]): ModelFiles => ({
  identity: { name: "colours", version: "1", source: "mlflow_registry" },
  directory: folder,
  format: "onnx",
  path: name,
  declared: { labels },
  declaredBy: { labels: "version tags" },
});
const open = (name = "quick.onnx", options: Partial<ModelProcessOptions> = {}) =>
  openModelProcess(filesOf(name), { engine: "onnx", loadLimitMs: 60_000, ...options });

/** A picture of one colour: 0 red, 1 green, 2 blue. */
const pictureOf = (channel: number): PixelTensor => ({
  width: 8,
  height: 8,
  data: Float32Array.from({ length: 192 }, (_, index) => (index % 3 === channel ? 9 : 0)),
});

/** Processes with a model that this one has started and that still run. */
function children(): number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        const [, parent] = /\) \S (\d+) /.exec(readFileSync(`/proc/${pid}/stat`, "utf8")) ?? [];
        return (
          Number(parent) === process.pid &&
          readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(programMarker)
        );
      } catch {
        return false; // it has ended meanwhile
      }
    })
    .map(Number);
}
const isLinux = process.platform === "linux";

describe("a model in a process of its own", () => {
  it("tells what it is and answers each of several pictures, also after one that it fails at, until it is disposed", async () => {
    const listeners = process.listenerCount("exit");
    const { predictor, inferenceTimeMs, peakMemoryMb } = await open();
    expect(predictor).toMatchObject({
      engine: "onnx",
      contract: { labels: ["red", "green", "blue"], input: { width: 8, height: 8 } },
      contractBy: { labels: "version tags" },
    });
    expect(inferenceTimeMs).toBeGreaterThan(0);
    expect(inferenceTimeMs).toBeLessThan(10_000);
    // A process with Node and an engine has more than 20 MB and less than 16 GB in use.
    expect(peakMemoryMb).toBeGreaterThan(20);
    expect(peakMemoryMb).toBeLessThan(16_384);

    const answers = await Promise.all([0, 1, 2].map((channel) => predictor.predict(pictureOf(channel))));
    expect(answers.map(({ probabilities }) => probabilities.indexOf(Math.max(...probabilities)))).toEqual([
      0, 1, 2,
    ]);

    const failing = predictor.predict({ width: 1, height: 1, data: new Float32Array(3) });
    const next = predictor.predict(pictureOf(2));
    const failure = await failing.catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ModelError);
    expect(failure).not.toBeInstanceOf(ModelProcessEndedError);
    expect((await next).probabilities[2]).toBeGreaterThan(0.9);
    // By default requests go first.
    if (isLinux) expect(children().map((pid) => getPriority(pid))).toEqual([10]);

    await predictor.dispose();
    await expect(predictor.predict(pictureOf(0))).rejects.toThrow(
      new ModelProcessEndedError("Version 1 of colours ended the process that loaded it (SIGKILL)"),
    );
    expect(process.listenerCount("exit")).toBe(listeners);
    if (isLinux) expect(children()).toEqual([]);
  });

  it("that takes too long for a picture is ended, and every later picture is refused for the same reason", async () => {
    const { predictor } = await open("slow.onnx", { answerLimitMs: 1, isEqual: true });
    if (isLinux) expect(children().map((pid) => getPriority(pid))).toEqual([getPriority()]);
    const late = new ModelProcessEndedError("It took longer than 1 ms for a photograph");
    const outcomes = await Promise.allSettled([0, 1].map((channel) => predictor.predict(pictureOf(channel))));
    expect(outcomes).toEqual([0, 1].map(() => ({ status: "rejected", reason: late })));
    await expect(predictor.predict(pictureOf(0))).rejects.toThrow(late);
    if (isLinux) expect(children()).toEqual([]);
  });

  it("that is not ready in time is ended", async () => {
    const failure = await open("slow.onnx", { loadLimitMs: 50 }).catch((error: unknown) => error);
    expect(failure).toEqual(new ModelError("Version 1 of colours was not ready after 0.05 s"));
    expect(failure).not.toBeInstanceOf(ModelProcessEndedError);
    if (isLinux) expect(children()).toEqual([]);
  });

  it("that ends by itself is known by its last words", async () => {
    vi.stubEnv("NODE_OPTIONS", "--no-such-option");
    const failure = await open().catch((error: unknown) => error);
    vi.unstubAllEnvs();
    expect(failure).toBeInstanceOf(ModelProcessEndedError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(
        /^Version 1 of colours ended the process that loaded it \(exit code 9\) .*--no-such-option is not allowed/,
      ),
    });
  });

  it("that cannot be served says why", async () => {
    const failure = await open("quick.onnx", { memoryLimitMb: 1 }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ModelError);
    expect(failure).not.toBeInstanceOf(ModelProcessEndedError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(/^Version 1 of colours cannot be served: .* memory/),
    });
    if (isLinux) expect(children()).toEqual([]);
  });

  /** Ends the process as soon as it is there. */
  async function endChild(signal: NodeJS.Signals): Promise<void> {
    while (children().length === 0) await sleep(1);
    for (const child of children()) process.kill(child, signal);
  }

  it.runIf(isLinux).each(["SIGKILL", "SIGABRT"] as const)(
    "that crashes with %s is its own fault",
    async (signal) => {
      const failure = prepareModel(filesOf("quick.onnx"), "onnx").catch((error: unknown) => error);
      await endChild(signal);
      expect(await failure).toBeInstanceOf(ModelProcessEndedError);
      expect(await failure).toMatchObject({
        message: `Version 1 of colours ended the process that loaded it (${signal})`,
      });
    },
  );

  it.runIf(isLinux).each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "that somebody ends with %s is not at fault",
    async (signal) => {
      const failure = prepareModel(filesOf("quick.onnx"), "onnx").catch((error: unknown) => error);
      await endChild(signal);
      expect(await failure).not.toBeInstanceOf(ModelError);
      expect(await failure).toMatchObject({
        code: "preparation_stopped",
        message: `Version 1 of colours was stopped while it was loaded (${signal})`,
      });
    },
  );
});
