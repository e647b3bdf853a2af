import { type Pointer, type Stage, stages } from "../../shared/registry/pointers/pointer.ts";
import { UsageError } from "../cli/parse-command-line.mjs";

/** Aliases that MLflow accepts; `latest` and `v1` mean something else to it. */
const aliasPattern = /^(?!latest$|v\d+$)[\w-]{1,255}$/i;

/**
 * Parses the stage and the alias that a command names.
 *
 * @throws UsageError when the stage is not one that can serve, or MLflow does not accept the alias
 */
export function parsePointers(options: {
  stage?: string | undefined;
  alias?: string | undefined;
}): Pointer[] {
  const pointers: Pointer[] = [];
  if (options.stage !== undefined) pointers.push({ stage: parseStage(options.stage, "--stage") });
  if (options.alias !== undefined) pointers.push({ alias: parseAlias(options.alias, "--alias") });
  return pointers;
}

/** Parses the one pointer of a command: `--stage` or `--alias`, else the one that decides which version serves. */
export function parseOnePointer(
  options: { stage?: string | undefined; alias?: string | undefined },
  settings: { stage: string; alias: string | undefined },
): Pointer {
  if (options.stage !== undefined && options.alias !== undefined) {
    throw new UsageError("Expected --stage or --alias but received both");
  }
  const [pointer] = parsePointers(options);
  if (pointer !== undefined) return pointer;
  return settings.alias === undefined
    ? { stage: parseStage(settings.stage, "MODEL_STAGE") }
    : { alias: parseAlias(settings.alias, "MODEL_ALIAS") };
}

function parseStage(text: string, origin: string): Stage {
  const stage = stages.find((known) => known.toLowerCase() === text.toLowerCase());
  if (stage === undefined)
    throw new UsageError(`Expected ${stages.join(" or ")} for ${origin} but received ${text}`);
  return stage;
}

function parseAlias(text: string, origin: string): string {
  if (aliasPattern.test(text)) return text;
  throw new UsageError(
    `Expected letters, digits, - and _ (not latest, not v1) for ${origin} but received ${text || "nothing"}`,
  );
}
