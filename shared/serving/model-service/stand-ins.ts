import { ModelNotLoadedError } from "../../errors/model-error.ts";
import type { Log } from "../../schemas/log.ts";
import type { LoadedModel, LoadModelOptions } from "../load-model.ts";
import type { CurrentModel } from "./current-model.ts";
import type { createFallbacks } from "./fallback-models.ts";
import type { LoadReport } from "./load-report.ts";
import type { WantedVersion } from "./wanted-version.ts";

export interface StandInOptions {
  fallbacks: ReturnType<typeof createFallbacks>;
  current: CurrentModel;
  wantedVersion: Pick<WantedVersion, "unservable" | "withdraw">;
  /** How a version is loaded. */
  access: LoadModelOptions;
  /** Makes a loaded model serve. */
  install(model: LoadedModel, startedMs: number): void;
  reportLoad: LoadReport;
  log: Log;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** Lets something else serve where the wanted version does not, or cannot answer. */
export function createStandIns(options: StandInOptions) {
  const { fallbacks, current, wantedVersion, access, install, reportLoad, log, clock } = options;

  /** Number of the broken version for which the version before it was tried. */
  let triedFor: string | undefined;

  return {
    /**
     * Lets the version before serve in place of the packaged model, where the wanted version has turned out to be broken only after
     * a start that did not wait for it. Tried once; never rejects.
     */
    async replacePackaged(): Promise<void> {
      const broken = wantedVersion.unservable();
      if (current.serving()?.from !== "local_file" || broken === undefined || broken === triedFor) return;
      triedFor = broken;
      for (const load of fallbacks.loadBefore(broken)) {
        const startedMs = clock();
        try {
          install(await load({ ...access, prepare: undefined }), startedMs);
        } catch (error) {
          log.info("A fallback model cannot be loaded", { error });
        }
      }
    },

    /** Tries what else can serve, the best first, until something does. */
    async loadFallback(): Promise<void> {
      const failure = current.failure();
      const reasons = failure === undefined ? [] : [failure.reason];
      triedFor = wantedVersion.unservable();
      for (const load of fallbacks.atStart(wantedVersion.unservable())) {
        const startedMs = clock();
        try {
          const model = await load({ ...access, prepare: undefined });
          // The wanted version may have been loaded meanwhile.
          if (current.serving() !== undefined) return await model.predictor.dispose();
          return install(model, startedMs);
        } catch (error) {
          reasons.push(error instanceof Error ? error.message : String(error));
          log.info("A fallback model cannot be loaded", { error });
        }
      }
      if (current.serving() !== undefined) return;
      const isOfServer = failure?.isOfServer ?? false;
      const error = new ModelNotLoadedError(reasons.join("; "));
      current.setFailure(error, failure?.version, isOfServer, failure?.kind);
    },

    /** Replaces a version that cannot answer by what served before; if nothing can be loaded, it stays. */
    async takeOver(): Promise<void> {
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
    },
  };
}
