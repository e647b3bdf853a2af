import { setTimeout as sleep } from "node:timers/promises";
import type { ModelService } from "../../../shared/serving/model-service/model-service-types.ts";

export interface ConstantLoad {
  /** Answers so far, by the version that made them. */
  answers: Map<string, number>;
  failures: unknown[];
  /** Milliseconds that each answer took, oldest first. */
  latenciesMs: number[];
  stop(): Promise<void>;
}

/** Between an answer and the next request of a client; without it, the load would take all processors from what it waits for. */
const pauseMs = 50;

/**
 * Asks for predictions one after the other, as clients of the predict function do: the service looks for another version
 * after each answer.
 *
 * @param check throws when an answer is not the one of the version it names
 */
export function startLoad(
  service: ModelService,
  check: (version: string, probabilities: Float32Array) => void,
  clients = 2,
): ConstantLoad {
  const load: Omit<ConstantLoad, "stop"> = { answers: new Map(), failures: [], latenciesMs: [] };
  let isStopped = false;

  const data = new Map<number, Float32Array>();
  const picture = (values: number) => {
    const known = data.get(values) ?? Float32Array.from({ length: values }, (_, index) => (index * 37) % 256);
    data.set(values, known);
    return known;
  };
  const askOnce = async () => {
    const startedMs = performance.now();
    const version = await service.use(async (predictor) => {
      const { height, width } = predictor.contract.input;
      const pixels = { data: picture(height * width * 3), height, width };
      const { probabilities } = await predictor.predict(pixels);
      check(predictor.identity.version, probabilities);
      return predictor.identity.version;
    });
    load.latenciesMs.push(performance.now() - startedMs);
    load.answers.set(version, (load.answers.get(version) ?? 0) + 1);
  };
  const client = async () => {
    while (!isStopped) {
      await askOnce().catch((error: unknown) => load.failures.push(error));
      void service.refreshIfDue();
      await sleep(pauseMs);
    }
  };
  const running = Array.from({ length: clients }, client);
  return {
    ...load,
    async stop() {
      isStopped = true;
      await Promise.all(running);
    },
  };
}
