import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { loadPredictor } from "../../../../shared/inference/load-predictor.ts";
import { testEndedTag } from "../../../../shared/schemas/challenger-state.ts";
import type { Predictor } from "../../../../shared/schemas/model.ts";
import {
  type ChallengerOptions,
  createChallenger,
} from "../../../../shared/serving/challenger/challenger.ts";
import {
  type ModelProcess,
  ModelProcessEndedError,
  type ModelProcessOptions,
} from "../../../../shared/serving/model-process/model-process.ts";
import { loadSettings } from "../../../../shared/settings/load-settings.ts";
import { modelSettings } from "../../../../shared/settings/model.ts";
import { createFakeRegistry } from "../../../support/fake-registry.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";
import { createFakeEngine } from "../fake-predictor.ts";

const pixels = { data: new Float32Array(3), width: 1, height: 1 };
const minuteMs = 60_000;

let cacheDirectory: string;
beforeEach(() => {
  cacheDirectory = mkdtempSync(path.join(tmpdir(), "challenger-"));
});
afterEach(() => rmSync(cacheDirectory, { recursive: true }));

/** As if another process held it. */
const opened = (predictor: Predictor, inferenceTimeMs = 1): ModelProcess => ({
  predictor,
  inferenceTimeMs,
  peakMemoryMb: 100,
});

function createTried(parts: Partial<ChallengerOptions> = {}, environment: Record<string, string> = {}) {
  const registry = createFakeRegistry();
  const engine = createFakeEngine();
  const log = createRecordedLog();
  let nowMs = 0;
  const { model } = loadSettings(
    { model: modelSettings },
    { MLFLOW_MODEL_NAME: "m", MODEL_CACHE_DIRECTORY: cacheDirectory, ...environment },
  );
  const challenger = createChallenger({
    settings: model,
    alias: "challenger",
    mlflow: registry.mlflow,
    store: createMemoryStore(),
    openModel: async (files) => opened(await engine.loadPredictor(files)),
    servingVersion: () => "1",
    servingClasses: () => ["a", "b"],
    log,
    clock: () => nowMs,
    ...parts,
  });
  const answer = async () =>
    (await challenger.use(async (predictor) => (await predictor.predict(pixels)).probabilities[0]))?.toFixed(
      2,
    );
  const pass = (ms: number) => {
    nowMs += ms;
  };
  const later = async (ms = minuteMs) => {
    pass(ms);
    await challenger.refreshIfDue();
  };
  /** An answer that takes as long. */
  const answerIn = (timeMs: number) =>
    challenger.use(async () => {
      nowMs += timeMs;
    });
  return { registry, engine, log, challenger, answer, answerIn, later, pass };
}

describe("a challenger", () => {
  it("is absent until a version has the alias, then answers, then goes with the alias", async () => {
    const { registry, engine, challenger, answer, later } = createTried();
    registry.add("2", "0.2");
    await later();
    expect(await answer()).toBeUndefined();
    expect(challenger.state()).toEqual({ status: "absent" });

    registry.aliases.set("challenger", "2");
    await later();
    expect(await answer()).toBe("0.20");
    expect(challenger.state()).toEqual({ status: "ready", version: "2", engine: "onnx" });
    expect(challenger.version()).toBe("2");
    expect(challenger.memoryMb()).toBe(100);

    registry.add("3", "0.3");
    registry.aliases.set("challenger", "3");
    await later();
    await later();
    expect(await answer()).toBe("0.30");
    expect(engine.loaded).toEqual(["2", "3"]);
    expect(engine.disposed).toEqual(["2"]);

    registry.aliases.clear();
    await later();
    expect(await answer()).toBeUndefined();
    expect(challenger.memoryMb()).toBe(0);
    expect(engine.disposed).toEqual(["2", "3"]);
  });

  it.each([
    ["the same in another order", ["b", "a"], false],
    ["not known, because none serves", [], false],
    ["others", ["a", "c"], true],
    ["more", ["a", "b", "c"], true],
  ])(
    "whose classes, where those of the serving version are %s, says whether it may answer callers",
    async (_, classes, hasOther) => {
      const { registry, challenger, answer, later } = createTried({ servingClasses: () => classes });
      registry.add("2", "0.2");
      registry.aliases.set("challenger", "2");
      expect(challenger.mayAnswerCallers()).toBe(false);
      await later();
      expect(challenger.mayAnswerCallers()).toBe(!hasOther);
      const problem = `Its classes (a, b) are not those of the version that serves (${classes.join(", ")}): it answers in the shadow only`;
      expect(challenger.state()).toEqual({
        status: "ready",
        version: "2",
        engine: "onnx",
        ...(hasOther && { problem }),
      });
      expect(await answer()).toBe("0.20");
    },
  );

  it("is looked up once per minute", async () => {
    const { registry, later } = createTried();
    await later();
    await later(1_000);
    await later(1_000);
    expect(registry.requests).toEqual(["mlflow/registered-models/alias"]);
  });

  it.each([
    ["none is wanted", { alias: undefined }, {}],
    ["the registry is off", {}, { ENABLE_MODEL_REGISTRY: "false" }],
  ])("is not looked up where %s", async (_name, parts, environment) => {
    const { registry, later } = createTried(parts, environment);
    await later();
    expect(registry.requests).toEqual([]);
  });

  it("is looked up although the clock was set back, and rests no longer", async () => {
    const { registry, challenger, answer, answerIn, later, pass } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later(120 * minuteMs);
    await answerIn(600);
    expect(challenger.isResting()).toBe(true);
    pass(-60 * minuteMs);
    expect(challenger.isResting()).toBe(false);
    registry.aliases.clear();
    await later(0);
    expect(await answer()).toBeUndefined();
  });

  it("is absent where the serving version has the alias itself, and where none is wanted", async () => {
    for (const parts of [{ servingVersion: () => "2" }, { alias: undefined }]) {
      const { registry, engine, later, answer } = createTried(parts);
      registry.add("2", "0.2");
      registry.aliases.set("challenger", "2");
      await later();
      expect(await answer()).toBeUndefined();
      expect(engine.loaded).toEqual([]);
    }
  });

  it("that cannot be loaded is reported, and tried again later, not every minute", async () => {
    const { registry, engine, log, challenger, later } = createTried();
    registry.add("2", "broken");
    registry.aliases.set("challenger", "2");
    await later();
    await later();
    expect(engine.loaded).toEqual(["2"]);
    expect(challenger.state()).toMatchObject({
      status: "failed",
      version: "2",
      problem: "The challenger cannot be loaded; the version that serves is not affected (ModelError)",
    });
    expect(log.lines.filter(({ level }) => level === "warn")).toHaveLength(1);
    await later();
    expect(engine.loaded).toEqual(["2", "2"]);
    expect(log.lines.filter(({ level }) => level === "warn")).toHaveLength(1);
  });

  it("that could be loaded after a failure is, when it fails again, tried again as soon as at first", async () => {
    const { registry, engine, challenger, later } = createTried({
      openModel: async (files) => {
        const predictor = await engine.loadPredictor(files);
        if (engine.loaded.length === 1) throw new ModelError("the machine was busy");
        return opened(predictor);
      },
    });
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    await later(2 * minuteMs);
    expect(challenger.state()).toEqual({ status: "ready", version: "2", engine: "onnx" });
    await expect(
      challenger.use(() => Promise.reject(new ModelProcessEndedError("it hangs"))),
    ).rejects.toThrow();
    await later(minuteMs);
    expect(engine.loaded).toHaveLength(2);
    await later(minuteMs);
    expect(engine.loaded).toHaveLength(3);
  });

  it("is loaded when the one before it is gone: the memory is for one", async () => {
    const disposedBefore: string[][] = [];
    const { registry, engine, later } = createTried({
      openModel: async (files) => {
        disposedBefore.push([...engine.disposed]);
        return opened(await engine.loadPredictor(files));
      },
    });
    for (const version of ["2", "3"]) {
      registry.add(version, "0.2");
      registry.aliases.set("challenger", version);
      await later();
    }
    expect(disposedBefore).toEqual([[], ["2"]]);
  });

  it.each([
    ["elsewhere", undefined, 300_000],
    ["on Lambda", 2_048, 60_000],
  ])(
    "has its time to load, and leaves 512 MB beside this process: %s",
    async (_name, memoryLimitMb, loadLimitMs) => {
      const limits: ModelProcessOptions[] = [];
      const { registry, engine, later } = createTried({
        memoryLimitMb,
        openModel: async (files, options) => {
          limits.push(options);
          return opened(await engine.loadPredictor(files));
        },
      });
      registry.add("2", "0.2");
      registry.aliases.set("challenger", "2");
      await later();
      expect(limits).toMatchObject([{ loadLimitMs, answerLimitMs: 5_000, memoryLimitMb }]);
      // This process has more than 20 MB and less than 16 GB in use.
      expect(limits[0]?.memoryElsewhereMb).toBeGreaterThan(512 + 20);
      expect(limits[0]?.memoryElsewhereMb).toBeLessThan(512 + 16_384);
    },
  );

  it("that does not fit beside the version that serves is refused with the numbers, 512 MB being left to requests", async () => {
    const { registry, challenger, answer, later, log } = createTried({
      memoryLimitMb: 512 + 20,
      openModel: async (files, options) => opened(await loadPredictor(files, { ...options, threads: 1 })),
    });
    // This process has more than 20 MB in use already.
    registry.add("2", "x".repeat(2 * 2 ** 20));
    registry.aliases.set("challenger", "2");
    await later();
    expect(await answer()).toBeUndefined();
    expect(challenger.state()).toMatchObject({ status: "failed", version: "2" });
    expect(String(log.lines.at(-1)?.details.error)).toMatch(
      /It needs about \d+ MB of memory and \d+ MB are taken, but the function has 532 MB/,
    );
  });

  it("that takes more than 5 s for a photograph is given none", async () => {
    const times = [5_001, 5_000];
    const { registry, engine, challenger, answer, later } = createTried({
      openModel: async (files) => opened(await engine.loadPredictor(files), times.shift()),
    });
    const version = registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    expect(await answer()).toBeUndefined();
    expect(engine.disposed).toEqual(["2"]);
    expect(challenger.state()).toMatchObject({
      status: "failed",
      problem: expect.stringMatching(/cannot be loaded; .* \(ModelTooSlowError\)$/),
    });
    version.lastUpdated += 1;
    await later();
    expect(await answer()).toBe("0.20");
  });

  it("that is slow says so at its first answer, and rests nine times as long", async () => {
    const { registry, log, challenger, answerIn, later } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    await answerIn(500);
    expect([challenger.isResting(), challenger.state().problem]).toEqual([false, undefined]);
    await answerIn(501);
    await answerIn(800);
    expect(challenger.state()).toMatchObject({ status: "ready", problem: expect.stringContaining("800 ms") });
    expect(log.lines.filter(({ level }) => level === "warn").map(({ details }) => details.timeMs)).toEqual([
      501,
    ]);
    await later(7_199);
    expect(challenger.isResting()).toBe(true);
    await later(1);
    expect(challenger.isResting()).toBe(false);
    await answerIn(20);
    expect([challenger.isResting(), challenger.state().problem]).toEqual([false, undefined]);
  });

  it("whose answer was interrupted by a freeze of an hour does not rest for nine", async () => {
    const { registry, challenger, answerIn, later } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    await answerIn(60 * minuteMs);
    await later(90_000);
    expect(challenger.isResting()).toBe(false);
  });

  it("does not rest because another one before it was slow", async () => {
    const { registry, challenger, answerIn, later } = createTried();
    for (const version of ["2", "3"]) registry.add(version, "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    await answerIn(60_000);
    registry.aliases.set("challenger", "3");
    await later();
    expect([challenger.isResting(), challenger.state().problem]).toEqual([false, undefined]);
  });

  it("whose process has ended is loaded again later, and taken out at the third time", async () => {
    const { registry, engine, log, challenger, later } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    for (const loads of [1, 2, 3, 3]) {
      await later(10 * minuteMs);
      expect(engine.loaded).toHaveLength(loads);
      const ended = challenger.use(() => Promise.reject(new ModelProcessEndedError("it hangs")));
      await expect(ended ?? Promise.reject(new Error("none"))).rejects.toThrow(
        loads === 3 ? /hangs|none/ : "hangs",
      );
      expect(challenger.state()).toMatchObject({
        status: "failed",
        problem: expect.stringMatching(/\(ModelProcessEndedError\)$/),
      });
      await later();
      expect(engine.loaded).toHaveLength(loads);
    }
    const said = log.lines.filter(({ level }) => level === "warn").map(({ message }) => message);
    expect(said).toEqual([
      expect.stringMatching(/is loaded again later$/),
      expect.stringMatching(/is loaded again later$/),
      expect.stringMatching(/is no longer asked$/),
    ]);
  });

  it("that fails at three photographs in a row is taken out until its entry changes", async () => {
    const { registry, challenger, answer, later } = createTried();
    const version = registry.add("2", "failing");
    registry.aliases.set("challenger", "2");
    await later();
    for (let photograph = 0; photograph < 3; photograph += 1)
      await expect(answer()).rejects.toThrow("failed");
    expect(await answer()).toBeUndefined();
    expect(challenger.state()).toMatchObject({ status: "failed" });
    await later(10 * minuteMs);
    expect(await answer()).toBeUndefined();
    version.lastUpdated += 1;
    await later(10 * minuteMs);
    expect(challenger.state()).toMatchObject({ status: "ready" });
  });

  it("begins without the failures of another one before it", async () => {
    const { registry, challenger, answer, later } = createTried();
    for (const version of ["2", "3"]) {
      registry.add(version, "failing");
      registry.aliases.set("challenger", version);
      await later();
      for (let photograph = 0; photograph < 2; photograph += 1)
        await expect(answer()).rejects.toThrow("failed");
      expect(challenger.state()).toMatchObject({ status: "ready", version });
    }
  });

  it.each([
    ["with answers in between", new ModelError("an odd picture"), true],
    ["that are not its own", new Error("the request was cut off"), false],
  ])("stays in spite of three failures %s", async (_name, error, answers) => {
    const { registry, challenger, answer, later } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    for (let photograph = 0; photograph < 3; photograph += 1) {
      await expect(challenger.use(() => Promise.reject(error))).rejects.toBe(error);
      if (answers) await answer();
    }
    expect(challenger.state()).toMatchObject({ status: "ready", version: "2" });
  });

  it.each([
    ["another one's", ["2", "3"]],
    ["of one whose alias is gone", ["2"]],
  ])("has no part in late failures: %s", async (_name, [first = "", next]) => {
    const { registry, challenger, later } = createTried();
    for (const version of ["2", "3"]) registry.add(version, "0.2");
    registry.aliases.set("challenger", first);
    await later();
    const { promise: held, reject } = Promise.withResolvers<void>();
    const late = [1, 2, 3].map(() => challenger.use(() => held));
    registry.aliases.clear();
    if (next !== undefined) registry.aliases.set("challenger", next);
    await later();

    const error = new ModelError("failed");
    reject(error);
    const outcomes = await Promise.allSettled(late);
    expect(outcomes.map((outcome) => outcome.status === "rejected" && outcome.reason)).toEqual([
      error,
      error,
      error,
    ]);
    expect(challenger.state()).toMatchObject({ status: next === undefined ? "absent" : "ready" });
    expect(challenger.state().problem).toBeUndefined();
  });

  it("is freed at the end", async () => {
    const { registry, engine, challenger, answer, later } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    await challenger.dispose();
    expect(engine.disposed).toEqual(["2"]);
    expect(await answer()).toBeUndefined();
  });

  it("goes on while the registry cannot be reached", async () => {
    const { registry, answer, later } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    registry.isUp = false;
    await later();
    expect(await answer()).toBe("0.20");
  });

  it("is looked up before it answers callers after a pause, because its alias may have been taken away", async () => {
    const { registry, challenger, later, pass } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    registry.aliases.clear();

    pass(2 * minuteMs - 1);
    await challenger.lookAfterPause();
    expect(challenger.mayAnswerCallers()).toBe(true);
    pass(1);
    await challenger.lookAfterPause();
    expect(challenger.mayAnswerCallers()).toBe(false);
    expect(challenger.state()).toEqual({ status: "absent" });
  });

  it("answers no callers once it is the version that serves", async () => {
    let serving = "1";
    const { registry, challenger, later } = createTried({ servingVersion: () => serving });
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    expect(challenger.mayAnswerCallers()).toBe(true);
    serving = "2";
    expect(challenger.mayAnswerCallers()).toBe(false);
  });

  it("keeps no caller waiting after a pause when none is loaded", async () => {
    const { registry, challenger, pass } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    pass(2 * minuteMs);
    await challenger.lookAfterPause();
    expect(challenger.state()).toEqual({ status: "absent" });
  });

  it("answers callers no longer once its test was ended, and says so", async () => {
    const { registry, engine, challenger, later } = createTried();
    const version = registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    expect(challenger.mayAnswerCallers()).toBe(true);
    version.tags[testEndedTag] = "too slow";
    version.lastUpdated += 1;
    await later();
    expect(challenger.mayAnswerCallers()).toBe(false);
    expect(challenger.state()).toMatchObject({ status: "ready", test_ended: "too slow" });
    expect(engine.loaded).toEqual(["2"]);
  });

  it("is never what a start without the registry goes back to", async () => {
    const { registry, later } = createTried();
    registry.add("2", "0.2");
    registry.aliases.set("challenger", "2");
    await later();
    const { createVersionCache } = await import("../../../../shared/registry/version-cache/version-cache.ts");
    expect(await createVersionCache(cacheDirectory).findLastGood("m")).toBeUndefined();
  });
});
