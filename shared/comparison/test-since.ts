import * as z from "zod";
import { ModelError } from "../errors/model-error.ts";
import { testSinceTag } from "../schemas/challenger-state.ts";
import { minuteLengthMs } from "../time/durations.ts";

/** Without its zone a time would be another one on another machine, and 11/12/2026 is two days. */
const timeSchema = z.iso.datetime({ offset: true });

/** By how much the clock of whoever sets the tag may be ahead. */
const maximumSkewMs = 5 * minuteLengthMs;

/**
 * Milliseconds since 1970 from which the A/B test of a challenger counts, by its version's tags; 0 where they do not say.
 *
 * @throws ModelError when the tag holds no time with its zone, or one to come: until then no request would count, and no
 *   guardrail would hold
 */
export function parseTestSince(
  { version, tags }: { version: string; tags: Record<string, string> },
  nowMs: number,
): number {
  const text = tags[testSinceTag];
  if (text === undefined) return 0;
  const sinceMs = timeSchema.safeParse(text).success ? Date.parse(text) : Number.NaN;
  if (sinceMs <= nowMs + maximumSkewMs) return sinceMs;
  const expected = Number.isNaN(sinceMs) ? "a time such as 2026-11-30T12:00:00Z" : "a time that has come";
  throw new ModelError(
    `Expected ${expected} for tag ${testSinceTag} of version ${version} but received ${text.slice(0, 40)}`,
  );
}
