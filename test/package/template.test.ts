import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { emitDecision } from "../../functions/predict/emit-decision.ts";
import { needsCaller } from "../../shared/http/service-routes.ts";
import { decisionSchema } from "../../shared/schemas/prediction.ts";
import { expectedRights } from "./template/expected-rights.ts";
import {
  asList,
  findResources,
  readStatements,
  readTemplate,
  renderValue,
  type Template,
} from "./template/read-template.ts";
import { rules } from "./template/rules.ts";
import { installChecks, lintDockerfile, lintTemplates, scanFiles } from "./template/run-check.ts";
import { violations } from "./template/violations.ts";

const { templates, architecture } = inject("packaged");
const zip = readTemplate(templates.zip);
const image = readTemplate(templates.image);

describe.each([
  ["zip", zip],
  ["image", image],
])("the template of the %s deployment", (_, template) => {
  it.each(Object.entries(rules))("%s", (_, findViolations) => {
    expect(findViolations(template)).toEqual([]);
  });

  it("gives every role what its function does and nothing else", () => {
    const roles = findResources(template, "AWS::IAM::Role");
    const rights = roles.map(([name, role]) => [name, renderRights(name, role)]);
    expect(Object.fromEntries(rights)).toEqual(expectedRights);
  });

  it("lets Lambda alone take the roles, each for its function", () => {
    const { LogStreamRole, ...roles } = Object.fromEntries(
      findResources(template, "AWS::IAM::Role").filter(([name]) => !/^Retraining/.test(name)),
    );
    expect(LogStreamRole?.AssumeRolePolicyDocument.Statement).toMatchObject([
      { Principal: { Service: "firehose.amazonaws.com" }, Action: "sts:AssumeRole" },
    ]);
    const ofRetraining = findResources(template, "AWS::IAM::Role").filter(([name]) =>
      /^Retraining/.test(name),
    );
    expect(principalsOf(ofRetraining)).toEqual([
      "ecs-tasks.amazonaws.com",
      "ecs-tasks.amazonaws.com",
      "events.amazonaws.com",
    ]);
    for (const [name, { AssumeRolePolicyDocument }] of Object.entries(roles)) {
      expect(AssumeRolePolicyDocument.Statement, name).toEqual([
        { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
      ]);
    }
    for (const [name, { Role }] of findResources(template, "AWS::Lambda::Function")) {
      expect(renderValue(Role)).toBe(`<${name.replace("LambdaFunction", "Role")}.Arn>`);
    }
  });

  it.each([
    ["Predict", 1769, 20],
    ["Health", 256, 15],
    ["Metrics", 512, 15],
    ["Uploads", 256, 15],
    ["Labels", 512, 15],
    ["Authorize", 256, 5],
    ["Docs", 256, 15],
    ["Drift", 1769, 900],
    ["Learning", 512, 120],
  ])("gives %s %i MB, %i s and the chosen processor", (name, MemorySize, Timeout) => {
    const { Properties } = template.Resources[`${name}LambdaFunction`] ?? {};
    expect(Properties).toMatchObject({ MemorySize, Timeout, Architectures: [architecture] });
  });

  it("gives the password of MLflow to the functions that write there, as a reference", () => {
    const functions = findResources(template, "AWS::Lambda::Function");
    const passwords = functions.map(([name, { Environment }]) => [
      name.replace("LambdaFunction", ""),
      Environment.Variables.MLFLOW_TRACKING_PASSWORD,
    ]);
    const reference = "{{resolve:secretsmanager:mlflow:SecretString:password}}";
    expect(Object.fromEntries(passwords)).toEqual({
      ...{ Predict: reference, Health: reference, Drift: reference, Learning: reference },
      ...{ Metrics: "", Uploads: "", Labels: "", Authorize: "", Docs: "" },
    });
  });

  it("lets pages of every origin ask, without credentials", () => {
    const [[, { CorsConfiguration }] = ["", {}]] = findResources(template, "AWS::ApiGatewayV2::Api");
    expect(CorsConfiguration).toMatchObject({
      AllowOrigins: ["*"],
      AllowMethods: ["GET", "HEAD", "POST", "OPTIONS"],
      AllowHeaders: expect.arrayContaining([
        "Authorization",
        "Content-Type",
        "traceparent",
        "X-Amzn-Trace-Id",
        // A page that signs for IAM sends these.
        "X-Amz-Date",
        "X-Amz-Security-Token",
        "X-Amz-Content-Sha256",
        "x-ab-test-key",
      ]),
    });
    expect(CorsConfiguration).not.toHaveProperty("AllowCredentials");
  });

  it("is closed where a caller is needed, and open to all where not", () => {
    const routes = findResources(template, "AWS::ApiGatewayV2::Route").map(([, route]) => [
      route.RouteKey,
      route.AuthorizationType ?? "nobody is asked",
    ]);
    for (const [key, authorization] of routes)
      expect([key, authorization]).toEqual([key, needsCaller(key) ? "AWS_IAM" : "nobody is asked"]);
    expect(routes.filter(([, authorization]) => authorization === "AWS_IAM").length).toBeGreaterThan(3);
  });

  it("gives routes rates of their own, each for a route that is there before the stage", () => {
    const [[, stage] = ["", {}]] = findResources(template, "AWS::ApiGatewayV2::Stage");
    // It waits for its log group, too.
    const waitsFor = asList(template.Resources.HttpApiStage?.DependsOn ?? []).flatMap(
      (name) => template.Resources[name]?.Properties.RouteKey ?? [],
    );
    expect(stage.RouteSettings["POST /predict"]).toEqual({
      ThrottlingRateLimit: "50",
      ThrottlingBurstLimit: 100,
    });
    expect(Object.keys(stage.RouteSettings).sort()).toEqual(waitsFor.sort());
    // A HEAD costs what its GET costs.
    for (const route of waitsFor.filter((key) => key.startsWith("GET ")))
      expect(stage.RouteSettings[route.replace("GET", "HEAD")]).toEqual(stage.RouteSettings[route]);
  });

  it("raises an alarm when photographs suddenly cannot be graded, by what predict emits", () => {
    const { Metrics, Threshold } = template.Resources.UngradableAlarm?.Properties ?? {};
    const [share, ungradable, photographs] = Metrics;
    expect(share.Expression).toBe("IF(photographs >= 20, ungradable / photographs, 0)");
    expect(Threshold).toBe(0.5);
    expect([ungradable, photographs].map(({ Id, MetricStat }) => [Id, MetricStat.Stat])).toEqual([
      ["ungradable", "Sum"],
      ["photographs", "SampleCount"],
    ]);
    let line = "";
    vi.spyOn(process.stdout, "write").mockImplementation((chunk) => {
      line += chunk;
      return true;
    });
    emitDecision({ decision: "ungradable", answerTimeMs: 1 }, decisionSchema.options, "production");
    vi.restoreAllMocks();
    const emitted = JSON.parse(line);
    for (const { MetricStat } of [ungradable, photographs]) {
      const { Namespace, MetricName, Dimensions } = MetricStat.Metric;
      const [directive] = emitted._aws.CloudWatchMetrics;
      expect(directive).toMatchObject({
        Namespace,
        Dimensions: [Dimensions.map(({ Name }: { Name: string }) => Name)],
      });
      expect(emitted[MetricName]).toBe(1);
      for (const { Name, Value } of Dimensions) expect(emitted[Name]).toBe(Value);
    }
  });

  it("makes nothing of the retraining unless an image is named", () => {
    const names = Object.keys(template.Resources).filter((name) =>
      /Retraining|^LearningAnswers|EventBridge$/.test(name),
    );
    expect(names.length).toBeGreaterThan(8);
    for (const name of names)
      expect(template.Resources[name], name).toMatchObject({ Condition: "HasRetraining" });
  });

  it("tries a training once, since a second attempt would find the cool-down and end as if all were well", () => {
    expect(template.Resources.RetrainingJob).toMatchObject({
      Properties: { RetryStrategy: { Attempts: 1 } },
    });
  });

  it("raises alarms on 5xx answers, drift and failures of its job", () => {
    const alarms = findResources(template, "AWS::CloudWatch::Alarm").map(([, alarm]) => alarm);
    const metrics = alarms.map(({ Namespace, MetricName }) => `${Namespace} ${MetricName}`);
    expect(metrics).toEqual(
      expect.arrayContaining([
        "AWS/ApiGateway 5xx",
        "EyeDiseaseClassifier drift_detected",
        "EyeDiseaseClassifier drift_job_failed_parts",
      ]),
    );
  });
});

it.each(Object.entries(violations))("the rule finds what breaks it: %s", (name, violate) => {
  const broken = structuredClone(zip);
  violate(broken);
  expect(rules[name as keyof typeof rules](broken)).not.toEqual([]);
});

it("the container image changes predict's code and nothing else", () => {
  const { PredictLambdaFunction, ...others } = withoutTime(image).Resources;
  const { PredictLambdaFunction: zipPredict, ModelLambdaLayer, ...zipOthers } = withoutTime(zip).Resources;
  expect(others).toEqual(zipOthers);
  expect(ModelLambdaLayer?.Properties.CompatibleArchitectures).toEqual([architecture]);

  const { Code, ImageConfig, PackageType, ...same } = PredictLambdaFunction?.Properties ?? {};
  const { Code: _, Handler, Runtime, Layers, ...zipSame } = zipPredict?.Properties ?? {};
  expect(same).toEqual(zipSame);
  expect({ PackageType, ImageConfig, image: Code.ImageUri }).toEqual({
    PackageType: "Image",
    ImageConfig: { Command: [Handler] },
    image: expect.stringMatching(/@sha256:[0-9a-f]{64}$/),
  });
  expect({ Runtime, Layers }).toEqual({ Runtime: "nodejs22.x", Layers: [{ Ref: "ModelLambdaLayer" }] });
});

it("gives the layer to no function but predict", () => {
  const layered = findResources(zip, "AWS::Lambda::Function").filter(
    ([, { Layers }]) => Layers !== undefined,
  );
  expect(layered.map(([name]) => name)).toEqual(["PredictLambdaFunction"]);
});

describe("tools", () => {
  const clean = { code: 0, output: "" };
  const folder = mkdtempSync(join(tmpdir(), "template-"));
  const dockerfiles = ["layers/image/Dockerfile", "layers/training/Dockerfile", "scripts/stack/Dockerfile"];
  let programs: string;

  beforeAll(async () => {
    programs = await installChecks();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("cfn-lint finds nothing in both templates and in MLflow's", () => {
    const mlflow = join(import.meta.dirname, "../../deploy/mlflow/template.yaml");
    expect(lintTemplates(programs, [templates.zip, templates.image, mlflow])).toEqual(clean);
  });

  it("checkov finds nothing in both templates and the Dockerfiles but what checkov.yaml explains", () => {
    const { code, output } = scanFiles(programs, [templates.zip, templates.image, ...dockerfiles]);
    expect(output).toMatch(/dockerfile scan results:\s+Passed checks: [1-9]\d*, Failed checks: 0/);
    expect(output).toMatch(/cloudformation scan results:\s+Passed checks: [1-9]\d\d, Failed checks: 0/);
    expect(code).toBe(0);
  });

  it.each(dockerfiles)("hadolint finds nothing in %s", (dockerfile) => {
    expect(lintDockerfile(programs, dockerfile)).toEqual(clean);
  });

  it("each of them finds what is planted", () => {
    const broken = structuredClone(zip);
    violations.bucketsAreNotPublic(broken);
    violations.variablesHoldNoSecret(broken);
    const predict = broken.Resources.PredictLambdaFunction;
    if (predict) predict.Properties.MemorySize = "plenty";
    const template = plant("template.json", JSON.stringify(broken, null, 2));
    const unpinned = plant("Dockerfile", "FROM debian\nRUN cd /opt && apt-get install curl\n");

    expect(lintTemplates(programs, [template])).toMatchObject({
      code: 2,
      output: expect.stringContaining("plenty"),
    });
    const scan = scanFiles(programs, [template]);
    expect(scan.code).toBe(1);
    for (const check of ["CKV_AWS_53", "CKV_SECRET_6"]) expect(scan.output).toContain(check);
    expect(lintDockerfile(programs, unpinned)).toMatchObject({
      code: 1,
      output: expect.stringContaining("DL3006"),
    });
  });

  function plant(name: string, content: string): string {
    const file = join(folder, name);
    writeFileSync(file, content);
    return file;
  }
});

/** Who may take roles. */
const principalsOf = (roles: ReturnType<typeof findResources>) =>
  roles.map(([, role]) => role.AssumeRolePolicyDocument.Statement[0].Principal.Service);

function renderRights(name: string, role: Parameters<typeof readStatements>[1]): string[] {
  return readStatements(name, role).flatMap((statement) => {
    const { Action, Resource, Sid, ...rest } = statement;
    expect(rest, `${name} ${Sid}`).toEqual({ Effect: "Allow" });
    const resources = asList(Resource).map(renderValue);
    return resources.flatMap((resource) => asList(Action).map((action) => `${action} ${resource}`));
  });
}

/** Archives lie under the time they were packaged at. */
function withoutTime(template: Template): Template {
  return JSON.parse(JSON.stringify(template).replace(/\/\d{13}-[\dTZ:.-]+\//g, "/"));
}
