// Logs a run with a metric for each step, and reads it back:
//   npm install mlflow-rest-client-generated
//   MLFLOW_TRACKING_URI=http://localhost:5000 node log-run.mjs
import {
  createMlflowClient,
  createRun,
  ensureExperiment,
  getMetricHistory,
  logBatch,
  parseMlflowSettings,
  updateRun,
} from "mlflow-rest-client-generated";

const client = createMlflowClient(parseMlflowSettings(process.env));
const experimentId = await ensureExperiment(client, "mlflow-rest-client-example");
const { info } = await createRun(client, { experiment_id: experimentId, start_time: Date.now() });
const metrics = [0.4, 0.2, 0.1].map((value, step) => ({ key: "loss", value, timestamp: Date.now(), step }));
await logBatch(client, { run_id: info.run_id, metrics, params: [{ key: "rate", value: "0.001" }] });
await updateRun(client, { run_id: info.run_id, status: "FINISHED", end_time: Date.now() });

for await (const { step, value } of getMetricHistory(client, info.run_id, "loss")) console.log(step, value);
