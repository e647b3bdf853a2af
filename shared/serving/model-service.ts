import type { ObjectStore } from "../aws/object-store.ts";
import { ModelError, ModelNotLoadedError } from "../errors/model-error.ts";
import type { MlflowClient } from "../mlflow/client.ts";
import {
  describeWish,
  resolveVersion,
  type VersionReference,
  type VersionWish,
  wishFrom,
} from "../registry/resolve-version.ts";
import { createVersionCache } from "../registry/version-cache.ts";
import type { Log } from "../schemas/log.ts";
import type { ModelIdentity, Predictor } from "../schemas/model.ts";
import type { ModelSettings } from "../settings/model.ts";
import { createAnswerWatch } from "./answer-watch.ts";
import { createFallbacks } from "./fallback-models.ts";
import { type LoadedModel, type LoadPredictor, loadRegistryVersion } from "./load-model.ts";
import type { LoadAttempt, ModelService, ModelState } from "./model-service-types.ts";
import { createPredictorSlot } from "./predictor-slot.ts";
import type { PrepareModel } from "./prepare-model.ts";
import { createRetrySchedule } from "./retry-schedule.ts";

/** For the client of the registry: a start waits for it before it falls back, and every file is asked for once. */
export const registryClientLimits = { timeoutMs: 4_000, maxAttempts: 2 } as const;
/** Between two tries to load anything at all, while every request is answered 503. */
const restartDelayMs = 5_000;

export interface ModelServiceOptions {
  settings: ModelSettings;
  mlflow: MlflowClient;
  /** S3, for versions whose files are read directly. */
  store: ObjectStore;
  /** Where the service's sessions have their runs: they tell which version served before. */
  experimentName: string;
  loadPredictor: LoadPredictor;
  /** See prepareModel; without it a changed version is compiled in this process. */
  prepare?: PrepareModel | undefined;
  /** Told of every load, good or bad; a version that fails again and again is told once. */
  onLoad?: (event: LoadAttempt) => void;
  log: Log;
  /** Milliseconds since 1970. */
  clock?: () => number;
}

/** See ModelService. */
export function createModelService(options: ModelServiceOptions): ModelService {
  const { settings, mlflow, experimentName, log, onLoad = () => {}, clock = Date.now } = options;
  const wish = wishFrom(settings);
  const wanted = settings.enableRegistry ? describeWish(wish) : "the packaged model";
  const fallbacks = createFallbacks({ settings, wish, mlflow, experimentName });
  const intervalMs = settings.refreshSeconds * 1000;
  const cache = createVersionCache(settings.cacheDirectory);
  /** Versions that were loaded here before: compiled, and no danger to the process. */
  const proven = new Set<string>();
  const slot = createPredictorSlot((error) => log.warn("Freeing a replaced model failed", { error }));
  const retries = createRetrySchedule(intervalMs, clock);

  /** Registry entries of versions that loaded but could not answer: another promotion makes another entry. */
  const withdrawn = new Set<string>();
  const watch = createAnswerWatch();

  let serving: (LoadedModel & { loadedAtMs: number }) | undefined;
  /** What served before, to go back to. */
  let before: Omit<LoadedModel, "predictor"> | undefined;
  let takingOver: Promise<void> | undefined;
  let failure: ModelState["failure"];
  /** The wanted version, when it was found and is at fault itself. */
  let unservable: string | undefined;
  let registryReachable: boolean | undefined;
  let lastCheckMs: number | undefined;
  let starting: Promise<void> | undefined;
  let refreshing: Promise<void> | undefined;
  let restartDueMs = 0;

  const report = (outcome: Pick<LoadAttempt, "success" | "reason" | "identity">, startedMs: number) => {
    const predictor = outcome.success ? slot.current : undefined;
    onLoad({
      ...outcome,
      loadTimeSeconds: (clock() - startedMs) / 1000,
      classNames: predictor?.contract.labels ?? [],
      ...(isOfPointer(outcome) && stageOf(wish)),
      ...(predictor && { engine: predictor.engine }),
    });
  };

  /** The version before had the stage or the alias, and no longer has it. */
  const isOfPointer = ({ success, identity }: Pick<LoadAttempt, "success" | "identity">) =>
    identity.source === "mlflow_registry" && !(success && serving?.from === "registry_before");

  const install = (model: LoadedModel, startedMs: number) => {
    if (serving !== undefined)
      before = { files: serving.files, from: serving.from, servingId: serving.servingId };
    serving = { ...model, loadedAtMs: clock() };
    slot.replace(model.predictor);
    watch.restart();
    const { identity } = model.files;
    const { engine } = model.predictor;
    const loadTimeSeconds = (clock() - startedMs) / 1000;
    log.info("Model loaded", { model: identity, engine, from: model.from, loadTimeSeconds });
    report({ success: true, reason: failure?.reason ?? "", identity }, startedMs);
  };

  /** Remembers why the wanted version does not serve; logs it when it is news. */
  const setFailure = (error: unknown, version?: string): void => {
    const reason = error instanceof Error ? error.message : String(error);
    if (failure?.reason !== reason) log.warn("The wanted model does not serve", { wanted, error });
    const isOfServer = !(error instanceof ModelError);
    failure = {
      ...{ reason, atMs: clock() },
      ...(version !== undefined && { version }),
      ...(isOfServer && { isOfServer }),
    };
  };

  /** Asks the registry; undefined, with the failure set, when there is no answer or no such version. */
  const resolveWanted = async (): Promise<VersionReference | undefined> => {
    lastCheckMs = clock();
    try {
      const reference = await resolveVersion(mlflow, settings.modelName, wish);
      registryReachable = true;
      return reference;
    } catch (error) {
      registryReachable = error instanceof ModelError;
      setFailure(error);
      return undefined;
    }
  };

  const loadWanted = async (): Promise<void> => {
    const startedMs = clock();
    const reference = await resolveWanted();
    if (reference === undefined) {
      if (serving === undefined)
        report(failedOutcome(settings.modelName, "unresolved", failure?.reason), startedMs);
      return;
    }
    if (withdrawn.has(reference.registryId)) return;
    if (reference.servingId === serving?.servingId) {
      if (failure?.isOfAnswers !== true) failure = undefined;
      return;
    }
    if (serving !== undefined && !retries.isDue(reference.registryId)) return;
    try {
      const prepare = proven.has(reference.contentId) ? undefined : options.prepare;
      const model = await loadRegistryVersion(reference, mlflow, { ...options, cache, prepare }, serving);
      proven.add(reference.contentId);
      retries.succeeded(reference.registryId);
      failure = undefined;
      install(model, startedMs);
    } catch (error) {
      const isNews = retries.failed(reference.registryId);
      setFailure(error, reference.version);
      unservable = error instanceof ModelError ? reference.version : undefined;
      if (isNews) report(failedOutcome(reference.name, reference.version, failure?.reason), startedMs);
    }
  };

  /** Tries what else can serve, the best first, until something does. */
  const loadFallback = async (): Promise<void> => {
    const reasons = failure === undefined ? [] : [failure.reason];
    for (const load of fallbacks.atStart(unservable)) {
      const startedMs = clock();
      try {
        return install(await load({ ...options, cache, prepare: undefined }), startedMs);
      } catch (error) {
        reasons.push(error instanceof Error ? error.message : String(error));
        log.info("A fallback model cannot be loaded", { error });
      }
    }
    setFailure(new ModelNotLoadedError(reasons.join("; ")));
  };

  /** Puts the version before in the place of one that cannot answer; with none, that one stays. */
  const takeOver = async (): Promise<void> => {
    if (serving === undefined || failure === undefined) return;
    const { registryId, files } = serving;
    const { reason } = failure;
    const candidates = fallbacks.inPlaceOf(serving, before);
    report({ success: false, reason, identity: files.identity }, clock());
    for (const load of candidates) {
      const startedMs = clock();
      try {
        const model = await load({ ...options, cache, prepare: undefined });
        if (registryId !== undefined) withdrawn.add(registryId);
        install(model, startedMs);
        before = undefined;
        return;
      } catch (error) {
        log.warn("A version that served before cannot take over", { error });
      }
    }
    watch.restart();
  };

  /** An answer's work, watched: what the model itself fails at is not the fault of the request. */
  const answerWith = async <T>(work: (predictor: Predictor) => Promise<T>): Promise<T> => {
    const result = slot.use(work);
    if (result === undefined)
      throw new ModelNotLoadedError(`No model is loaded: ${failure?.reason ?? "not started"}`);
    const { servingId, files } = serving ?? {};
    try {
      const answer = await result;
      if (servingId === serving?.servingId) noteAnswer();
      return answer;
    } catch (error) {
      if (!(error instanceof ModelError) || servingId !== serving?.servingId) throw error;
      setFailure(error, files?.identity.version);
      if (failure !== undefined) failure.isOfAnswers = true;
      if (!watch.failed()) throw error;
      takingOver ??= takeOver().finally(() => {
        takingOver = undefined;
      });
      await takingOver;
      if (servingId === serving?.servingId) throw error;
      return await (slot.use(work) ?? Promise.reject(error));
    }
  };

  const noteAnswer = (): void => {
    watch.answered();
    const wasOfThisVersion =
      failure?.isOfAnswers === true && failure.version === serving?.files.identity.version;
    if (wasOfThisVersion) failure = undefined;
  };

  const startOnce = async (): Promise<void> => {
    failure = undefined;
    if (settings.enableRegistry) await loadWanted();
    if (serving === undefined) await loadFallback();
    restartDueMs = clock() + restartDelayMs;
  };

  const start = (): Promise<void> => {
    if (serving !== undefined) return Promise.resolve();
    starting ??= startOnce().finally(() => {
      starting = undefined;
    });
    return starting;
  };

  return {
    start,

    async use(work) {
      if (serving === undefined && (starting !== undefined || clock() >= restartDueMs)) await start();
      return answerWith(work);
    },

    state: () => ({
      loaded: serving !== undefined,
      classNames: [...(serving?.predictor.contract.labels ?? [])],
      contractBy: { ...serving?.predictor.contractBy },
      wanted,
      ...(serving && {
        identity: serving.files.identity,
        engine: serving.predictor.engine,
        loadTimeSeconds: serving.predictor.loadTimeSeconds,
        loadedAtMs: serving.loadedAtMs,
        loadedFrom: serving.from,
        ...(serving.from === "registry" && stageOf(wish)),
      }),
      ...(failure && { failure }),
      ...(registryReachable !== undefined && { registryReachable }),
      ...(lastCheckMs !== undefined && { lastCheckMs }),
    }),

    async refreshIfDue() {
      if (starting !== undefined) return starting;
      if (refreshing !== undefined) return refreshing;
      if (!settings.enableRegistry || serving === undefined) return;
      if (lastCheckMs !== undefined && clock() - lastCheckMs < intervalMs) return;
      refreshing = loadWanted().finally(() => {
        refreshing = undefined;
      });
      return refreshing;
    },

    async dispose() {
      serving = undefined;
      slot.replace(undefined);
    },
  };
}

function stageOf(wish: VersionWish): { stage?: string } {
  if ("stage" in wish) return { stage: wish.stage };
  return "alias" in wish ? { stage: `@${wish.alias}` } : {};
}

function failedOutcome(name: string, version: string, reason = "") {
  const identity: ModelIdentity = { name, version, source: "mlflow_registry" };
  return { success: false, reason, identity };
}
