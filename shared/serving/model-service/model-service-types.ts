import type { EngineName, ModelIdentity, Predictor } from "../../schemas/model.ts";

/**
 * Where the serving model was found: in the registry, as what the settings ask for or as the version before that one;
 * on this machine's disk; or packaged with the service.
 */
export type LoadedFrom = "registry" | "registry_before" | "cache" | "local_file";

/** One attempt to load a model version, for tracking and the log. */
export interface LoadAttempt {
  success: boolean;
  /** Why it failed or, after a success, why the wanted version does not serve; otherwise empty. */
  reason: string;
  loadTimeSeconds: number;
  identity: ModelIdentity;
  /** The stage or alias by which it was found: `Production`, `@champion`. */
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
  /** The stage or alias by which it was found: `Production`, `@champion`; absent when it was found another way. */
  stage?: string;
  /** What the settings ask for: `stage Production`, `alias champion`, `version 3`, `the packaged model`. */
  wanted: string;
  /** Why the wanted version does not serve; absent when it does. */
  failure?: {
    /** Names addresses and folders: for operators only. */
    reason: string;
    /** See nameFailure: for everybody. */
    kind: string;
    version?: string;
    atMs: number;
    /** The version was loaded and failed on photographs; it may still serve. */
    isOfAnswers?: boolean;
    /** MLflow or S3 failed when the wanted version was looked up or fetched, which says nothing about the version. */
    isOfServer?: boolean;
  };
  /** Whether the registry answered when it was last asked; absent when it has not been asked, or is switched off. */
  registryReachable?: boolean;
  /** Milliseconds since 1970 of the last look at the registry. */
  lastCheckMs?: number;
}

/**
 * Serves a model and replaces it while requests go on.
 *
 * @example
 * // init phase
 * const models = createModelService({ settings, mlflow, loadPredictor, onLoad });
 * void models.start();
 * // request
 * const { probabilities } = await models.use((predictor) => predictor.predict(pixelsFor(predictor.contract)));
 * // after the response
 * await models.refreshIfDue();
 */
export interface ModelService {
  /**
   * Loads a model: the wanted version of the registry, else the last good version in the cache, else the version that
   * was wanted before, else the packaged model. After 15 s one of these serves, where there is one, until the wanted version
   * is ready. Call it in the init phase. It never rejects (`use` does); calls during
   * a load share that load.
   */
  start(): Promise<void>;
  /**
   * Runs `work` with the model that serves; it is not disposed before `work` is done, whatever is promoted meanwhile.
   * The first call waits for `start`; the first one after two minutes without a look at the registry waits for that, at most
   * three seconds.
   *
   * A version that fails several requests in a row is replaced by what served before, which answers the last of them.
   *
   * @throws ModelNotLoadedError (503) when no model could be loaded; what `work` throws
   */
  use<T>(work: (predictor: Predictor) => Promise<T>): Promise<T>;
  /**
   * After two minutes without a look at the registry, asks it before the next answer, so that no version answers that it no
   * longer wants. Ends with that look, or three seconds after the look began. `use` does it too. Never rejects.
   */
  lookAfterPause(): Promise<void>;
  /** What serves now, and why. No I/O. */
  state(): ModelState;
  /**
   * Asks the registry once MODEL_REFRESH_SECONDS have passed since it was last asked, and swaps in a changed version.
   * Call it after the response has left. It never rejects, and resolves when the work is done (Lambda may freeze the
   * process then).
   */
  refreshIfDue(): Promise<void>;
  /** Frees the serving model once no request uses it and nothing is being loaded. */
  dispose(): Promise<void>;
}
