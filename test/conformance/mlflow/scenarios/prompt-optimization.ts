import { expect } from "vitest";
import { unwrap } from "../../../../shared/mlflow/index.ts";
import { newExperiment, type Scenario } from "../scenario.ts";

/** Jobs run only on a server that is told to: this one lists none and refuses to start one. */
export const promptOptimizationJobs: Scenario = async (client) => {
  const experiment_id = await newExperiment(client);
  const jobs = "/api/3.0/mlflow/prompt-optimization/jobs" as const;
  const posted = await unwrap(client.POST(`${jobs}/search`, { body: { experiment_id } }));
  const gotten = await unwrap(client.GET(`${jobs}/search`, { params: { query: { experiment_id } } }));
  expect([posted.jobs ?? [], gotten.jobs ?? []]).toEqual([[], []]);
  const config = { optimizer_type: "OPTIMIZER_TYPE_METAPROMPT" as const, scorers: ["sharp"] };
  const path = { job_id: "none" };
  const refused = [
    client.POST(jobs, { body: { experiment_id, source_prompt_uri: "prompts:/none/1", config } }),
    client.GET(`${jobs}/{job_id}`, { params: { path } }),
    client.POST(`${jobs}/{job_id}/cancel`, { params: { path } }),
    client.DELETE(`${jobs}/{job_id}`, { params: { path } }),
  ];
  for (const call of refused) await expect(unwrap<unknown>(call)).rejects.toHaveProperty("errorCode");
};
