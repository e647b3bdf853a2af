import { globSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { listTemplateVariables } from "../../../scripts/deploy/stage-settings.ts";
import { gateSettings } from "../../../shared/settings/gate.ts";

const document = readFileSync("docs/deploy.md", "utf8");
const [, settings = ""] = document.split("\n## Settings\n");
const rows = (settings.split("\n## ")[0] ?? "")
  .split("\n")
  .filter((line) => line.startsWith("| `"))
  .map((line) => line.split(" | "));

/** Set by the commands, other names of settings, and those of `npm start` alone. */
const notOfDeployments = [
  ...["ARTIFACT_PREFIX", "ROLLBACK_ALARM_ARNS"],
  ...["AWS_DEFAULT_REGION", "MLFLOW_ARTIFACT_ROOT", "MLFLOW_PASSWORD", "MLFLOW_USERNAME"],
  ...["HOST", "LOCAL_MODEL_DIRECTORY", "PORT"],
];

it("lists every setting that a deployment reads, and no other", () => {
  const listed = rows.flatMap(([cell = ""]) => [...cell.matchAll(/`([A-Z_0-9]+)`/g)].map(([, name]) => name));
  const read = listTemplateVariables().filter((name) => !notOfDeployments.includes(name));
  expect(listed.sort()).toEqual(read.sort());
});

it("gives the template's defaults", () => {
  const template = ["serverless.yml", ...globSync("resources/*.yml")]
    .map((file) => readFileSync(file, "utf8"))
    .join("\n")
    .replaceAll("${sls:stage}", "STAGE");
  const wrong = rows.flatMap(([cell = "", second = ""]) => {
    const [, name = ""] = /`(\w+)`/.exec(cell) ?? [];
    const [, byDefault = ""] = new RegExp(`env:${name}, '([^']*)'`).exec(template) ?? [];
    const [, said] = /^`([^`]+)`$/.exec(second) ?? [];
    return said === undefined || said === byDefault ? [] : [`${name}: ${said}, not ${byDefault}`];
  });
  expect(wrong).toEqual([]);
});

it("gives the gate's defaults", () => {
  const gate = gateSettings.in.parse({});
  const said = rows.flatMap(([cell = "", byDefault]) => {
    const [, name = ""] = /`(GATE_\w+)`/.exec(cell) ?? [];
    return name === "" ? [] : [[name, Number(byDefault)]];
  });
  expect(Object.fromEntries(said)).toEqual(gate);
});
