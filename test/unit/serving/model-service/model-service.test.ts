import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createObjectStore } from "../../../../shared/aws/object-store.ts";
import { ModelError, ModelNotLoadedError } from "../../../../shared/errors/model-error.ts";
import { createLoadMarker } from "../../../../shared/registry/version-cache/load-marker.ts";
import { createVersionCache } from "../../../../shared/registry/version-cache/version-cache.ts";
import type { ModelFiles } from "../../../../shared/schemas/model.ts";
import { ModelProcessEndedError } from "../../../../shared/serving/model-process/model-process.ts";
import type { PreparedModel } from "../../../../shared/serving/model-process/prepare-model.ts";
import {
  createModelService,
  type ModelServiceOptions,
} from "../../../../shared/serving/model-service/model-service.ts";
import type {
  LoadAttempt,
  ModelService,
} from "../../../../shared/serving/model-service/model-service-types.ts";
import { modelSettings } from "../../../../shared/settings/model.ts";
import { createFakeRegistry, type FakeRegistry } from "../../../support/fake-registry.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";
import { createFakeEngine, type FakeEngine } from "../fake-predictor.ts";

const minuteMs = 60_000;
const pixels = { data: new Float32Array(3), height: 1, width: 1 };

let folder: string;
let registry: FakeRegistry;
let engine: FakeEngine;
let events: LoadAttempt[];
let nowMs: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "model-service-"));
  registry = createFakeRegistry();
  engine = createFakeEngine();
  events = [];
  nowMs = 1_000_000;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function createService(
  environment: Record<string, string> = {},
  others: Partial<ModelServiceOptions> = {},
): ModelService {
  const settings = modelSettings.parse({
    MLFLOW_MODEL_NAME: "m",
    MODEL_CACHE_DIRECTORY: join(folder, "cache"),
    LOCAL_MODEL_DIRECTORY: join(folder, "packaged"),
    ...environment,
  });
  return createModelService({
    settings,
    mlflow: registry.mlflow,
    store: createObjectStore({ region: "none" }),
    experimentName: "sessions",
    loadPredictor: engine.loadPredictor,
    onLoad: (event) => events.push(event),
    log: createRecordedLog(),
    clock: () => nowMs,
    ...others,
  });
}

/** A new version in Production. */
function register(version: string, weights: string) {
  const added = registry.add(version, weights);
  registry.promote(version);
  return added;
}

async function packModel(weights: string): Promise<void> {
  await mkdir(join(folder, "packaged"), { recursive: true });
  await writeFile(join(folder, "packaged", "model.onnx"), weights);
  await writeFile(join(folder, "packaged", "model-contract.json"), JSON.stringify({ version: "2026.1" }));
}

/** Name of the version that answers. */
const answer = (service: ModelService) =>
  service.use(async (predictor) => {
    await predictor.predict(pixels);
    return `${predictor.identity.source} ${predictor.identity.version}`;
  });

const passMinutes = async (service: ModelService, minutes: number) => {
  nowMs += minutes * minuteMs;
  await service.refreshIfDue();
};

describe("the first load", () => {
  test("takes the Production version of the registry", async () => {
    registry.add("1", "0.1");
    registry.add("2", "0.2", { labels: "x, y" });
    registry.promote("2");
    const service = createService();

    expect(await answer(service)).toBe("mlflow_registry 2");
    expect(service.state()).toMatchObject({
      loaded: true,
      identity: { name: "m", version: "2", source: "mlflow_registry" },
      loadedFrom: "registry",
      loadedAtMs: nowMs,
      stage: "Production",
      wanted: "stage Production",
      classNames: ["x", "y"],
      registryReachable: true,
      lastCheckMs: nowMs,
    });
    expect(service.state().failure).toBeUndefined();
    expect(events).toEqual([
      {
        success: true,
        reason: "",
        loadTimeSeconds: 0,
        identity: { name: "m", version: "2", source: "mlflow_registry" },
        stage: "Production",
        engine: "onnx",
        classNames: ["x", "y"],
      },
    ]);
  });

  test("is shared by the requests that come meanwhile", async () => {
    register("1", "0.1");
    const service = createService();
    void service.start();

    expect(await Promise.all([answer(service), answer(service)])).toEqual([
      "mlflow_registry 1",
      "mlflow_registry 1",
    ]);
    expect(engine.loaded).toEqual(["1"]);
  });

  test("is what a refresh waits for that comes meanwhile", async () => {
    register("1", "0.1");
    const service = createService();
    void service.start();
    await service.refreshIfDue();
    expect(service.state().loaded).toBe(true);
    expect(engine.loaded).toEqual(["1"]);
  });

  test("is not made again while a model serves, and its failures stay known", async () => {
    register("1", "0.1");
    const service = createService();
    await service.start();
    register("2", "broken");
    await passMinutes(service, 1);
    registry.requests.length = 0;
    await service.start();
    expect(registry.requests).toEqual([]);
    expect(service.state().failure).toMatchObject({ version: "2" });
  });

  test("takes the higher number of two versions in Production", async () => {
    registry.add("9", "0.1").stage = "Production";
    registry.add("10", "0.2").stage = "Production";
    registry.add("8", "0.3").stage = "Production";

    expect(await answer(createService())).toBe("mlflow_registry 10");
  });

  test("takes a pinned version whatever is in Production", async () => {
    registry.add("1", "0.1");
    register("2", "0.2");

    expect(await answer(createService({ MODEL_VERSION: "1" }))).toBe("mlflow_registry 1");
  });

  test("does not blame a version for a server that fails while it is fetched", async () => {
    register("1", "0.1");
    register("2", "0.2");
    await packModel("0.5");
    const prepare = async () => {
      throw new Error("MLflow answered with HTTP 500");
    };
    const service = createService({}, { prepare });
    expect(await answer(service)).toBe("local_file 2026.1");
    expect(service.state()).toMatchObject({
      registryReachable: true,
      failure: { version: "2", isOfServer: true },
    });
  });

  test("falls back to the packaged model when the registry is down, and says why", async () => {
    registry.isUp = false;
    await packModel("0.5");
    const service = createService();

    expect(await answer(service)).toBe("local_file 2026.1");
    expect(service.state()).toMatchObject({
      loadedFrom: "local_file",
      registryReachable: false,
      failure: { reason: expect.stringContaining("MLflow cannot be reached (ECONNREFUSED)") },
    });
    expect(events.map(({ success, identity, stage }) => [success, identity.source, stage])).toEqual([
      [false, "mlflow_registry", "Production"],
      [true, "local_file", undefined],
    ]);
  });

  test("falls back to the last good version on this disk before the packaged model", async () => {
    register("1", "0.1");
    await answer(createService());
    await packModel("0.5");
    registry.isUp = false;
    const service = createService();

    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(service.state()).toMatchObject({ loadedFrom: "cache", registryReachable: false });
  });

  test("falls back to the version that was in Production before a broken one, and says whose place it takes", async () => {
    for (const version of ["1", "2", "3"]) registry.add(version, version === "3" ? "broken" : "0.1");
    registry.promote("1");
    registry.promote("2");
    registry.promote("3");
    await packModel("0.5");
    const service = createService();

    expect(await answer(service)).toBe("mlflow_registry 2");
    expect(service.state()).toMatchObject({
      loadedFrom: "registry_before",
      failure: { version: "3", reason: "its weights are broken" },
    });
    expect(service.state().stage).toBeUndefined();
    expect(events.map(({ success, identity, stage }) => [success, identity.version, stage])).toEqual([
      [false, "3", "Production"],
      [true, "2", undefined],
    ]);
    await passMinutes(service, 1);
    expect(await answer(service)).toBe("mlflow_registry 2");
  });

  test("falls back to no earlier version where a number is wanted", async () => {
    registry.add("1", "0.1");
    registry.add("2", "broken");
    registry.promote("1");
    registry.promote("2");
    await packModel("0.5");
    expect(await answer(createService({ MODEL_VERSION: "2" }))).toBe("local_file 2026.1");
    expect(registry.requests).not.toContain("mlflow/model-versions/search");
  });

  test("falls back to the packaged model when the version is broken", async () => {
    register("1", "broken");
    await packModel("0.5");
    const service = createService();

    expect(await answer(service)).toBe("local_file 2026.1");
    expect(service.state()).toMatchObject({
      registryReachable: true,
      failure: { version: "1", reason: "its weights are broken" },
    });
  });

  test("lets the packaged model answer under its own name, never under the registered model's", async () => {
    registry.isUp = false;
    await packModel("0.5");
    const service = createService();
    await answer(service);
    expect(service.state().identity).toEqual({ name: "packaged", version: "2026.1", source: "local_file" });
  });

  test("answers 503 rather than with the packaged model where that may not stand in", async () => {
    registry.isUp = false;
    await packModel("0.5");
    const service = createService({ LOCAL_MODEL_FALLBACK: "false" });
    await expect(answer(service)).rejects.toThrow(ModelNotLoadedError);
    expect(service.state()).toMatchObject({ loaded: false, failure: { isOfServer: true } });
  });

  test("blames no server for a broken version where nothing else can answer", async () => {
    register("1", "broken");
    const service = createService();
    await expect(answer(service)).rejects.toThrow(ModelNotLoadedError);
    expect(service.state()).toMatchObject({ loaded: false });
    expect(service.state().failure).not.toHaveProperty("isOfServer");
  });

  test("still answers with the last good version where the packaged model may not stand in", async () => {
    register("1", "0.1");
    await answer(createService());
    await packModel("0.5");
    registry.isUp = false;
    expect(await answer(createService({ LOCAL_MODEL_FALLBACK: "false" }))).toBe("mlflow_registry 1");
  });

  test("asks no registry that is switched off, nor takes what served from it before", async () => {
    register("1", "0.1");
    await answer(createService());
    registry.requests.length = 0;
    await packModel("0.5");
    const service = createService({ ENABLE_MODEL_REGISTRY: "false" });

    expect(await answer(service)).toBe("local_file 2026.1");
    await passMinutes(service, 5);
    expect(registry.requests).toEqual([]);
    expect(service.state()).toMatchObject({ wanted: "the packaged model" });
  });

  test.each([
    ["an alias", { MODEL_ALIAS: "champion" }, { stage: "@champion", wanted: "alias champion" }],
    ["a number", { MODEL_VERSION: "1" }, { stage: undefined, wanted: "version 1" }],
  ])("says how a version was found by %s", async (_name, environment, expected) => {
    registry.add("1", "0.1");
    registry.aliases.set("champion", "1");
    const service = createService(environment);
    await service.start();
    const { stage, wanted } = service.state();
    expect({ stage, wanted }).toEqual(expected);
    expect(events.map((event) => event.stage)).toEqual([expected.stage]);
  });

  test("tells how long it took", async () => {
    register("1", "0.1");
    const prepare = async () => {
      nowMs += 2_500;
      return {} as PreparedModel;
    };
    const log = createRecordedLog();
    await createService({}, { prepare, log }).start();
    expect(events.map(({ loadTimeSeconds }) => loadTimeSeconds)).toEqual([2.5]);
    expect(log.lines).toMatchObject([
      { level: "info", message: "Model loaded", details: { from: "registry", loadTimeSeconds: 2.5 } },
    ]);
  });

  test("took no time below 0 when the clock was set back meanwhile", async () => {
    register("1", "0.1");
    const prepare = async () => {
      nowMs -= 60 * minuteMs;
      return {} as PreparedModel;
    };
    await createService({}, { prepare }).start();
    expect(events.map(({ loadTimeSeconds }) => loadTimeSeconds)).toEqual([0]);
  });

  test("frees the model at the end", async () => {
    register("1", "0.1");
    const service = createService();
    await service.start();
    await service.dispose();
    expect(engine.disposed).toEqual(["1"]);
  });

  test("frees a version that is being loaded, too", async () => {
    register("1", "0.1");
    const service = createService();
    await service.start();
    register("2", "0.2");
    nowMs += minuteMs;
    const refreshing = service.refreshIfDue();
    await service.dispose();
    await refreshing;
    expect(engine.disposed).toEqual(["1", "2"]);
    expect(service.state().loaded).toBe(false);
  });
});

describe("a start for which the registry is slow", () => {
  /** A version whose files come when `arrive` is called. */
  function registerSlow() {
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<PreparedModel>();
    register("1", "0.1");
    return { arrive: () => arrive({} as PreparedModel), prepare: () => arrived };
  }

  beforeEach(() => {
    vi.useFakeTimers();
    return () => vi.useRealTimers();
  });

  test("falls back to the packaged model after 15 s, says why, and swaps the version in once it is there", async () => {
    await packModel("0.5");
    const { arrive, prepare } = registerSlow();
    const service = createService({}, { prepare });
    const answered = answer(service);
    await vi.advanceTimersByTimeAsync(14_999);
    expect(engine.loaded).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(await answered).toBe("local_file 2026.1");
    expect(service.state().failure).toMatchObject({
      reason: "The wanted version (stage Production) was not ready after 15 s; it is still being loaded",
      kind: "SlowRegistryError",
      isOfServer: true,
    });
    const refreshed = service.refreshIfDue();
    expect(await answer(service)).toBe("local_file 2026.1");
    arrive();
    await refreshed;
    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(service.state().failure).toBeUndefined();
    expect(engine.disposed).toEqual(["2026.1"]);
  });

  test("goes on waiting for the version where nothing else can serve", async () => {
    const { arrive, prepare } = registerSlow();
    const service = createService({ LOCAL_MODEL_FALLBACK: "false" }, { prepare });
    const answered = answer(service);
    await vi.advanceTimersByTimeAsync(60_000);
    arrive();
    expect(await answered).toBe("mlflow_registry 1");
    expect(service.state().failure).toBeUndefined();
  });

  test("does not let a fallback replace the version that came while it was loaded", async () => {
    await packModel("0.5");
    const { arrive, prepare } = registerSlow();
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const loadPredictor = async (files: ModelFiles) => {
      if (files.identity.source === "local_file") await held;
      return engine.loadPredictor(files);
    };
    const service = createService({}, { prepare, loadPredictor });
    const started = service.start();
    await vi.advanceTimersByTimeAsync(15_000);
    arrive();
    await vi.waitFor(() => expect(service.state().loaded).toBe(true), { timeout: 10_000 });
    release();
    await started;
    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(engine.disposed).toEqual(["2026.1"]);
  });

  test("gives a version whose files came late all its time to get ready, as something else serves", async () => {
    await packModel("0.5");
    register("1", "0.1");
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<void>();
    const { mlflow } = registry;
    const streamFetch = async (request: Request) => {
      await arrived;
      return mlflow.streamFetch(request);
    };
    const limits: (number | undefined)[] = [];
    const prepare = async (_files: ModelFiles, _engine: string, timeLimitMs?: number) => {
      limits.push(timeLimitMs);
      return {} as PreparedModel;
    };
    const service = createService({}, { prepare, mlflow: { ...mlflow, streamFetch } });
    const answered = answer(service);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await answered).toBe("local_file 2026.1");
    arrive();
    await vi.waitFor(() => expect(service.state().identity?.version).toBe("1"), { timeout: 10_000 });
    expect(limits).toEqual([undefined]);
  });

  test("lets the version before serve once a version that came late turns out to be broken", async () => {
    await packModel("0.5");
    for (const version of ["1", "2"]) registry.add(version, version === "2" ? "broken" : "0.1");
    registry.promote("1");
    registry.promote("2");
    const { promise: arrived, resolve: arrive } = Promise.withResolvers<PreparedModel>();
    const service = createService({}, { prepare: () => arrived });
    const answered = answer(service);
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await answered).toBe("local_file 2026.1");
    const refreshed = service.refreshIfDue();
    arrive({} as PreparedModel);
    await refreshed;
    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(service.state()).toMatchObject({
      loadedFrom: "registry_before",
      failure: { version: "2", reason: "its weights are broken" },
    });
    expect(events.map(({ success, identity }) => [success, identity.version])).toEqual([
      [true, "2026.1"],
      [false, "2"],
      [true, "1"],
    ]);
    await passMinutes(service, 1);
    expect(events).toHaveLength(3);
  });

  test("does not wait for ever for the version before a broken one either", async () => {
    await packModel("0.5");
    for (const version of ["1", "2"]) registry.add(version, version === "2" ? "broken" : "0.1");
    registry.promote("1");
    registry.promote("2");
    const { promise: held, resolve: release } = Promise.withResolvers<void>();
    const loadPredictor = async (files: ModelFiles) => {
      if (files.identity.version === "1") await held;
      return engine.loadPredictor(files);
    };
    const service = createService({}, { loadPredictor });
    const answered = answer(service);
    await vi.waitFor(() => expect(engine.loaded).toEqual(["2"]), { timeout: 10_000 });
    await vi.advanceTimersByTimeAsync(15_000);
    expect(await answered).toBe("local_file 2026.1");
    release();
    await vi.waitFor(() => expect(engine.disposed).toEqual(["1"]), { timeout: 10_000 });
  });
});

describe("without any model", () => {
  test("a request is refused with 503, and a later one tries again", async () => {
    registry.isUp = false;
    const service = createService();

    const refusal = await answer(service).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(ModelNotLoadedError);
    expect(refusal).toMatchObject({
      status: 503,
      message: expect.stringMatching(
        /^No model is loaded: .*ECONNREFUSED.* holds no version of m; There is no packaged model in /,
      ),
    });

    registry.isUp = true;
    register("1", "0.1");
    await expect(answer(service)).rejects.toThrow(ModelNotLoadedError);
    expect(registry.requests).toEqual([]);

    nowMs += 5_000;
    expect(await answer(service)).toBe("mlflow_registry 1");
  });

  test("a later request tries again although the clock was set back", async () => {
    registry.isUp = false;
    const service = createService();
    await expect(answer(service)).rejects.toThrow(ModelNotLoadedError);
    registry.isUp = true;
    register("1", "0.1");
    nowMs -= 60 * minuteMs;
    expect(await answer(service)).toBe("mlflow_registry 1");
  });

  test("the reason is the last try's, however many there were", async () => {
    const service = createService({ ENABLE_MODEL_REGISTRY: "false" });
    for (let i = 0; i < 3; i++) {
      await expect(answer(service)).rejects.toThrow(
        /^No model is loaded: There is no packaged model in [^;]*$/,
      );
      nowMs += 5_000;
    }
  });

  test("the reason says that the registry does not know what served before", async () => {
    register("1", "broken");
    await expect(answer(createService())).rejects.toThrow(
      "The registry has no record of which version was Production before",
    );
  });

  test("a version that could not be prepared is tried again after 5 s, as nothing serves", async () => {
    register("1", "0.1");
    let failures = 1;
    const prepare = async () => {
      if (failures-- > 0) throw new Error("MLflow answered with HTTP 500");
      return {} as PreparedModel;
    };
    const service = createService({}, { prepare });
    await expect(answer(service)).rejects.toThrow("HTTP 500");
    nowMs += 5_000;
    expect(await answer(service)).toBe("mlflow_registry 1");
  });
});

describe("the refresh", () => {
  test("asks at most once in MODEL_REFRESH_SECONDS", async () => {
    register("1", "0.1");
    const service = createService();
    await service.start();
    const before = registry.requests.length;

    await passMinutes(service, 0.9);
    expect(registry.requests).toHaveLength(before);
    await passMinutes(service, 0.2);
    expect(registry.requests).toHaveLength(before + 1);
  });

  test("follows a rollback although the clock was set back", async () => {
    register("1", "0.1");
    register("2", "0.2");
    const service = createService();
    await service.start();
    registry.promote("1");
    await passMinutes(service, -60);
    expect(await answer(service)).toBe("mlflow_registry 1");
  });

  test("is shared by those who ask for it meanwhile: a version is loaded once", async () => {
    registry.add("1", "0.1");
    registry.add("2", "0.2");
    registry.promote("1");
    const service = createService();
    await service.start();
    registry.promote("2");
    const first = passMinutes(service, 1);
    await passMinutes(service, 1);
    expect(await answer(service)).toBe("mlflow_registry 2");
    await first;
    expect(engine.loaded).toEqual(["1", "2"]);
  });

  test("swaps in a promoted version, and disposes the old one when no request uses it", async () => {
    registry.add("1", "0.1");
    registry.add("2", "0.2");
    registry.promote("1");
    const service = createService();
    await service.start();
    const { promise: held, resolve: finish } = Promise.withResolvers<void>();
    const slow = service.use(async (predictor) => {
      await held;
      return predictor.identity.version;
    });

    registry.promote("2");
    await passMinutes(service, 1);
    expect(await answer(service)).toBe("mlflow_registry 2");
    expect(engine.disposed).toEqual([]);

    finish();
    expect(await slow).toBe("1");
    expect(engine.disposed).toEqual(["1"]);
  });

  test("keeps what serves when the promoted version is broken, reports it once, and tries it less and less often", async () => {
    registry.add("1", "0.1");
    registry.add("2", "broken");
    registry.promote("1");
    const log = createRecordedLog();
    const service = createService({}, { log });
    await service.start();
    registry.promote("2");

    for (let minute = 1; minute <= 15; minute += 1) await passMinutes(service, 1);

    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(events.filter(({ success }) => !success)).toMatchObject([{ reason: "its weights are broken" }]);
    expect(log.lines.filter(({ level }) => level === "warn").map(({ message }) => message)).toEqual([
      "The wanted model does not serve",
    ]);
    expect(service.state().failure).toMatchObject({ version: "2", reason: "its weights are broken" });
    // At minutes 1, 3, 7 and 15.
    expect(engine.loaded).toEqual(["1", "2", "2", "2", "2"]);
  });

  test("says again what is wrong with a broken version when the registry is back", async () => {
    registry.add("1", "0.1");
    registry.add("2", "broken");
    registry.promote("1");
    const service = createService();
    await service.start();
    registry.promote("2");
    for (let minute = 1; minute <= 7; minute += 1) await passMinutes(service, 1);
    registry.isUp = false;
    await passMinutes(service, 1);
    await passMinutes(service, 1);
    expect(service.state().failure).toMatchObject({ isOfServer: true });
    registry.isUp = true;
    await passMinutes(service, 1);
    expect(service.state().failure).toMatchObject({ version: "2", reason: "its weights are broken" });
    expect(service.state().failure).not.toHaveProperty("isOfServer");
    expect(engine.loaded).toEqual(["1", "2", "2", "2"]);
  });

  test("tries a broken version at once when its entry in the registry changes", async () => {
    const broken = register("1", "broken");
    await packModel("0.5");
    const service = createService();
    expect(await answer(service)).toBe("local_file 2026.1");

    broken.files.set("model.onnx", "0.1");
    registry.promote("1");
    await passMinutes(service, 1);

    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(service.state().failure).toBeUndefined();
  });

  test("goes back to the registry when it is back", async () => {
    register("1", "0.1");
    registry.isUp = false;
    await packModel("0.5");
    const service = createService();
    expect(await answer(service)).toBe("local_file 2026.1");
    await passMinutes(service, 1);
    registry.isUp = true;
    await passMinutes(service, 1);

    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(service.state()).toMatchObject({ registryReachable: true, loadedFrom: "registry" });
  });

  test("loads nothing again when the version that served from the cache is still the wanted one", async () => {
    register("1", "0.1");
    await answer(createService());
    registry.isUp = false;
    const service = createService();
    await answer(service);
    registry.isUp = true;
    await passMinutes(service, 1);

    expect(service.state().failure).toBeUndefined();
    expect(engine.loaded).toEqual(["1", "1"]);
  });

  test("keeps what serves when it is deleted or nothing is in Production", async () => {
    register("1", "0.1");
    const service = createService();
    await service.start();
    registry.delete("1");
    await passMinutes(service, 1);

    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(service.state().failure?.reason).toBe(
      "The registry has no version of m in stage Production: npm run models lists its versions",
    );
    expect(events.filter(({ success }) => !success)).toEqual([]);
  });

  test("takes a changed contract tag without another version", async () => {
    const version = registry.add("1", "0.1", { labels: "a, b" });
    registry.promote("1");
    const service = createService();
    await service.start();
    version.tags.labels = "c, d";
    version.tags.owner = "someone";
    await passMinutes(service, 1);

    expect(service.state().classNames).toEqual(["c", "d"]);
  });

  test("prepares a version once: a rollback to it is quick", async () => {
    const prepared: string[] = [];
    const prepare = async ({ identity }: ModelFiles) => {
      prepared.push(identity.version);
      return {} as PreparedModel;
    };
    registry.add("1", "0.1");
    registry.add("2", "0.2");
    registry.promote("1");
    const service = createService({}, { prepare });
    await service.start();
    for (const version of ["2", "1", "2", "1"]) {
      registry.promote(version);
      await passMinutes(service, 1);
      expect(await answer(service)).toBe(`mlflow_registry ${version}`);
    }
    expect(prepared).toEqual(["1", "2"]);
  });

  test("keeps the files of the version that serves when its tags declare something impossible", async () => {
    const version = registry.add("1", "0.1", { labels: "a, b" });
    registry.promote("1");
    const service = createService();
    await service.start();
    const fetched = registry.requests.filter((path) => path.endsWith("model.onnx")).length;

    version.tags.labels = "a, b, c";
    await passMinutes(service, 1);
    await answer(service);
    expect(service.state()).toMatchObject({ classNames: ["a", "b"], failure: { version: "1" } });
    version.tags.labels = "c, d";
    await passMinutes(service, 2);
    expect(service.state()).toMatchObject({ classNames: ["c", "d"] });
    expect(registry.requests.filter((path) => path.endsWith("model.onnx"))).toHaveLength(fetched);
  });

  test("is not disturbed by tags that do not concern the contract", async () => {
    const version = register("1", "0.1");
    const service = createService();
    await service.start();
    version.tags.owner = "someone";
    await passMinutes(service, 1);

    expect(engine.loaded).toEqual(["1"]);
  });
});

test("a version that MLflow or S3 did not give is tried at each look, until they give it", async () => {
  register("1", "0.1");
  const service = createService();
  await service.start();
  register("2", "0.2");
  registry.failing = "mlflow-artifacts/artifacts";
  for (let minute = 0; minute < 10; minute++) await passMinutes(service, 1);
  expect(service.state().failure).toMatchObject({ version: "2", isOfServer: true });
  registry.failing = undefined;
  await passMinutes(service, 1);
  expect(await answer(service)).toBe("mlflow_registry 2");
  expect(events.filter(({ success }) => !success)).toHaveLength(1);
});

test("a version whose files take longer than the interval to fail is not asked for after every answer", async () => {
  register("1", "0.1");
  const service = createService(
    {},
    {
      prepare: async ({ identity }) => {
        if (identity.version === "1") return {} as PreparedModel;
        nowMs += 5 * minuteMs;
        throw new Error("S3 did not answer in time");
      },
    },
  );
  await service.start();
  register("2", "0.2");
  const isTried: boolean[] = [];
  for (let look = 0; look < 8; look++) {
    const beforeMs = nowMs;
    await passMinutes(service, 0.5);
    isTried.push(nowMs - beforeMs > minuteMs);
  }
  // From the third try on it rests for a minute.
  expect(isTried).toEqual([false, true, true, true, false, false, true, false]);
});

describe("the first request after a pause", () => {
  /** A service that has answered with version 2, which is then rolled back to version 1. */
  async function rollBack(): Promise<ModelService> {
    register("1", "0.1");
    const service = createService();
    await service.start();
    register("2", "0.2");
    await passMinutes(service, 1);
    expect(await answer(service)).toBe("mlflow_registry 2");
    registry.promote("1");
    return service;
  }

  test("of two minutes is not answered by a version that was rolled back meanwhile", async () => {
    const service = await rollBack();
    nowMs += 2 * minuteMs - 1;
    expect(await answer(service)).toBe("mlflow_registry 2");
    nowMs += 1;
    const both = await Promise.all([answer(service), answer(service)]);
    expect(both).toEqual(["mlflow_registry 1", "mlflow_registry 1"]);
  });

  test("is not either after a second pause", async () => {
    const service = await rollBack();
    nowMs += 2 * minuteMs;
    expect(await answer(service)).toBe("mlflow_registry 1");
    registry.promote("2");
    nowMs += 2 * minuteMs;
    expect(await answer(service)).toBe("mlflow_registry 2");
  });

  test("of two intervals, where these are longer, is not either", async () => {
    register("1", "0.1");
    const service = createService({ MODEL_REFRESH_SECONDS: "600" });
    await service.start();
    register("2", "0.2");
    nowMs += 20 * minuteMs - 1;
    expect(await answer(service)).toBe("mlflow_registry 1");
    nowMs += 1;
    expect(await answer(service)).toBe("mlflow_registry 2");
  });

  test("is answered by what serves when the registry is gone", async () => {
    const service = await rollBack();
    registry.isUp = false;
    nowMs += 2 * minuteMs;
    expect(await answer(service)).toBe("mlflow_registry 2");
    expect(service.state().registryReachable).toBe(false);
  });

  test("is answered by what serves when the registry does not answer within three seconds", async () => {
    const service = await rollBack();
    registry.isHanging = true;
    nowMs += 2 * minuteMs;
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let answered = "";
    void answer(service).then((version) => {
      answered = version;
    });
    await vi.advanceTimersByTimeAsync(2_999);
    expect(answered).toBe("");
    await vi.advanceTimersByTimeAsync(1);
    expect(answered).toBe("mlflow_registry 2");
  });

  test("waits for one look, also where its caller has waited for that look already", async () => {
    const service = await rollBack();
    registry.isHanging = true;
    nowMs += 2 * minuteMs;
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    let answered = "";
    void service.lookAfterPause().then(async () => {
      answered = await answer(service);
    });
    await vi.advanceTimersByTimeAsync(3_000);
    expect(answered).toBe("mlflow_registry 2");
  });
});

test("a promoted version that takes minutes to load makes requests wait for it once, not each of them", async () => {
  register("1", "0.1");
  const { promise: prepared, resolve: finish } = Promise.withResolvers<PreparedModel>();
  const prepare = async ({ identity }: ModelFiles) =>
    identity.version === "1" ? ({} as PreparedModel) : prepared;
  const service = createService({}, { prepare });
  await service.start();
  register("2", "0.2");
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  nowMs += minuteMs;
  const loaded = service.refreshIfDue();
  nowMs += 2 * minuteMs;
  const first = answer(service);
  await vi.advanceTimersByTimeAsync(3_000);
  expect(await first).toBe("mlflow_registry 1");
  for (let minute = 0; minute < 3; minute += 1) {
    nowMs += minuteMs;
    expect(await answer(service)).toBe("mlflow_registry 1");
  }
  finish({} as PreparedModel);
  await loaded;
  expect(await answer(service)).toBe("mlflow_registry 2");
});

describe("a version that is not ready in time", () => {
  test("leaves the first answer to the next best, and serves once it is ready", async () => {
    const limits: (number | undefined)[] = [];
    const prepare = async (_: ModelFiles, __: unknown, timeLimitMs?: number) => {
      limits.push(timeLimitMs);
      if (timeLimitMs !== undefined) throw new ModelError(`m/1 was not ready after ${timeLimitMs / 1000} s`);
      return {} as PreparedModel;
    };
    register("1", "0.1");
    await packModel("0.5");
    const service = createService({}, { prepare });
    await service.start();
    expect(service.state()).toMatchObject({
      loadedFrom: "local_file",
      failure: { version: "1", reason: "m/1 was not ready after 10 s" },
    });

    await passMinutes(service, 2);
    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(limits).toEqual([10_000, undefined]);
  });

  test("is not prepared anew by the next start of this machine", async () => {
    register("1", "0.1");
    await createService().start();
    const prepare = async () => {
      throw new ModelError("prepared again");
    };
    expect(await answer(createService({}, { prepare }))).toBe("mlflow_registry 1");
  });

  test("has no mark of a load against it while another process tries it (a start may be stopped then), nor afterwards", async () => {
    register("1", "0.1");
    const marks: string[] = [];
    const prepare = async () => {
      const files = readdirSync(join(folder, "cache"), { recursive: true, encoding: "utf8" });
      marks.push(...files.filter((name) => name.includes(".loading-")));
      return {} as PreparedModel;
    };
    expect(await answer(createService({}, { prepare }))).toBe("mlflow_registry 1");
    expect(marks).toEqual([]);
    await prepare();
    expect(marks).toEqual([]);
  });
});

describe("a version that ends the process which loads it", () => {
  const prepare = async () => {
    throw new ModelProcessEndedError("m/2 ended the process that loaded it (SIGABRT)");
  };

  test("is not tried again, neither later nor by the next process here", async () => {
    registry.add("1", "0.1");
    registry.add("2", "0.2");
    registry.promote("1");
    const service = createService({}, { prepare });
    await service.start();
    registry.promote("2");
    for (let minute = 0; minute < 200; minute += 1) await passMinutes(service, 1);

    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(engine.loaded).toEqual(["1"]);

    const next = createService();
    expect(await answer(next)).toBe("mlflow_registry 1");
    expect(next.state()).toMatchObject({
      loadedFrom: "cache",
      failure: {
        reason: expect.stringContaining("m/2 is not tried again: an earlier load of it ended its process"),
      },
    });
    expect(engine.loaded).toEqual(["1", "1"]);
  });

  test("is not tried again as the last good version either", async () => {
    register("1", "0.1");
    await answer(createService());
    await packModel("0.5");
    registry.isUp = false;
    const lastGood = await createVersionCache(join(folder, "cache")).findLastGood("m");
    await createLoadMarker(lastGood?.files.directory ?? "", lastGood?.servingId ?? "", "m/1").condemn();

    expect(await answer(createService())).toBe("local_file 2026.1");
    expect(engine.loaded).toEqual(["1", "2026.1"]);
  });

  test("is tried again when it is promoted again", async () => {
    registry.add("1", "0.1");
    registry.add("2", "0.2");
    registry.promote("1");
    const service = createService({}, { prepare });
    await service.start();
    registry.promote("2");
    await passMinutes(service, 1);
    registry.promote("2");

    expect(await answer(createService())).toBe("mlflow_registry 2");
  });
});

describe("a version that loads and fails at photographs", () => {
  const fail = (service: ModelService) => expect(answer(service)).rejects.toThrow("not finite");

  /** A service that has followed the promotion of a version that fails. */
  async function followFailing(): Promise<ModelService> {
    register("1", "0.1");
    const service = createService();
    await answer(service);
    register("2", "failing");
    await passMinutes(service, 2);
    return service;
  }

  test("is replaced by the version before, which answers the third request in a row, and stays out", async () => {
    const service = await followFailing();

    await fail(service);
    expect(service.state()).toMatchObject({
      identity: { version: "2" },
      failure: { isOfAnswers: true, version: "2" },
    });
    await fail(service);
    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(service.state()).toMatchObject({
      identity: { version: "1" },
      failure: { reason: "Version 2 failed to answer: not finite", version: "2" },
    });
    const [failed] = events.filter((event) => !event.success);
    expect(failed).toMatchObject({
      identity: { version: "2" },
      reason: "Version 2 failed to answer: not finite",
    });

    await passMinutes(service, 60);
    expect(await answer(service)).toBe("mlflow_registry 1");
    expect(service.state().failure?.version).toBe("2");
  });

  test("is replaced by the version before from this machine's disk, without the registry", async () => {
    const service = await followFailing();
    registry.isUp = false;
    for (let i = 0; i < 2; i++) await fail(service);
    expect(await answer(service)).toBe("mlflow_registry 1");
  });

  test("is replaced once for all requests that fail at the same time", async () => {
    const service = await followFailing();
    const outcomes = await Promise.allSettled(Array.from({ length: 6 }, () => answer(service)));
    expect(outcomes.map(({ status }) => status)).toEqual([
      ...["rejected", "rejected"],
      ...Array.from({ length: 4 }, () => "fulfilled"),
    ]);
    expect(engine.loaded).toEqual(["1", "2", "1"]);
  });

  test("is not what a later start without the registry goes back to", async () => {
    const service = await followFailing();
    for (let i = 0; i < 2; i++) await fail(service);
    await answer(service);
    registry.isUp = false;
    expect(await answer(createService())).toBe("mlflow_registry 1");
  });

  test("does not serve again when what replaced it fails, too", async () => {
    const service = await followFailing();
    await packModel("0.5");
    for (let i = 0; i < 2; i++) await fail(service);
    await answer(service);
    const odd = () => service.use(() => Promise.reject(new ModelError("an odd picture")));
    for (let i = 0; i < 3; i++) await expect(odd()).rejects.toThrow("an odd picture");
    expect(await answer(service)).toBe("local_file 2026.1");
  });

  test("is replaced at its third failure in a row, whatever requests of the version before answer meanwhile", async () => {
    register("1", "0.1");
    const service = createService();
    const { promise: held, resolve: finish } = Promise.withResolvers<void>();
    await service.start();
    const slow = service.use(() => held);
    register("2", "failing");
    await passMinutes(service, 2);
    for (let i = 0; i < 2; i++) await fail(service);
    finish();
    await slow;
    expect(await answer(service)).toBe("mlflow_registry 1");
  });

  test("is not the version that serves when requests of the one before it fail late", async () => {
    register("1", "0.1");
    const service = createService();
    const { promise: held, reject } = Promise.withResolvers<void>();
    await service.start();
    const late = [1, 2, 3].map(() => service.use(() => held));
    register("2", "0.2");
    await passMinutes(service, 2);
    reject(new ModelError("an odd picture"));
    for (const outcome of await Promise.allSettled(late)) expect(outcome.status).toBe("rejected");
    expect(await answer(service)).toBe("mlflow_registry 2");
    expect(service.state().failure).toBeUndefined();
  });

  test("has not failed where the request is at fault", async () => {
    await packModel("0.5");
    register("1", "0.1");
    const service = createService();
    for (let i = 0; i < 4; i++) {
      const broken = service.use(() => Promise.reject(new Error("no photograph")));
      await expect(broken).rejects.toThrow("no photograph");
    }
    expect(await answer(service)).toBe("mlflow_registry 1");
  });

  test("stays out whatever is done to its entry, and is tried again once another version was wanted", async () => {
    const service = await followFailing();
    for (let i = 0; i < 2; i++) await fail(service);
    await answer(service);
    registry.promote("2");
    await passMinutes(service, 2);
    expect(await answer(service)).toBe("mlflow_registry 1");
    registry.promote("1");
    await passMinutes(service, 2);
    registry.promote("2");
    await passMinutes(service, 2);
    await fail(service);
  });

  test.each([
    ["was empty", () => registry.delete("2"), () => register("2", "failing")],
    [
      "was empty and then could not be asked",
      async (service: ModelService) => {
        registry.delete("2");
        await passMinutes(service, 2);
        registry.isUp = false;
      },
      () => {
        registry.isUp = true;
        register("2", "failing");
      },
    ],
  ])(
    "is still what is wrong once it is back where it was wanted, after the stage %s",
    async (_name, leave, back) => {
      const service = await followFailing();
      for (let i = 0; i < 2; i++) await fail(service);
      await answer(service);
      await leave(service);
      await passMinutes(service, 2);
      expect(service.state().failure).not.toHaveProperty("version");
      back();
      await passMinutes(service, 2);
      expect(service.state()).toMatchObject({
        identity: { version: "1" },
        failure: { version: "2", reason: "Version 2 failed to answer: not finite" },
      });
    },
  );

  test("stays out where it was withdrawn before the registry answered for the first time", async () => {
    register("1", "failing");
    await createService().start();
    await packModel("0.5");
    registry.isUp = false;
    const service = createService();
    for (let i = 0; i < 2; i++) await fail(service);
    expect(await answer(service)).toBe("local_file 2026.1");
    registry.isUp = true;
    await passMinutes(service, 2);
    expect(await answer(service)).toBe("local_file 2026.1");
  });

  test("is tried again with another contract", async () => {
    register("1", "0.1");
    const service = createService();
    await answer(service);
    const version = registry.add("2", "failing");
    registry.promote("2");
    await passMinutes(service, 2);
    for (let i = 0; i < 2; i++) await fail(service);
    await answer(service);
    version.tags.activation = "softmax";
    await passMinutes(service, 2);
    await fail(service);
  });

  test("is no failure any more once the version that took over is promoted in its place", async () => {
    const service = await followFailing();
    for (let i = 0; i < 2; i++) await fail(service);
    await answer(service);
    registry.promote("1");
    await passMinutes(service, 2);
    expect(service.state().failure).toBeUndefined();
  });

  test("is replaced by the packaged model after a cold start", async () => {
    await packModel("0.5");
    register("2", "failing");
    const service = createService();
    for (let i = 0; i < 2; i++) await fail(service);
    expect(await answer(service)).toBe("local_file 2026.1");
  });

  test("is replaced after a cold start by the version that was in Production before", async () => {
    await packModel("0.5");
    registry.add("1", "0.1");
    registry.add("2", "failing");
    registry.promote("1");
    registry.promote("2");
    const service = createService();
    for (let i = 0; i < 2; i++) await fail(service);
    expect(await answer(service)).toBe("mlflow_registry 1");
    await passMinutes(service, 60);
    expect(await answer(service)).toBe("mlflow_registry 1");
  });

  test("is not replaced by the packaged model where that may not stand in", async () => {
    await packModel("0.5");
    register("2", "failing");
    const service = createService({ LOCAL_MODEL_FALLBACK: "false" });
    for (let i = 0; i < 5; i++) await fail(service);
    expect(service.state()).toMatchObject({ identity: { version: "2" }, failure: { version: "2" } });
  });

  test("keeps serving where nothing else can, and its failure shows", async () => {
    register("2", "failing");
    const service = createService();
    for (let i = 0; i < 5; i++) await fail(service);
    expect(service.state()).toMatchObject({ loaded: true, failure: { version: "2", isOfAnswers: true } });
    await passMinutes(service, 2);
    expect(service.state()).toMatchObject({ loaded: true, failure: { version: "2", isOfAnswers: true } });
  });

  test("is asked once for each request where nothing else can serve, and others are tried at every third", async () => {
    await packModel("broken");
    register("2", "failing");
    const service = createService();
    let asked = 0;
    for (let i = 0; i < 7; i++) {
      const request = service.use((predictor) => {
        asked += 1;
        return predictor.predict(pixels);
      });
      await expect(request).rejects.toThrow("not finite");
    }
    expect(asked).toBe(7);
    expect(engine.loaded).toEqual(["2", "2026.1", "2026.1"]);
  });

  test("stays where it is the packaged one: nothing is loaded in its place", async () => {
    await packModel("failing");
    const service = createService({ ENABLE_MODEL_REGISTRY: "false" });
    for (let i = 0; i < 5; i++) await fail(service);
    expect(engine.loaded).toEqual(["2026.1"]);
  });

  test("a failure between answers is forgotten", async () => {
    await packModel("0.5");
    register("1", "0.1");
    const service = createService();
    const odd = () => service.use(() => Promise.reject(new ModelError("an odd picture")));
    for (let i = 0; i < 4; i++) {
      await expect(odd()).rejects.toThrow("an odd picture");
      expect(service.state().failure?.reason).toBe("an odd picture");
      await answer(service);
      expect(service.state().failure).toBeUndefined();
    }
    expect(service.state().identity?.version).toBe("1");
  });
});
