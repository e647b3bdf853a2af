import { type Pointer, type Stage, stages } from "./pointer.ts";
import { UsageError } from "./run-command.ts";

/**
 * Reads which pointers a command is about.
 *
 * @throws UsageError when the stage is none of MLflow's
 */
export function parsePointers(options: {
  stage?: string | undefined;
  alias?: string | undefined;
}): Pointer[] {
  const pointers: Pointer[] = [];
  if (options.stage !== undefined) pointers.push({ stage: parseStage(options.stage) });
  if (options.alias !== undefined) pointers.push({ alias: options.alias });
  return pointers;
}

/** The one pointer a command moves: `--stage`, `--alias`, else what decides which version serves. */
export function parseOnePointer(
  options: { stage?: string | undefined; alias?: string | undefined },
  settings: { stage: string; alias: string | undefined },
): Pointer {
  if (options.stage !== undefined && options.alias !== undefined) {
    throw new UsageError("Expected --stage or --alias but received both");
  }
  const [pointer] = parsePointers(options);
  if (pointer !== undefined) return pointer;
  return settings.alias === undefined ? { stage: parseStage(settings.stage) } : { alias: settings.alias };
}

function parseStage(text: string): Stage {
  const stage = stages.find((known) => known.toLowerCase() === text.toLowerCase());
  if (stage === undefined)
    throw new UsageError(`Expected one of ${stages.join(", ")} for --stage but received ${text}`);
  return stage;
}
