import { noVersion } from "../../functions/health/judge-health.ts";

export const writeExperimentRemedy =
  "As MLflow's administrator, grant the service's account MANAGE on the experiment: docs/runbook.md, records waiting alarm";

/** Beginnings of the problems in `/health`, with what to type against each; ADDRESS stands for the service's address. */
const remedies: readonly [begin: string, remedy: string][] = [
  [
    "No predict environment",
    "curl -F file=@models/eye-disease/sample/normal-left-eye-cc0.jpg ADDRESS/predict",
  ],
  [
    "Predict has reported nothing",
    "curl -F file=@models/eye-disease/sample/normal-left-eye-cc0.jpg ADDRESS/predict shows whether predict answers; if not, its log says why",
  ],
  [
    "The registry was asked",
    "npm run rollback goes back to the earlier version; npm run models says what is wrong with this one",
  ],
  ["The model fails", "npm run rollback goes back to the earlier version; npm run models says how it fails"],
  [
    "No model could be loaded",
    "npm run models says why; npm run promote -- VERSION moves to one that can be served",
  ],
  ["The registry cannot be asked", "RESTART"],
  ["The version that the registry wants could not be fetched", "RESTART"],
  ["MLflow cannot be reached", "RESTART"],
  ["MLflow answers but refuses records", writeExperimentRemedy],
  ["S3 cannot be reached", "RESTART"],
  [
    "S3 answers but takes no records",
    "Make room on the disk of the S3 server, or give the service the right s3:PutObject",
  ],
  ["It is unknown which model", "RESTART"],
  ["The inference log is off", "Set INFERENCE_LOG_BUCKET, then start or deploy the service again"],
];

/** S3 has not taken them, so nothing can bring them into the log. */
export const ofRecords =
  "Those records stay missing in the log and its reports; MLflow may have them. Make room on the S3 server, or give the service the right s3:PutObject, so that no more are lost";

/** Whether or not the packaged model answers instead. */
const emptyRegistry = {
  problem: noVersion,
  remedy:
    "With the deployment's MLFLOW_TRACKING_URI set: npm run register -- FILE (unless npm run models lists it), then npm run promote -- VERSION",
};

/**
 * Finds what repairs a problem that `/health` names.
 *
 * @param address of the service
 * @param restart what to do when MLflow or S3 does not answer
 */
export function findRemedy(problem: string, address: string, restart: string): string {
  if (problem.includes(emptyRegistry.problem)) return emptyRegistry.remedy;
  const [, remedy] = remedies.find(([begin]) => problem.startsWith(begin)) ?? [];
  const text = remedy ?? (problem.includes("given up") ? ofRecords : "docs/troubleshooting.md");
  return text.replace("RESTART", restart).replace("ADDRESS", address.replace(/\/$/, ""));
}
