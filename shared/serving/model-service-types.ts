import type { EngineName, ModelIdentity, Predictor } from "../schemas/model.ts";

/**
 * Where the serving model was found: by what the settings ask the registry for, in the registry as the version before
 * that one, on this machine's disk, or packaged with the service.
 */
export type LoadedFrom = "registry" | "registry_before" | "cache" | "local_file";

/** One try to load a model version, for tracking and the log. */
export interface ModelLoadEvent {
  success: boolean;
  /** Why it failed, or why something else than the wanted version serves; empty when there is nothing to say. */
  reason: string;
  loadTimeSeconds: number;
  identity: ModelIdentity;
  /** The stage or alias it was resolved by: `Production`, `@champion`. */
  stage?: string;
  engine?: EngineName;
  classNames: string[];
}

/** What `/health` and `/metrics` say about the model. */
export interface ModelState {
  loaded: boolean;
  identity?: ModelIdentity;
  engine?: EngineName;
  classNames: string[];
  /** Where each field of the serving model's contract came from. */
  contractBy: Record<string, string>;
  loadTimeSeconds?: number;
  /** Milliseconds since 1970. */
  loadedAtMs?: number;
  loadedFrom?: LoadedFrom;
  /** The stage or alias it was found by: `Production`, `@champion`; absent for what the registry did not name. */
  stage?: string;
  /** What should serve, in words: `stage Production`, `alias champion`, `version 3`, `the packaged model`. */
  wanted: string;
  /** Why the wanted version does not serve; absent when it does. */
  failure?: {
    reason: string;
    version?: string;
    atMs: number;
    /** The version was loaded and failed at photographs; it may serve still. */
    isOfAnswers?: boolean;
    /** MLflow or S3 failed, which says nothing about the version. */
    isOfServer?: boolean;
  };
  /** Whether the registry answered when it was last asked; absent when it was not asked yet or is switched off. */
  registryReachable?: boolean;
  /** Milliseconds since 1970 of the last look at the registry. */
  lastCheckMs?: number;
}

/**
 * The model that serves, and its replacement while requests go on.
 *
 * @example
 * // init phase
 * const models = createModelService({ settings, mlflow, loadPredictor, onLoad });
 * void models.start();
 * // request
 * const { probabilities } = await models.use((predictor) => predictor.predict(pixelsFor(predictor.contract)));
 * // after the answer
 * await models.refreshIfDue();
 */
export interface ModelService {
  /**
   * Loads a model: from the registry, else the last good version of the cache, else the registry's version before, else
   * the packaged one. Started in the init phase; never rejects (`use` does). Calls during a load share it.
   */
  start(): Promise<void>;
  /**
   * Runs `work` with the model that serves, which is not disposed before `work` is done, whatever is promoted meanwhile.
   * The first call waits for `start`.
   *
   * A version that fails at several requests in a row is replaced by what served before, which answers the last of them.
   *
   * @throws ModelNotLoadedError (503) when no model could be loaded; what `work` throws
   */
  use<T>(work: (predictor: Predictor) => Promise<T>): Promise<T>;
  /** What serves now and why; costs nothing. */
  state(): ModelState;
  /**
   * Looks at the registry when MODEL_REFRESH_SECONDS have passed since the last look, and swaps in a changed version.
   * Call after the answer has left; never rejects, and resolves when the work is done (Lambda freezes after it).
   */
  refreshIfDue(): Promise<void>;
  /** Frees the serving model once no request uses it. */
  dispose(): Promise<void>;
}
