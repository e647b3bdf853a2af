import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createPredictClient, errorOf, expectPrediction } from "../support/predict-client.ts";
import { useOfflineServer } from "../support/service.ts";
import { useSharedStack } from "../support/stack.ts";

const sample = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");

describe("a service that cannot reach the registry", () => {
  const service = useOfflineServer(() => ({
    environment: { ...useSharedStack().env, MLFLOW_TRACKING_URI: "http://127.0.0.1:9" },
  }));

  it("answers with the packaged model, and says so", async () => {
    const { postFile } = createPredictClient(() => service().address);
    const { model } = expectPrediction(await postFile(sample));
    expect(model).toMatchObject({ source: "local_file" });
  });
});

describe("a service without any model", () => {
  const service = useOfflineServer(() => ({
    environment: {
      ...useSharedStack().env,
      ENABLE_MODEL_REGISTRY: "false",
      LOCAL_MODEL_DIRECTORY: "no/such/folder",
    },
  }));

  it("invents no answer, and tells nobody where it looked", async () => {
    const { postFile } = createPredictClient(() => service().address);
    const answer = await postFile(sample);
    expect(errorOf(answer)).toMatchObject({ status: 503, error: "model_not_loaded" });
    expect(answer.body).not.toContain("no/such/folder");
    expect(answer.headers).toHaveProperty("retry-after");
    expect(service().log()).toContain("no/such/folder");
  });

  it("still refuses what no model could answer", async () => {
    const { postFile } = createPredictClient(() => service().address);
    expect(errorOf(await postFile(Buffer.from("text")))).toMatchObject({
      status: 400,
      error: "invalid_image",
    });
  });
});
