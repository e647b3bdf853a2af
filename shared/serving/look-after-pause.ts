import { waitAtMost } from "../resilience/wait-at-most.ts";
import type { ModelSettings } from "../settings/model.ts";

/**
 * Milliseconds after which a look at the registry is too old to answer by: the version may have been rolled back since. Lambda
 * freezes an environment that gets no requests, so that it does not look.
 */
export const staleAfterMs = ({ refreshSeconds }: Pick<ModelSettings, "refreshSeconds">): number =>
  Math.max(120_000, 2_000 * refreshSeconds);

/** The longest that a request waits for a look that is due before it, and for the version that it finds. */
const longestLookMs = 3_000;

/** Waits for a look at the registry, as far as it ends in time. */
export const waitForLook = (look: Promise<void>): Promise<boolean> => waitAtMost(look, longestLookMs);
