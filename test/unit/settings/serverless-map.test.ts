import { globSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { serviceRoutes } from "../../../shared/http/service-routes.ts";
import { accessSettings } from "../../../shared/settings/access.ts";
import { alertSettings } from "../../../shared/settings/alerts.ts";
import { challengerSettings } from "../../../shared/settings/challenger.ts";
import { driftSettings } from "../../../shared/settings/drift.ts";
import { labelSettings } from "../../../shared/settings/labels.ts";
import { modelSettings } from "../../../shared/settings/model.ts";
import { photographSettings } from "../../../shared/settings/photographs.ts";
import { retrainingSettings } from "../../../shared/settings/retraining.ts";
import { serviceSettings } from "../../../shared/settings/service.ts";
import { storageSettings } from "../../../shared/settings/storage.ts";
import { storedUploadSettings } from "../../../shared/settings/stored-uploads.ts";
import { trackingSettings } from "../../../shared/settings/tracking.ts";
import { uploadSettings } from "../../../shared/settings/upload.ts";

interface Service {
  provider: { environment: Record<string, unknown> };
  functions: Record<
    string,
    { handler: string; environment?: Record<string, unknown>; events: { httpApi?: string }[] }
  >;
}

const map: Service = parse(readFileSync("serverless.yml", "utf8"), { logLevel: "silent" });

/** Set by the place a function runs in, or another name of a setting that is listed. */
const notInTheMap = [
  "AWS_ENDPOINT_URL_FIREHOSE",
  "AWS_ENDPOINT_URL_S3",
  "AWS_ENDPOINT_URL_SNS",
  "AWS_LAMBDA_FUNCTION_NAME",
  "AWS_LAMBDA_RUNTIME_API",
  "AWS_REGION",
  "LOCAL_MODEL_DIRECTORY",
  "MLFLOW_ARTIFACT_ROOT",
];

describe("serverless.yml", () => {
  it("names every setting of the service", () => {
    const fragments = [
      serviceSettings,
      uploadSettings,
      storedUploadSettings,
      modelSettings,
      storageSettings,
      driftSettings,
      alertSettings,
      labelSettings,
      challengerSettings,
      trackingSettings,
      accessSettings,
      photographSettings,
      retrainingSettings,
    ];
    const read = fragments.flatMap((fragment) => Object.keys(fragment.in.shape));
    const ofFunctions = Object.values(map.functions).map(({ environment }) => environment);
    const named = Object.assign({}, map.provider.environment, ...ofFunctions);
    const unnamed = read.filter((name) => !(name in named) && !notInTheMap.includes(name));
    expect(read.length).toBeGreaterThan(20);
    expect(unnamed).toEqual([]);
  });

  it("gives the address of the webhook, which may hold a secret, to the drift job alone", () => {
    const named = Object.entries(map.functions).filter(
      ([, { environment = {} }]) => "DRIFT_ALERT_WEBHOOK" in environment,
    );
    expect(named.map(([name]) => name)).toEqual(["drift"]);
    expect(map.provider.environment).not.toHaveProperty("DRIFT_ALERT_WEBHOOK");
  });

  it("gives its functions the routes that the service knows", () => {
    const routes = Object.values(map.functions)
      .flatMap(({ events }) => events.map(({ httpApi }) => httpApi))
      .filter((route): route is string => route !== undefined && route !== "*");
    expect(routes.filter((route) => !route.startsWith("HEAD ")).sort()).toEqual([...serviceRoutes].sort());
  });

  it("gives each function the routes that its code answers", () => {
    for (const [name, { handler, events }] of Object.entries(map.functions)) {
      const code = globSync(`${path.dirname(handler)}/*.ts`).map((file) => readFileSync(file, "utf8"));
      const answered = [...code.join("\n").matchAll(/"((?:GET|POST|PUT|PATCH|DELETE) \/[^"]*)":/g)];
      const given = events
        .flatMap(({ httpApi }) => httpApi ?? [])
        .filter((route) => !/^HEAD |^\*/.test(route));
      expect(given.sort(), name).toEqual(answered.map(([, route]) => route).sort());
    }
  });

  it("gives HEAD to the function that answers GET; docs gets it with every other route", () => {
    const wrong = Object.entries(map.functions).filter(([name, { events }]) => {
      const routes = events.flatMap(({ httpApi }) => httpApi ?? []);
      const wanted = routes.filter((route) => route.startsWith("GET ")).map((route) => route.slice(4));
      const heads = routes.filter((route) => route.startsWith("HEAD ")).map((route) => route.slice(5));
      return name !== "docs" && heads.join() !== wanted.join();
    });
    expect(wrong).toEqual([]);
  });
});

it("takes every setting of drift that docs/drift.md lists from the environment of a deployment", () => {
  const [, table = ""] = readFileSync("docs/drift.md", "utf8").split("\n## Settings\n");
  const names = [...(table.split("\n## ")[0] ?? "").matchAll(/^\| ([A-Z][A-Z_, ]+) \|/gm)].flatMap(
    ([, cell = ""]) => cell.split(", "),
  );
  const text = readFileSync("serverless.yml", "utf8");
  expect(names.length).toBeGreaterThan(10);
  expect(names.filter((name) => !text.includes(`\${env:${name},`))).toEqual([]);
});
