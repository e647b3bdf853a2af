/** `npm run bench [predict|models|swap]`: tables in Markdown on standard output; without an argument, all. */
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, cpus, loadavg, tmpdir } from "node:os";
import path from "node:path";
import { closeAll, closeAtEnd, closeOnSignals } from "./closing.ts";
import { benchModels } from "./models/bench-models.ts";
import { benchPredict } from "./predict/bench-predict.ts";
import { benchSwap } from "./swap/bench-swap.ts";

const parts = { predict: benchPredict, models: benchModels, swap: benchSwap };

async function main([part, ...others]: string[]): Promise<void> {
  if ((part !== undefined && !Object.hasOwn(parts, part)) || others.length > 0) {
    throw new Error(
      `Expected ${Object.keys(parts).join(", ")} or nothing for the bench but received ${part} ${others.join(" ")}`,
    );
  }
  const folder = mkdtempSync(path.join(tmpdir(), "bench-"));
  closeAtEnd(() => rmSync(folder, { recursive: true, force: true }));
  console.log(describeMachine());
  for (const [name, bench] of Object.entries(parts)) {
    if (part === undefined || part === name) console.log(`\n## ${name}\n\n${await bench(folder)}`);
  }
}

function describeMachine(): string {
  const load = loadavg().map((value) => value.toFixed(1));
  const cores = availableParallelism();
  return `${new Date().toISOString().slice(0, 16)}Z, ${cpus()[0]?.model ?? "unknown"}, ${cores} cores, load before the bench ${load.join(" ")}`;
}

closeOnSignals();
try {
  await main(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  await closeAll();
}
