import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const home = mkdtempSync(join(tmpdir(), "no-credentials-"));
afterAll(() => rmSync(home, { recursive: true }));

const settings = {
  MLFLOW_TRACKING_URI: "https://mlflow.example.org",
  ARTIFACT_BUCKET: "artifacts",
  AUTH: "key",
};
const keys = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "secret" };
const nobody = { AWS_ENDPOINT_URL_STS: "http://127.0.0.1:9" };

describe("npm run deploy says what is missing before it builds anything", () => {
  it.each([
    [
      "without settings",
      1,
      {},
      [],
      "Expected the http(s) address of an MLflow server for MLFLOW_TRACKING_URI",
    ],
    ["without credentials", 1, settings, [], "Expected credentials of an AWS account but found none"],
    ["where AWS is out of reach", 1, { ...settings, ...keys, ...nobody }, [], "in the region us-east-1: "],
    [
      "with a wrong processor",
      2,
      settings,
      ["--architecture", "arm"],
      "Expected x86_64 or arm64 for --architecture",
    ],
    [
      "with a wrong deployment",
      2,
      settings,
      ["--deployment", "docker"],
      "Expected zip or image for --deployment",
    ],
    [
      "with a wrong stage",
      2,
      settings,
      ["--stage", "prod/1"],
      "Expected up to 20 letters, digits and hyphens for --stage",
    ],
    ["with an unknown option", 2, settings, ["--region", "eu-central-1"], "Unknown option '--region'"],
    [
      "without Docker",
      1,
      { ...settings, PATH: "/nowhere" },
      ["--deployment", "image"],
      "Expected Docker and the AWS command line",
    ],
  ])("%s", (_, code, env: Record<string, string>, parameters, message) => {
    const { status, stdout, stderr } = spawnSync(
      resolve("node_modules/.bin/node"),
      ["scripts/fundus.mjs", "deploy", ...parameters],
      { encoding: "utf8", timeout: 60_000, env: { HOME: home, AWS_EC2_METADATA_DISABLED: "true", ...env } },
    );
    expect(stderr).toContain(message);
    expect(stderr).not.toContain("Filling the model layer");
    expect([status, stdout]).toEqual([code, ""]);
  });
});
