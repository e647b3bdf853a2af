import * as z from "zod";
import { ModelError } from "../errors/model-error.ts";
import { testSinceTag } from "../schemas/challenger-state.ts";

/** Without its zone a time would be another one on another machine, and 11/12/2026 is two days. */
const timeSchema = z.iso.datetime({ offset: true });

/**
 * Milliseconds since 1970 from which the A/B test of a challenger counts, by its version's tags; 0 where they do not say.
 *
 * @throws ModelError when the tag holds no time with its zone
 */
export function parseTestSince({ version, tags }: { version: string; tags: Record<string, string> }): number {
  const text = tags[testSinceTag];
  if (text === undefined) return 0;
  if (timeSchema.safeParse(text).success) return Date.parse(text);
  throw new ModelError(
    `Expected a time such as 2026-11-30T12:00:00Z for tag ${testSinceTag} of version ${version} but received ${text.slice(0, 40)}`,
  );
}
