import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { RequestError } from "../../shared/errors/request-error.ts";
import { ServiceError } from "../../shared/errors/service-error.ts";
import { jsonResponse, type Route } from "../../shared/http/http-message.ts";
import type { LogHours, SummarisedHour } from "../../shared/inference-log/read-hours.ts";
import { type Pause, remainingMs } from "../../shared/resilience/pause.ts";
import type { Dashboard } from "../../shared/schemas/dashboard.ts";
import type { InferenceLogRecord } from "../../shared/schemas/inference-record.ts";
import { dayLengthMs } from "../../shared/time/durations.ts";
import { computeDashboard } from "./compute-dashboard.ts";

const shownDays = 7;
/** All callers within this time share one reading of the log. */
const keepMs = 30_000;

export interface DashboardDependencies {
  /** Hours, and the records that are not compacted; only the newest of them when there are too many for one response. */
  readHours(period: { sinceMs: number; untilMs: number }): Promise<LogHours>;
  /** Compacted records, without most health checks; only the newest when there are too many for one response. */
  readCompacted(period: { sinceMs: number; nowMs: number }): Promise<{
    records: InferenceLogRecord[];
    isComplete: boolean;
  }>;
  readVerdicts(nowMs: number): Promise<Dashboard["verdicts"]>;
  /** Milliseconds since 1970. */
  now(): number;
}

/** `GET /dashboard/data`: the last seven days in summaries, the last day's errors, and a month of drift verdicts. */
export function createDashboard(dependencies: DashboardDependencies): Route {
  const { now } = dependencies;
  let kept: Promise<Dashboard> | undefined;
  let keeping: Pause | undefined;

  async function read(): Promise<Dashboard> {
    const nowMs = now();
    const fromMs = nowMs - shownDays * dayLengthMs;
    const [log, verdicts] = await Promise.all([readLog(fromMs, nowMs), dependencies.readVerdicts(nowMs)]);
    return computeDashboard({ fromMs, toMs: nowMs, ...log, verdicts });
  }

  async function readLog(fromMs: number, nowMs: number) {
    const recent = await dependencies.readHours({ sinceMs: fromMs, untilMs: nowMs });
    const hours: SummarisedHour[] = [];
    for await (const hour of recent.hours) hours.push(hour);
    // Afterwards, so that what is compacted meanwhile is not missed.
    const sinceMs = nowMs - dayLengthMs;
    const compacted = await dependencies.readCompacted({ sinceMs, nowMs });
    const records = new Map([...recent.records, ...compacted.records].map((each) => [each.record_id, each]));
    const errors = [...records.values()].filter((record) => record.kind === "error");
    return {
      hours,
      errors: errors.filter(({ timestamp_ms }) => timestamp_ms >= sinceMs),
      complete: recent.isComplete() && compacted.isComplete,
    };
  }

  /** Failures are kept too, so that an unreadable log is not read again for every caller. */
  function readOrKeep(): Promise<Dashboard> {
    if (kept === undefined || remainingMs(keeping, now()) === 0) {
      keeping = { startedMs: now(), lengthMs: keepMs };
      kept = read();
    }
    return kept;
  }

  return async ({ event }) => {
    assertNoParameters(event);
    try {
      return jsonResponse(await readOrKeep());
    } catch (error) {
      throw new ServiceError("dashboard_unavailable", "The inference log cannot be read at the moment.", {
        status: 503,
        cause: error,
      });
    }
  };
}

/** A caller who asks for other days must not mistake these for them. */
function assertNoParameters({ queryStringParameters }: APIGatewayProxyEventV2): void {
  const names = Object.keys(queryStringParameters ?? {});
  if (names.length === 0) return;
  const expected =
    "Expected no parameters for /dashboard/data, which always answers with the last days, but received";
  throw new RequestError("invalid_request", `${expected} ${names.join(", ").slice(0, 200)}`, {
    recorded: `${expected} some`,
  });
}
