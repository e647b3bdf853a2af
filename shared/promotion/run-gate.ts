import { type GateFacts, judgeGate } from "../comparison/judge-gate.ts";
import { ModelError } from "../errors/model-error.ts";
import { severalClasses } from "../evaluation/expect-one-class.ts";
import { setModelVersionTag } from "../mlflow/calls/set-model-version-tag.ts";
import { type TriedModel, tryVersion } from "../model-versions/try-model.ts";
import { currentUser } from "../registry/pointers/audit.ts";
import { describePointer, findPointedVersion, type Pointer } from "../registry/pointers/pointer.ts";
import { readHistory } from "../registry/pointers/read-history.ts";
import { resolveVersion } from "../registry/resolve-version.ts";
import { describeGate, describeSet, renderGateHtml } from "../report/gate-html.ts";
import { writeReportRun } from "../report-runs/report-run.ts";
import type { GateReport } from "../schemas/gate-report.ts";
import { gateSettings } from "../settings/gate.ts";
import { loadSettings } from "../settings/load-settings.ts";
import { tagText } from "../tracking/entries/mlflow-text.ts";
import { evaluateCandidate, type VersionAccess } from "./evaluate-candidate.ts";
import { withEvaluationSet } from "./open-evaluation-set.ts";
import type { ServiceRegistry } from "./service-registry.ts";

export interface GateOptions extends VersionAccess {
  name: string;
  version: string;
  /** The stage or alias that the version is to get. */
  pointer: Pointer;
  /** Why it is moved even if the gate refuses it; undefined when it is not. */
  force?: string | undefined;
  say?: ((text: string) => void) | undefined;
}

export interface GateOutcome {
  report: GateReport;
  /** Address of the report in MLflow's pages. */
  page: string;
  /** Undefined when the version cannot be loaded. */
  tried: TriedModel | undefined;
}

/**
 * Runs every check that a version must pass before it may serve. Whatever the verdict, the outcome of each check is written
 * to the version's tags, and a report to a run of its own.
 *
 * @throws ModelError when the registry has no such version; MlflowError or StorageError when a server cannot be reached
 */
export async function runGate(options: GateOptions): Promise<GateOutcome> {
  const { registry, name, version, pointer, force, say = () => {} } = options;
  const { mlflow, store, model } = registry;
  const serving = await findPointedVersion(mlflow, name, pointer);
  say(`Trying version ${version}`);
  const reference = await resolveVersion(mlflow, name, { version });
  const { tried, problem } = await tryVersion(reference, { mlflow, store, engine: model.engine }).then(
    (answer) => ({ tried: answer, problem: undefined }),
    explainRefusal,
  );
  const { settings } = loadSettings({ settings: gateSettings });
  const about = {
    model: name,
    version,
    serving: serving ?? null,
    pointer: describePointer(pointer),
    checked_by: currentUser(),
  };
  const labels = tried?.contract.labels ?? [];
  const unevaluated = tried?.contract.multi_label ? severalClasses : undefined;
  // A version that cannot be loaded is not evaluated.
  const { evaluationSet, evaluationLabels } = settings;
  const asked = {
    evaluationLabels,
    evaluationSet: tried && unevaluated === undefined ? evaluationSet : undefined,
  };
  const report = await withEvaluationSet(asked, labels, store, async (set): Promise<GateReport> => {
    const facts: GateFacts = {
      problem,
      memoryMb: tried?.peakMemoryMb,
      inferenceTimeMs: tried?.inferenceTimeMs,
      evaluation: set && (await evaluateCandidate({ name, version, serving }, set, options, say)),
      unevaluated,
    };
    const judged = judgeGate(facts, settings);
    return {
      ...about,
      ...judged,
      checked_at: new Date().toISOString(),
      evaluation_set: set
        ? {
            photographs: set.photographs.length,
            answered: facts.evaluation?.candidate.photographs.length ?? 0,
            sha256: set.sha256,
          }
        : null,
      forced: judged.verdict === "failed" ? (force ?? null) : null,
      history: await readHistory(registry, name, pointer),
    };
  });
  return { report, page: await keepReport(report, registry), tried };
}

/** A version that cannot be loaded fails the gate; a server that cannot be reached is an error. */
function explainRefusal(error: unknown): { tried: undefined; problem: string } {
  if (!(error instanceof ModelError)) throw error;
  return { tried: undefined, problem: error.message };
}

/** Returns the address of the run that holds the report. */
async function keepReport(report: GateReport, registry: ServiceRegistry): Promise<string> {
  const page = await keepRun(report, registry);
  const { model: name, version } = report;
  for (const [key, value] of Object.entries(listTags(report, page))) {
    await setModelVersionTag(registry.mlflow, { name, version, key: tagKey(key), value: tagText(value) });
  }
  return page;
}

async function keepRun(report: GateReport, { mlflow, store, service }: ServiceRegistry): Promise<string> {
  const { model: name, version, checked_at: checkedAt } = report;
  const timestampMs = Date.parse(checkedAt);
  const { url } = await writeReportRun(
    {
      name: `gate_${version}_${Math.floor(timestampMs / 1000)}`,
      timestampMs,
      tags: { gate: `${name} ${version}`, gate_verdict: report.verdict },
      renderNote: () => describeGate(report),
      metrics: Object.fromEntries(
        ["passed", "failed", "unchecked"].map((status) => [
          `gate_checks_${status}`,
          report.checks.filter((check) => check.status === status).length,
        ]),
      ),
      files: [
        { name: "gate.html", contentType: "text/html; charset=utf-8", text: renderGateHtml(report) },
        { name: "gate.json", contentType: "application/json", text: `${JSON.stringify(report, null, 2)}\n` },
      ],
    },
    { mlflow, store, ...service },
  );
  return url;
}

function listTags(report: GateReport, page: string): Record<string, string> {
  return {
    "gate.verdict": describeGate(report),
    "gate.checked": `${report.checked_at} by ${report.checked_by}, for ${report.pointer}, against ${report.serving ?? "none"}`,
    "gate.report": page,
    ...(report.evaluation_set && {
      "gate.evaluation_set": `${describeSet(report.evaluation_set)}, sha256 ${report.evaluation_set.sha256}`,
    }),
    ...Object.fromEntries(
      report.checks.map(({ name: check, status, text }) => [`gate.check.${check}`, `${status}: ${text}`]),
    ),
  };
}

/** A class name may contain characters that MLflow refuses in a key. */
const tagKey = (key: string) => key.replace(/[^\w. /-]/g, "_").slice(0, 250);
