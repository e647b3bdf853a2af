import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { applyStageSettings } from "../../../../scripts/deploy/stage-settings.ts";

it("has an entry for every alarm whose description names one", () => {
  const alarms = ["alarms", "retraining"]
    .map((name) => readFileSync(`resources/${name}.yml`, "utf8"))
    .join("\n");
  const named = [...alarms.matchAll(/docs\/runbook\.md#([\w-]+)/g)].map(([, anchor]) => anchor);
  const headings = [...readFileSync("docs/runbook.md", "utf8").matchAll(/^##+ (.+)$/gm)];
  const anchors = headings.map(([, heading = ""]) => heading.toLowerCase().replaceAll(" ", "-"));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((anchor) => !anchors.includes(anchor ?? ""))).toEqual([]);
});

it.each(["prod", "dev", "trial"])("names experiment and environment as a deployment to %s does", (stage) => {
  const runbook = readFileSync("docs/runbook.md", "utf8");
  const [line = ""] = /^ +\[ \$STAGE = prod \].*/m.exec(runbook) ?? [];
  const print = 'echo "$ENVIRONMENT $MLFLOW_EXPERIMENT_NAME"';
  const said = execFileSync("bash", ["-c", `${line}\n${print}`], {
    env: { STAGE: stage },
    encoding: "utf8",
  });
  const deployed: Record<string, string | undefined> = {};
  applyStageSettings(stage, deployed, "/nowhere");
  const { ENVIRONMENT = "", MLFLOW_EXPERIMENT_NAME = "" } = deployed;
  expect(said.trim()).toBe(`${ENVIRONMENT} ${MLFLOW_EXPERIMENT_NAME}`.trim());
});
