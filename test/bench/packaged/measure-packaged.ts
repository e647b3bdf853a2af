import type { Prediction } from "../../../shared/schemas/prediction.ts";
import { apiGatewayEvent, uploadRequest } from "../../support/lambda/events.ts";
import type { ExecutionEnvironment } from "../../support/lambda/start-environment.ts";
import type { PackagedFunctionOptions } from "../../support/lambda/start-function.ts";
import { readPeakRssMb } from "../memory.ts";

export interface PackagedContestant {
  name: string;
  options: PackagedFunctionOptions;
}

type Photographs = Record<"small" | "sample", Uint8Array>;

interface PackagedOptions {
  contestants: readonly PackagedContestant[];
  start(options: PackagedFunctionOptions): Promise<ExecutionEnvironment>;
  photographs: Photographs;
  say(detail: string): void;
}

/** Milliseconds of the warm answers to one photograph, in the order they came. */
export interface WarmAnswers {
  /** From the event to the response. */
  clientMs: number[];
  /** Until the environment was frozen again: what is billed. */
  busyMs: number[];
  /** The forward pass, as the answers say. */
  forwardMs: number[];
}

export interface PackagedResult {
  name: string;
  /** Per start: from the runtime's start to its asking for the first event. */
  initMs: number[];
  /** Per start: the first answer after it, to the sample of 1411 x 1411. */
  firstMs: number[];
  warm: Record<keyof Photographs, WarmAnswers>;
  /** Per start that gave warm answers. */
  peakRssMb: number[];
}

const starts = 12;
/** Every how many starts the environment goes on to give warm answers. */
const warmEvery = 4;
/** Answers before V8 has optimised all code: those of an environment's first seconds. */
const optimisedAfter = 100;
const counted = 40;
/** TensorFlow on a slow machine. Lambda's own limit is 10 s. */
const initTimeoutMs = 30_000;

/** Starts an environment of each contestant in turn, so that whatever else the machine does meets all of them alike. */
export async function measurePackaged(options: PackagedOptions): Promise<PackagedResult[]> {
  const { contestants, say } = options;
  const results = contestants.map(({ name }): PackagedResult => {
    const warm = { small: emptyAnswers(), sample: emptyAnswers() };
    return { name, initMs: [], firstMs: [], warm, peakRssMb: [] };
  });
  for (let start = 0; start < starts; start += 1) {
    for (const [i, contestant] of contestants.entries()) {
      say(`start ${start + 1} of ${starts}: ${contestant.name}`);
      const result = results[i];
      if (result) await measureStart(contestant, result, options, start % warmEvery === 0);
    }
  }
  return results;
}

const emptyAnswers = (): WarmAnswers => ({ clientMs: [], busyMs: [], forwardMs: [] });

async function measureStart(
  contestant: PackagedContestant,
  result: PackagedResult,
  { start, photographs }: PackagedOptions,
  goesOn: boolean,
): Promise<void> {
  const environment = await start({ initTimeoutMs, ...contestant.options });
  try {
    const first = await ask(environment, photographs.sample);
    result.initMs.push(environment.initMs);
    result.firstMs.push(first.clientMs);
    if (!goesOn) return;
    for (const size of ["small", "sample"] as const) {
      for (let i = 0; i < optimisedAfter; i += 1) await ask(environment, photographs[size]);
      const { clientMs, busyMs, forwardMs } = result.warm[size];
      for (let i = 0; i < counted; i += 1) {
        const answer = await ask(environment, photographs[size]);
        clientMs.push(answer.clientMs);
        busyMs.push(answer.busyMs);
        forwardMs.push(answer.prediction.inference_time_ms);
      }
    }
    result.peakRssMb.push(readPeakRssMb(environment.processId));
  } finally {
    await environment.kill();
  }
}

/** @throws Error when the response is no prediction */
async function ask(environment: ExecutionEnvironment, photograph: Uint8Array) {
  const { clientMs, busyMs, payload } = await environment.invoke(apiGatewayEvent(uploadRequest(photograph)));
  const { statusCode, body } = payload as { statusCode: number; body: string };
  if (statusCode !== 200) throw new Error(`Expected a prediction but received ${statusCode} ${body}`);
  return { clientMs, busyMs, prediction: JSON.parse(body) as Prediction };
}
