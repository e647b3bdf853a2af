import type { ObjectStore } from "../../aws/object-store.ts";
import { ModelNotLoadedError } from "../../errors/model-error.ts";
import type { MlflowClient } from "../../mlflow/client.ts";
import { describeWish, type VersionWish, wishFrom } from "../../registry/resolve-version.ts";
import { createVersionCache } from "../../registry/version-cache/version-cache.ts";
import { type Pause, remainingMs } from "../../resilience/pause.ts";
import type { Log } from "../../schemas/log.ts";
import type { ModelSettings } from "../../settings/model.ts";
import type { LoadedModel, LoadPredictor } from "../load-model.ts";
import { staleAfterMs, waitForLook } from "../look-after-pause.ts";
import type { PrepareModel } from "../model-process/prepare-model.ts";
import { createRequestAnswering } from "./answer-requests.ts";
import { type CurrentModel, createCurrentModel } from "./current-model.ts";
import { createFallbacks } from "./fallback-models.ts";
import type { LoadAttempt, ModelService, ModelState } from "./model-service-types.ts";
import { createWantedVersion } from "./wanted-version.ts";

/** For the client of the registry: a start waits for it before it falls back. */
export const registryClientLimits = { timeoutMs: 4_000, maxAttempts: 2 } as const;
/** Pause between two tries to load anything, while every request gets a 503. */
const restartDelayMs = 5_000;

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
  const reportLoad = createLoadReport(options, wish, current);

  let starting: Promise<void> | undefined;
  let refreshing: Promise<void> | undefined;
  /** A look after a pause; ends after the longest time that a request waits for it. */
  let looking: Promise<unknown> | undefined;
  let restartPause: Pause | undefined;

  const install = (model: LoadedModel, startedMs: number) => {
    current.replace(model);
    const { identity } = model.files;
    const { engine } = model.predictor;
    const loadTimeSeconds = (clock() - startedMs) / 1000;
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

  /** Tries what else can serve, the best first, until something does. */
  const loadFallback = async (): Promise<void> => {
    const failure = current.failure();
    const reasons = failure === undefined ? [] : [failure.reason];
    for (const load of fallbacks.atStart(wantedVersion.unservable())) {
      const startedMs = clock();
      try {
        return install(await load({ ...access, prepare: undefined }), startedMs);
      } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error));
        log.info("A fallback model cannot be loaded", { error });
      }
    }
    const isOfServer = failure?.isOfServer ?? false;
    const error = new ModelNotLoadedError(reasons.join("; "));
    current.setFailure(error, failure?.version, isOfServer, failure?.kind);
  };

  /** Replaces a version that cannot answer by what served before; if nothing can be loaded, it stays. */
  const takeOver = async (): Promise<void> => {
    const serving = current.serving();
    const failure = current.failure();
    if (serving === undefined || failure === undefined) return;
    const { servingId, files } = serving;
    const candidates = fallbacks.inPlaceOf(serving, current.before());
    reportLoad({ success: false, reason: failure.reason, identity: files.identity }, clock());
    for (const load of candidates) {
      const startedMs = clock();
      try {
        const model = await load({ ...access, prepare: undefined });
        if (servingId !== undefined) wantedVersion.withdraw(servingId);
        install(model, startedMs);
        current.forgetBefore();
        return;
      } catch (error) {
        log.warn("A version that served before cannot take over", { error });
      }
    }
    current.restartWatch();
  };

  const answer = createRequestAnswering(current, takeOver);

  const startOnce = async (): Promise<void> => {
    current.clearFailure();
    if (settings.enableRegistry) await wantedVersion.refresh();
    if (current.serving() === undefined) await loadFallback();
    restartPause = { startedMs: clock(), lengthMs: restartDelayMs };
  };

  const start = (): Promise<void> => {
    if (current.serving() !== undefined) return Promise.resolve();
    starting ??= startOnce().finally(() => {
      starting = undefined;
    });
    return starting;
  };

  const isOlderThan = (ageMs: number): boolean => {
    const startedMs = wantedVersion.lastCheckMs() ?? Number.NEGATIVE_INFINITY;
    return remainingMs({ startedMs, lengthMs: ageMs }, clock()) === 0;
  };

  const refreshIfDue = async (): Promise<void> => {
    if (starting !== undefined) return starting;
    if (refreshing !== undefined) return refreshing;
    if (!settings.enableRegistry || current.serving() === undefined) return;
    if (!isOlderThan(settings.refreshSeconds * 1000)) return;
    refreshing = wantedVersion.refresh().finally(() => {
      refreshing = undefined;
    });
    return refreshing;
  };

  const lookAfterPause = async (): Promise<void> => {
    if (current.serving() === undefined) return;
    if (looking === undefined && isOlderThan(staleAfterMs(settings)))
      looking = waitForLook(refreshIfDue()).finally(() => {
        looking = undefined;
      });
    await looking;
  };

  return {
    start,

    async use(work) {
      const mayStart = starting !== undefined || remainingMs(restartPause, clock()) === 0;
      if (current.serving() !== undefined) await lookAfterPause();
      else if (mayStart) await start();
      return answer(work);
    },

    lookAfterPause,

    state: () => ({ ...describeState(current, wish), wanted, ...wantedVersion.state() }),

    refreshIfDue,

    async dispose() {
      await refreshing;
      current.dispose();
    },
  };
}

/** Returns a function that tells `onLoad` of an attempt. */
function createLoadReport(
  { onLoad = () => {}, clock = Date.now }: ModelServiceOptions,
  wish: VersionWish,
  current: CurrentModel,
) {
  /** The version before had the stage or the alias, but no longer has it. */
  const isOfPointer = ({ success, identity }: Pick<LoadAttempt, "success" | "identity">) =>
    identity.source === "mlflow_registry" && !(success && current.serving()?.from === "registry_before");

  return (outcome: Pick<LoadAttempt, "success" | "reason" | "identity">, startedMs: number): void => {
    const predictor = outcome.success ? current.serving()?.predictor : undefined;
    onLoad({
      ...outcome,
      loadTimeSeconds: (clock() - startedMs) / 1000,
      classNames: predictor?.contract.labels ?? [],
      ...(isOfPointer(outcome) && stageOf(wish)),
      ...(predictor && { engine: predictor.engine }),
    });
  };
}

function describeState(current: CurrentModel, wish: VersionWish): Omit<ModelState, "wanted"> {
  const serving = current.serving();
  const failure = current.failure();
  return {
    loaded: serving !== undefined,
    classNames: [...(serving?.predictor.contract.labels ?? [])],
    contractBy: { ...serving?.predictor.contractBy },
    ...(serving && {
      identity: serving.files.identity,
      engine: serving.predictor.engine,
      loadTimeSeconds: serving.predictor.loadTimeSeconds,
      loadedAtMs: serving.loadedAtMs,
      loadedFrom: serving.from,
      ...(serving.from === "registry" && stageOf(wish)),
    }),
    ...(failure && { failure }),
  };
}

function stageOf(wish: VersionWish): { stage?: string } {
  if ("stage" in wish) return { stage: wish.stage };
  return "alias" in wish ? { stage: `@${wish.alias}` } : {};
}
