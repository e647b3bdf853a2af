import { setTimeout as sleep } from "node:timers/promises";
import { transitionStage } from "../../../shared/mlflow/calls/transition-stage.ts";
import type { MlflowClient } from "../../../shared/mlflow/client.ts";
import type { ModelIdentity } from "../../../shared/schemas/model.ts";
import { type OfflineServer, startOfflineServer } from "../../support/service.ts";
import { closeAtEnd } from "../closing.ts";
import { sendOnce } from "../load.ts";
import { listChildren, readRssMb } from "../memory.ts";
import { type Answer, type ConstantLoad, startConstantLoad } from "./constant-load.ts";

export interface SwapResult {
  perSecond: number;
  /** Answer times between two loads: the machine is then as busy with other work as during them. */
  quietMs: number[];
  /** Answer times of the requests that came while a version was fetched, compiled and swapped in. */
  loadingMs: number[];
  /** How long each new version took, from the look at the registry until it served. */
  loadSeconds: number[];
  failed: number;
  /** Resident memory of the server's process: with the first version, after the new ones, after 20 more swaps. */
  firstRssMb: number;
  beforeRssMb: number;
  afterRssMb: number;
}

interface SwapOptions {
  environment: Record<string, string>;
  mlflow: MlflowClient;
  /** Registered model. */
  name: string;
  versions: readonly string[];
  photograph: string;
  say(detail: string): void;
}

/** About a quarter of what one environment can answer on two processors. */
const perSecond = 10;
const warmupMs = 10_000;
const pauseMs = 4_000;
const waitMs = 60_000;
const swapsForMemory = 20;

/** Promotes every version once under constant load, then swaps between two. */
export async function measureSwaps(options: SwapOptions): Promise<SwapResult> {
  const { versions, photograph, say } = options;
  const [first = "", ...others] = versions;
  await promote(options, first);
  const { server, processId } = await startServer(options);
  const url = `${server.address}/predict`;
  await sendOnce(url, photograph);
  const load = startConstantLoad(url, photograph, perSecond);
  closeAtEnd(load.stop);

  await sleep(warmupMs);
  const startMs = Date.now();
  const firstRssMb = readRssMb(processId);
  for (const version of others) {
    say(`version ${version}`);
    await swapTo(version, options, load);
    await sleep(pauseMs);
  }
  const endMs = Date.now();
  const loads = readLoads(server, others);

  const beforeRssMb = readRssMb(processId);
  for (let swap = 0; swap < swapsForMemory; swap++) {
    say(`swap ${swap + 1} of ${swapsForMemory}`);
    await swapTo(versions[versions.length - 2 + (swap % 2)] ?? "", options, load);
  }
  await sleep(pauseMs);
  const afterRssMb = readRssMb(processId);

  await load.stop();
  await server.stop();
  const isDuringLoad = ({ dueMs, tookMs }: Answer) =>
    loads.some((each) => dueMs + tookMs >= each.startMs && dueMs <= each.endMs);
  const answers = load.answers.filter(({ dueMs }) => dueMs >= startMs && dueMs < endMs);
  const timesOf = (some: readonly Answer[]) => some.map(({ tookMs }) => tookMs);
  return {
    perSecond,
    quietMs: timesOf(answers.filter((answer) => !isDuringLoad(answer))),
    loadingMs: timesOf(answers.filter(isDuringLoad)),
    loadSeconds: loads.map(({ startMs, endMs }) => (endMs - startMs) / 1000),
    failed: load.failures.length,
    firstRssMb,
    beforeRssMb,
    afterRssMb,
  };
}

/** The service under serverless-offline, which looks at the registry every second. */
async function startServer({ environment, name }: SwapOptions) {
  const before = new Set(listChildren(process.pid));
  const server = await startOfflineServer({
    environment: {
      ...environment,
      INFERENCE_ENGINE: "onnx",
      MLFLOW_MODEL_NAME: name,
      MODEL_REFRESH_SECONDS: "1",
    },
  });
  closeAtEnd(server.stop);
  const processId = listChildren(process.pid).find((child) => !before.has(child));
  if (processId === undefined) throw new Error("Expected the process of serverless-offline but found none");
  return { server, processId };
}

function promote({ mlflow, name }: SwapOptions, version: string) {
  return transitionStage(mlflow, { name, version, stage: "Production", archiveExistingVersions: true });
}

/** @throws Error when no answer names the version in time */
async function swapTo(version: string, options: SwapOptions, { answers, failures }: ConstantLoad) {
  await promote(options, version);
  const deadlineMs = Date.now() + waitMs;
  while (answers.at(-1)?.version !== version) {
    if (Date.now() > deadlineMs) {
      throw new Error(
        `Expected version ${version} to answer within ${waitMs} ms, failures so far: ${failures.join("; ")}`,
      );
    }
    await sleep(50);
  }
}

/** When the predict function's load of each of these versions began and ended, from its log. */
function readLoads(server: OfflineServer, versions: readonly string[]): { startMs: number; endMs: number }[] {
  const isOne = (model: unknown) => versions.includes((model as ModelIdentity).version);
  return server
    .logLines()
    .filter(({ message, model }) => message === "Model loaded" && isOne(model))
    .map(({ timestamp, loadTimeSeconds }) => {
      const endMs = Date.parse(String(timestamp));
      return { startMs: endMs - Number(loadTimeSeconds) * 1000, endMs };
    });
}
