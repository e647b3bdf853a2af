import { randomUUID } from "node:crypto";
import { afterEach, beforeAll, beforeEach, expect } from "vitest";
import { type RegisterOptions, registerModel } from "../../../shared/model-versions/register-model.ts";
import { createWorkplace, type Workplace } from "../../integration/tracking/workplace.ts";
import { useSharedStack } from "../stack.ts";
import type { SharedStack } from "../stack-setup.ts";
import { apiGatewayEvent, type HttpRequest } from "./events.ts";
import { startPackagedFunction } from "./packaged-function.ts";
import type { Answer } from "./runtime-api.ts";
import type { ExecutionEnvironment } from "./start-environment.ts";
import type { PackagedFunctionOptions } from "./start-function.ts";

export interface HttpAnswer {
  statusCode: number;
  headers: Record<string, string>;
  body: string;
}

/**
 * The packaged functions, with the packaged model registered under a name of its own and in Production. Every test has a
 * session, an experiment and a part of the inference log of its own; what it started is killed when it ends.
 *
 * @param stack where they work: the one that all tests of the run share, unless given
 */
export function usePackagedService(stack: () => SharedStack = useSharedStack) {
  const modelName = `packaged-${randomUUID().slice(0, 8)}`;
  const started: ExecutionEnvironment[] = [];
  let workplace: Workplace;

  const register = (name: string, pointers: RegisterOptions["pointers"] = [{ stage: "Production" }]) =>
    registerModel("models/eye-disease/model.keras", {
      mlflow: workplace.mlflow,
      store: workplace.location.store,
      name,
      experimentName: "training",
      apiVersion: "1.2.3",
      environment: "test",
      engine: "onnx",
      pointers,
    });

  beforeAll(async () => {
    workplace = createWorkplace(stack());
    await register(modelName);
    // The S3 server makes room for a bucket at the first object in it: 0.2 s that are no function's.
    await workplace.location.store.putObject(workplace.location.bucket, "first", "x");
  });
  beforeEach(() => {
    workplace = createWorkplace(stack());
  });
  afterEach(async () => {
    await Promise.all(started.splice(0).map((environment) => environment.kill()));
  });

  return {
    workplace: () => workplace,
    /** A new version of this model, in Production unless told otherwise. */
    register,

    /** A function as it was packaged, in an environment of its own. */
    async start(name: string, options: Partial<PackagedFunctionOptions> = {}): Promise<ExecutionEnvironment> {
      const environment = await startPackagedFunction(name, {
        ...options,
        env: {
          ...stack().env,
          MLFLOW_MODEL_NAME: modelName,
          MLFLOW_EXPERIMENT_NAME: workplace.experimentName,
          INFERENCE_LOG_PREFIX: workplace.location.prefix,
          ...sendEveryRecord,
          ...options.env,
        },
      });
      started.push(environment);
      return environment;
    },

    /** The records of this test's one session, and the run they are shown in. */
    async readSession() {
      const records = await workplace.readLog();
      const sessions = new Set(records.map((record) => record.session_id));
      expect(sessions.size).toBe(1);
      return { records, run: await workplace.findRun([...sessions][0] ?? "") };
    },
  };
}

const sendEveryRecord = {
  MLFLOW_SEND_INTERVAL_SECONDS: "0",
  MLFLOW_AGGREGATE_ABOVE_PER_MINUTE: "0",
};
/** Records go to MLflow as seldom as on Lambda by default. */
export const sendAsByDefault = {
  MLFLOW_SEND_INTERVAL_SECONDS: "",
  MLFLOW_AGGREGATE_ABOVE_PER_MINUTE: "",
};

/** One request, as API Gateway hands it over. */
export async function send(environment: ExecutionEnvironment, request: HttpRequest) {
  const invocation = await environment.invoke(apiGatewayEvent(request));
  return { ...invocation, ...readAnswer(invocation) };
}

export function readAnswer({ payload }: Pick<Answer, "payload">) {
  const { statusCode, headers, body } = payload as HttpAnswer;
  return { status: statusCode, headers, body: JSON.parse(body) };
}
