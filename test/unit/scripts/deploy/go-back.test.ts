import { expect, it } from "vitest";
import { readNewestFolder } from "../../../../scripts/deploy/go-back.ts";

const archive = (stage: string, timestamp: string, name: string) => ({
  S3Key: `serverless/fundus-lambda/${stage}/${timestamp}-2026-11-28T16:00:00.000Z/${name}.zip`,
});

it("takes the newest folder of a template whose layer is of an earlier deployment", () => {
  const template = JSON.stringify({
    Resources: {
      ModelLambdaLayer: archive("prod", "1795880000000", "model"),
      PredictLambdaFunction: archive("prod", "1795890000000", "predict"),
      HealthLambdaFunction: archive("prod", "1795890000000", "health"),
      Another: archive("prod-two", "1795899999999", "predict"),
    },
  });
  expect(readNewestFolder(template, "prod")).toBe("1795890000000");
});

it("knows none where no archive is named", () => {
  expect(readNewestFolder("{}", "prod")).toBeUndefined();
});
