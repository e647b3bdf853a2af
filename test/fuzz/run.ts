// npm run fuzz: damaged files and forms for as long as asked; what fails is kept in .local/fuzz.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { UsageError } from "../../scripts/cli/parse-command-line.mjs";
import { type CommandRun, exitCodes } from "../../scripts/cli/run-command.ts";
import { createRandom } from "../support/random.ts";
import { formSeed, tryForm } from "./fuzz-forms.ts";
import { tryPicture } from "./fuzz-pictures.ts";
import { mutate } from "./mutate.ts";
import { createSeeds } from "./seeds.ts";

const folder = path.resolve(".local/fuzz");
const judgeProgram = path.resolve("test/fuzz/judge.py");

export const run: CommandRun<"fuzz"> = async ({
  operands: [seconds = "60"],
  values: { judge, start = "1" },
}) => {
  if (!/^[1-9]\d*$/.test(seconds))
    throw new UsageError(`Expected a number above 0 for SECONDS but received ${seconds}`);
  if (!/^\d+$/.test(start)) throw new UsageError(`Expected a number for --start but received ${start}`);
  rmSync(folder, { recursive: true, force: true });
  for (const kept of ["accepted", "failed"]) mkdirSync(path.join(folder, kept), { recursive: true });
  const failures = await fuzz(Number(seconds) * 1000, Number(start), judge !== undefined);
  if (judge !== undefined)
    execFileSync(judge, [judgeProgram, path.join(folder, "accepted")], { stdio: "inherit" });
  if (failures > 0) process.exitCode = exitCodes.failed;
};

async function fuzz(durationMs: number, start: number, keepAccepted: boolean): Promise<number> {
  const seeds = await createSeeds();
  const targets = Object.entries(seeds).map(([name, seed]) => ({ name, seed, attempt: tryPicture }));
  targets.push({ name: "form", seed: formSeed(seeds.jpeg as Buffer), attempt: tryForm });
  const counts = { accepted: 0, refused: 0, failed: 0 };
  const random = createRandom(start);
  const endMs = performance.now() + durationMs;
  let highestMb = 0;
  for (let round = 0; performance.now() < endMs; round++) {
    for (const { name, seed, attempt } of targets) {
      const bytes = mutate(seed, random);
      const outcome = await attempt(bytes).catch((error: unknown) => {
        writeFileSync(path.join(folder, "failed", `${name}-${round}`), bytes);
        console.error(`${name}-${round}:`, error);
        return "failed" as const;
      });
      counts[outcome]++;
      if (outcome === "accepted" && keepAccepted && name !== "form") {
        writeFileSync(path.join(folder, "accepted", `${name}-${round}`), bytes);
      }
    }
    highestMb = Math.max(highestMb, process.memoryUsage().rss / 1e6);
  }
  const total = counts.accepted + counts.refused + counts.failed;
  console.log(
    `${total} damaged files and forms: ${counts.refused} refused, ${counts.accepted} accepted, ${counts.failed} failed; at most ${highestMb.toFixed(0)} MB of memory`,
  );
  return counts.failed;
}
