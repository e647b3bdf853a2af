import { remainingMs } from "../../resilience/pause.ts";
import type { ModelSettings } from "../../settings/model.ts";
import { staleAfterMs, waitForLook } from "../look-after-pause.ts";
import type { CurrentModel } from "./current-model.ts";
import type { WantedVersion } from "./wanted-version.ts";

export interface LookOptions {
  settings: ModelSettings;
  current: CurrentModel;
  wantedVersion: Pick<WantedVersion, "refresh" | "lastCheckMs">;
  /** Belongs to every look: follows the search for the wanted version, and never rejects. */
  afterRefresh(): Promise<void>;
  /** The start that is going on; undefined when there is none. */
  starting(): Promise<void> | undefined;
  /** Milliseconds since 1970. */
  clock: () => number;
}

/** When the registry is asked again, while a model serves, which version is wanted. */
export function createLooks(options: LookOptions) {
  const { settings, current, wantedVersion, afterRefresh, starting, clock } = options;
  let refreshing: Promise<void> | undefined;
  /** A look after a pause; ends after the longest time that a request waits for it. */
  let looking: Promise<unknown> | undefined;
  /** Requests have waited for `refreshing` already: a version that takes minutes to load holds up no others. */
  let hasWaited = false;

  const begin = (): Promise<void> => {
    refreshing ??= wantedVersion
      .refresh()
      .then(afterRefresh)
      .finally(() => {
        refreshing = undefined;
        hasWaited = false;
      });
    return refreshing;
  };

  const isOlderThan = (ageMs: number): boolean => {
    const startedMs = wantedVersion.lastCheckMs() ?? Number.NEGATIVE_INFINITY;
    return remainingMs({ startedMs, lengthMs: ageMs }, clock()) === 0;
  };

  const refreshIfDue = async (): Promise<void> => {
    const start = starting();
    if (start !== undefined) return start;
    if (refreshing !== undefined) return refreshing;
    if (!settings.enableRegistry || current.serving() === undefined) return;
    if (isOlderThan(settings.refreshSeconds * 1000)) await begin();
  };

  return {
    /** Asks the registry and loads what it wants; those who ask meanwhile share one look. */
    begin,

    refreshIfDue,

    lookAfterPause: async (): Promise<void> => {
      if (current.serving() === undefined) return;
      if (looking === undefined && !hasWaited && isOlderThan(staleAfterMs(settings)))
        looking = waitForLook(refreshIfDue()).finally(() => {
          hasWaited = refreshing !== undefined;
          looking = undefined;
        });
      await looking;
    },

    /** The look that is going on; undefined when there is none. */
    refreshing: () => refreshing,
  };
}
