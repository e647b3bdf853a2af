import type { ModelFiles, Predictor } from "../../schemas/model.ts";
import type { ModelSettings } from "../../settings/model.ts";
import { openModelProcess } from "./model-process.ts";
import type { MeasuredModel } from "./model-process-messages.ts";

/** A model that has been loaded and has answered. */
export interface PreparedModel
  extends MeasuredModel,
    Pick<Predictor, "contract" | "contractBy" | "engine" | "loadTimeSeconds"> {}

/**
 * Compiles a model beside its files and runs it, without disturbing this process.
 *
 * @param timeLimitMs time after which it is given up; default five minutes
 * @throws ModelError when the model cannot be served or is not ready in time
 */
export type PrepareModel = (
  files: ModelFiles,
  engine: ModelSettings["engine"],
  timeLimitMs?: number,
) => Promise<PreparedModel>;

const longestMs = 300_000;

/**
 * Prepares a model in a process of its own: a crash ends only that process, the memory that compiling takes is given
 * back, and requests are answered meanwhile.
 */
export const prepareModel: PrepareModel = async (files, engine, loadLimitMs = longestMs) => {
  const { predictor, ...measured } = await openModelProcess(files, { engine, loadLimitMs });
  await predictor.dispose();
  const { contract, contractBy, engine: chosen, loadTimeSeconds } = predictor;
  return { contract, contractBy, engine: chosen, loadTimeSeconds, ...measured };
};
