/**
 * A process that is one session: it tracks SESSION_PREDICTIONS predictions, answers each with a line, flushes if
 * SESSION_FLUSH is set, and then waits for a signal.
 */
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { createMlflowClient } from "../../../shared/mlflow/index.ts";
import { createTracker } from "../../../shared/tracking/tracker.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import { createModelLoadEvent, createPredictionEvent } from "../../support/tracking-events.ts";
import { patienceMs } from "./workplace.ts";

const { env } = process;
const tracker = createTracker({
  service: { functionName: "predict", environment: "test", experimentName: env.SESSION_EXPERIMENT ?? "" },
  apiVersion: "1.2.3",
  mlflow: createMlflowClient({ trackingUri: env.MLFLOW_TRACKING_URI ?? "" }),
  inferenceLog: {
    store: createObjectStore({ region: env.AWS_REGION ?? "", endpoint: env.AWS_ENDPOINT_URL_S3 }),
    bucket: env.INFERENCE_LOG_BUCKET ?? "",
    prefix: env.SESSION_PREFIX ?? "",
    timeoutMs: patienceMs,
  },
  log: createRecordedLog(),
});

process.on("SIGTERM", async () => {
  await tracker.close({ withinMs: patienceMs });
  process.exit(0);
});

console.log(`session ${tracker.state().session.id}`);
await tracker.trackModelLoad(createModelLoadEvent());
for (let answered = 1; answered <= Number(env.SESSION_PREDICTIONS); answered += 1) {
  await tracker.trackPrediction(createPredictionEvent());
  console.log(`answered ${answered}`);
  if (env.SESSION_FLUSH === "true") await tracker.flush({ withinMs: patienceMs });
}
console.log("waiting");
setInterval(() => {}, 60_000);
