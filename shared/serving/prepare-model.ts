import type { ModelFiles, Predictor } from "../schemas/model.ts";
import type { ModelSettings } from "../settings/model.ts";
import { openModelProcess } from "./model-process.ts";
import type { MeasuredModel } from "./model-process-messages.ts";

/** What is known of a model once it has been loaded and has answered. */
export interface PreparedModel
  extends MeasuredModel,
    Pick<Predictor, "contract" | "contractBy" | "engine" | "loadTimeSeconds"> {}

/**
 * Compiles a model beside its files and runs it once, without disturbing this process.
 *
 * @param timeLimitMs after which it is given up; five minutes when not given
 * @throws ModelError when the model cannot be served or is not ready in time
 */
export type PrepareModel = (
  files: ModelFiles,
  engine: ModelSettings["engine"],
  timeLimitMs?: number,
) => Promise<PreparedModel>;

const longestMs = 300_000;

/**
 * Prepares models in a process of their own: a model that ends its process ends only that one, what compiling needs of
 * memory is given back, and requests are answered meanwhile.
 */
export const prepareModel: PrepareModel = async (files, engine, loadLimitMs = longestMs) => {
  const { predictor, ...measured } = await openModelProcess(files, { engine, loadLimitMs });
  await predictor.dispose();
  const { contract, contractBy, engine: chosen, loadTimeSeconds } = predictor;
  return { contract, contractBy, engine: chosen, loadTimeSeconds, ...measured };
};
