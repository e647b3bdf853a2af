import { healthSchema } from "../../shared/schemas/health.ts";
import { parseJsonOrUndefined } from "../../shared/schemas/parse-json.ts";
import { compareClocks } from "./check-clock.ts";
import { checkSubject, type Finding, healthy, unhealthy } from "./finding.ts";
import { findRemedy, ofRecords } from "./problem-remedy.ts";

/** Long, because the first response may wait for a cold start. */
const timeoutMs = 30_000;

/**
 * Checks what a running service reports about itself at `/health`, which is open to any caller.
 *
 * @param address of the service, without a path
 * @param remedies what to do when nothing answers there, and when it cannot reach MLflow or S3
 */
export function checkService(
  address: string,
  remedies: { start: string; restart: string },
): Promise<Finding[]> {
  return checkSubject("Service", remedies.start, async () => {
    const url = new URL("health", address.endsWith("/") ? address : `${address}/`);
    const response = await fetch(url, { signal: AbortSignal.timeout(timeoutMs) }).catch((error) => {
      throw new Error(`${url} does not answer: ${error.cause?.message ?? error.message}`);
    });
    const text = await response.text();
    const health = healthSchema.safeParse(parseJsonOrUndefined(text));
    if (!health.success) {
      const what = `${url} answered ${response.status} with something other than this service's health: ${text.slice(0, 120)}`;
      return unhealthy("Service", what, "Give the address that npm run deploy printed, without a path");
    }
    const { status, version, environment, model, problems, tracking } = health.data;
    const said = `${url} says ${status}, version ${version}, environment ${environment}`;
    return [
      healthy("Service", said),
      ...problems.map((problem) =>
        unhealthy("Problem", problem, findRemedy(problem, address, remedies.restart)),
      ),
      ...(model === null ? [] : [healthy("Serving", `${model.name} version ${model.version}`)]),
      checkRecords(tracking),
      ...compareClocks(response.headers.get("date"), "the service"),
    ];
  });
}

function checkRecords({
  pending_records: pending,
  dropped_records: dropped,
  enabled,
}: {
  pending_records: number;
  dropped_records: number;
  enabled: boolean;
}): Finding {
  const detail = `the health function's own: ${pending} waiting, ${dropped} given up${enabled ? "" : "; MLflow is not written (ENABLE_MLFLOW_TRACKING)"}`;
  if (dropped === 0) return healthy("Records", detail);
  return unhealthy("Records", detail, ofRecords);
}
