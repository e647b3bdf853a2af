import type { ObjectStore } from "../../aws/object-store.ts";
import { ServiceError } from "../../errors/service-error.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import { describeWish, wishFrom } from "../../registry/resolve-version.ts";
import { createVersionCache } from "../../registry/version-cache/version-cache.ts";
import { type Pause, remainingMs } from "../../resilience/pause.ts";
import { waitAtMost } from "../../resilience/wait-at-most.ts";
import type { Log } from "../../schemas/log.ts";
import type { ModelSettings } from "../../settings/model.ts";
import type { LoadedModel, LoadPredictor } from "../load-model.ts";
import type { PrepareModel } from "../model-process/prepare-model.ts";
import { createRequestAnswering } from "./answer-requests.ts";
import { createCurrentModel } from "./current-model.ts";
import { describeState } from "./describe-state.ts";
import { createFallbacks } from "./fallback-models.ts";
import { createLoadReport, secondsSince } from "./load-report.ts";
import { createLooks } from "./looks.ts";
import type { LoadAttempt, ModelService } from "./model-service-types.ts";
import { createStandIns } from "./stand-ins.ts";
import { createWantedVersion } from "./wanted-version.ts";

/** For the client of the registry: a start waits for it before it falls back. */
export const registryClientLimits = { timeoutMs: 4_000, maxAttempts: 2 } as const;
/** While nothing serves, requests wait for the registry so long; then something else serves until the wanted version is ready. */
const startLimitMs = 15_000;
/** Pause between two tries to load anything, while every request gets a 503. */
const restartDelayMs = 5_000;

/** Its name is what everybody may read of it. */
class SlowRegistryError extends ServiceError {}

export interface ModelServiceOptions {
  settings: ModelSettings;
  mlflow: MlflowClient;
  /** S3, for versions whose files are read from it directly. */
  store: ObjectStore;
  /** Where the service's sessions have their runs, which tell which version served before. */
  experimentName: string;
  loadPredictor: LoadPredictor;
  /** See prepareModel; without it this process compiles a changed version itself. */
  prepare?: PrepareModel | undefined;
  /** Called for every attempt to load a version; for a version that keeps failing, only once. */
  onLoad?: (event: LoadAttempt) => void;
  log: Log;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/** See ModelService. */
export function createModelService(options: ModelServiceOptions): ModelService {
  const { settings, mlflow, experimentName, log, clock = Date.now } = options;
  const wish = wishFrom(settings);
  const wanted = settings.enableRegistry ? describeWish(wish) : "the packaged model";
  const fallbacks = createFallbacks({ settings, wish, mlflow, experimentName });
  const access = { ...options, cache: createVersionCache(settings.cacheDirectory), prepare: options.prepare };
  const current = createCurrentModel({ wanted, log, clock });
  const reportLoad = createLoadReport(options.onLoad ?? (() => {}), wish, current, clock);

  let starting: Promise<void> | undefined;
  let restartPause: Pause | undefined;

  const install = (model: LoadedModel, startedMs: number) => {
    current.replace(model);
    const { identity } = model.files;
    const { engine } = model.predictor;
    const loadTimeSeconds = secondsSince(startedMs, clock());
    log.info("Model loaded", { model: identity, engine, from: model.from, loadTimeSeconds });
    reportLoad({ success: true, reason: current.failure()?.reason ?? "", identity }, startedMs);
  };

  const wantedVersion = createWantedVersion({
    ...{ wish, mlflow, current, access, clock },
    onLoaded: install,
    onFailed: (version, startedMs) => {
      const identity = { name: settings.modelName, version, source: "mlflow_registry" } as const;
      reportLoad({ success: false, reason: current.failure()?.reason ?? "", identity }, startedMs);
    },
  });

  const standIns = createStandIns({
    fallbacks,
    current,
    wantedVersion,
    access,
    install,
    reportLoad,
    log,
    clock,
  });
  const answer = createRequestAnswering(current, standIns.takeOver);

  const startOnce = async (): Promise<void> => {
    current.clearFailure();
    const look = settings.enableRegistry ? looks.begin() : Promise.resolve();
    const isOver = await waitAtMost(look, startLimitMs);
    if (!isOver) {
      const reason = `The wanted version (${wanted}) was not ready after ${startLimitMs / 1000} s; it is still being loaded`;
      current.setFailure(new SlowRegistryError("registry_slow", reason));
    }
    if (current.serving() === undefined) await standIns.loadFallback();
    if (current.serving() !== undefined || isOver) return;
    await look;
    if (current.serving() === undefined) await standIns.loadFallback();
  };

  const start = (): Promise<void> => {
    if (current.serving() !== undefined) return Promise.resolve();
    starting ??= startOnce().finally(() => {
      restartPause = { startedMs: clock(), lengthMs: restartDelayMs };
      starting = undefined;
    });
    return starting;
  };

  const looks = createLooks({
    ...{ settings, current, wantedVersion, clock },
    afterRefresh: standIns.replacePackaged,
    starting: () => starting,
  });

  return {
    start,

    async use(work) {
      const mayStart = starting !== undefined || remainingMs(restartPause, clock()) === 0;
      if (current.serving() !== undefined) await looks.lookAfterPause();
      else if (mayStart) await start();
      return answer(work);
    },

    lookAfterPause: looks.lookAfterPause,

    state: () => ({ ...describeState(current, wish), wanted, ...wantedVersion.state() }),

    refreshIfDue: looks.refreshIfDue,

    async dispose() {
      await looks.refreshing();
      current.dispose();
    },
  };
}
