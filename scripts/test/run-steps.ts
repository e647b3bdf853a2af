import { readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { mapInParallel } from "../../shared/resilience/in-parallel.ts";
import { showStep } from "../progress.mjs";
import { addOutcomes, describeOutcome, type TestOutcome } from "./outcome.ts";
import { type Preparation, preparations } from "./preparations.ts";
import { logFileOf, type VitestRun } from "./run-vitest.ts";
import { order, type Step, type StepName, steps } from "./steps.ts";

const mostAtOnce = Math.min(2, availableParallelism());
const prepared = new Map<Preparation, Promise<unknown>>();
const started = performance.now();

/** Runs steps in their order, several at once where they allow it. One that cannot be run counts as failed. */
export async function runSteps(chosen: StepName[]): Promise<TestOutcome> {
  const outcomes: TestOutcome[] = [];
  for (const line of order) {
    const parts = line.filter((name) => chosen.includes(name)).flatMap(partsOf);
    const [first] = parts;
    if (parts.length > 1) outcomes.push(await runSideBySide(parts));
    else if (first !== undefined) outcomes.push(await runStep(first.name));
  }
  return addOutcomes(outcomes);
}

/**
 * Runs one step, with its output in the terminal. One that cannot be run counts as failed.
 *
 * @param what which tests; all by default
 */
export async function runStep(name: StepName, what: VitestRun = {}): Promise<TestOutcome> {
  const stepStarted = performance.now();
  console.error(`\n=== ${name} (${secondsSince(started)} since the start)`);
  const outcome = await tryStep(name, what);
  console.error(`${markOf(outcome)} ${name}: ${describeOutcome(outcome)} (${secondsSince(stepStarted)})`);
  return outcome;
}

interface Part {
  title: string;
  name: StepName;
  shard?: string;
}

function partsOf(name: StepName): Part[] {
  const { parts = 1 }: Step = steps[name];
  if (parts === 1) return [{ title: name, name }];
  return Array.from({ length: parts }, (_, i) => ({
    title: `${name} ${i + 1} of ${parts}`,
    name,
    shard: `${i + 1}/${parts}`,
  }));
}

/** Shows the output of each part only when it has ended, so that no two are mixed. */
async function runSideBySide(parts: Part[]): Promise<TestOutcome> {
  console.error(
    `\n=== ${parts.map(({ title }) => title).join(", ")} (${secondsSince(started)} since the start)`,
  );
  const runPart = async (part: Part, say: (detail: string) => void): Promise<TestOutcome> => {
    say(`${part.title} has begun`);
    const partStarted = performance.now();
    const logFile = logFileOf(part.title);
    const outcome = await tryStep(part.name, { shard: part.shard, logFile });
    console.error(readLog(logFile));
    say(`${markOf(outcome)} ${part.title}: ${describeOutcome(outcome)} (${secondsSince(partStarted)})`);
    return outcome;
  };
  const outcomes = await showStep(`${mostAtOnce} at a time`, (say) =>
    mapInParallel(parts, mostAtOnce, (part) => runPart(part, say)),
  );
  return addOutcomes(outcomes);
}

async function tryStep(name: StepName, what: VitestRun): Promise<TestOutcome> {
  try {
    await prepareStep(name);
    const { run }: Step = steps[name];
    return await run(what);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.error(reason);
    return { passed: 0, failed: 1, skipped: [], failures: [`${name}: ${reason.split("\n", 1)[0]}`] };
  }
}

function readLog(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}

/** Installs what a step needs, once per process, also for steps that run at the same time. */
export async function prepareStep(name: StepName): Promise<void> {
  const { needs }: Step = steps[name];
  for (const preparation of needs) {
    const preparing = prepared.get(preparation) ?? preparations[preparation]();
    prepared.set(preparation, preparing);
    await preparing;
  }
}

const markOf = ({ failed }: TestOutcome): string => (failed === 0 ? "✓" : "✗");

const secondsSince = (moment: number): string => `${((performance.now() - moment) / 1000).toFixed(1)} s`;
