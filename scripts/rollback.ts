// npm run rollback: moves a stage or an alias back to the version that had it before.
import { rollBack } from "../shared/model-versions/promote-version.ts";
import type { CommandRun } from "./cli/run-command.ts";
import { moveVisibly } from "./registry/move-command.ts";

export const run: CommandRun<"rollback"> = ({ values }) => moveVisibly("Rolling back", values, rollBack);
