// npm run bench: tables in Markdown on standard output.
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { UsageError } from "../../scripts/cli/parse-command-line.mjs";
import type { CommandRun } from "../../scripts/cli/run-command.ts";
import { benchAbTest } from "./ab-test/bench-ab-test.ts";
import { benchChecks } from "./checks/bench-checks.ts";
import { closeAll, closeAtEnd, closeOnSignals } from "./closing.ts";
import { benchDrift } from "./drift/bench-drift.ts";
import { benchModels } from "./models/bench-models.ts";
import { benchPackaged } from "./packaged/bench-packaged.ts";
import { benchPredict } from "./predict/bench-predict.ts";
import { benchScale } from "./scale/bench-scale.ts";
import { benchSwap } from "./swap/bench-swap.ts";

const parts = {
  predict: benchPredict,
  packaged: benchPackaged,
  models: benchModels,
  swap: benchSwap,
  drift: benchDrift,
  scale: benchScale,
  checks: benchChecks,
  "ab-test": benchAbTest,
};

export const run: CommandRun<"bench"> = async ({ operands: [part] }) => {
  if (part !== undefined && !Object.hasOwn(parts, part))
    throw new UsageError(`Expected ${Object.keys(parts).join(", ")} for PART but received ${part}`);
  closeOnSignals();
  try {
    await bench(part);
  } finally {
    await closeAll();
  }
};

async function bench(part: string | undefined): Promise<void> {
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  closeAtEnd(() => rmSync(folder, { recursive: true, force: true }));
  console.log(describeMachine());
  for (const [name, measure] of Object.entries(parts)) {
    if (part === undefined || part === name) console.log(`\n## ${name}\n\n${await measure(folder)}`);
  }
}

function describeMachine(): string {
  const load = loadavg().map((value) => value.toFixed(1));
  const cores = availableParallelism();
  return `${new Date().toISOString().slice(0, 16)}Z, ${cpus()[0]?.model ?? "unknown"}, ${cores} cores, load before the bench ${load.join(" ")}`;
}
