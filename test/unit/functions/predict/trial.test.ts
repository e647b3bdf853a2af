import { describe, expect, it } from "vitest";
import { createTrial, type Trial } from "../../../../functions/predict/trial.ts";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { RequestError } from "../../../../shared/errors/request-error.ts";
import type { Photograph } from "../../../../shared/image/decoding/identify-image.ts";
import type { ModelSource, Predictor } from "../../../../shared/schemas/model.ts";
import type { Arm, Prediction } from "../../../../shared/schemas/prediction.ts";
import { createHttpEvent } from "../../../support/http-events.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";

const predictorOf = (version: string) => ({ identity: { version } }) as Predictor;
const answer = async (predictor: Predictor) => predictor.identity.version;

function createTested(share: number, challenger: "ready" | "absent" = "ready") {
  const followed: string[] = [];
  let looks = 0;
  let modelLooks = 0;
  const trial = createTrial({
    models: {
      use: (work) => work(predictorOf("6")),
      lookAfterPause: async () => {
        modelLooks += 1;
      },
    },
    challenger: {
      use: (work) => (challenger === "ready" ? work(predictorOf("7")) : undefined),
      version: () => (challenger === "ready" ? "7" : undefined),
      mayAnswerCallers: () => true,
      lookAfterPause: async () => {
        // Not one look after the other: a hanging registry would be waited for twice.
        expect(modelLooks).toBe(looks + 1);
        looks += 1;
      },
    },
    shadow: {
      follow: async (_request, _photograph, { model }) => {
        followed.push(model.version);
      },
    },
    settings: { alias: "challenger", share, keyHeader: "x-ab-test-key" },
    log: createRecordedLog(),
  });
  const turn = () => trial.turnOf(createHttpEvent(), Buffer.from("photograph"));
  return { trial, turn, followed, looks: () => [modelLooks, looks] };
}

describe("a turn", () => {
  it("is the champion's without a test, and waits for no look at a challenger", async () => {
    const { turn, looks } = createTested(0);
    expect((await turn()).experiment).toBeUndefined();
    expect(await (await turn()).use(answer)).toBe("6");
    expect(looks()).toEqual([0, 0]);
  });

  it("is its arm's in a test, in which both versions are looked up after a pause, at once", async () => {
    const { turn, looks } = createTested(1);
    expect((await turn()).experiment).toMatchObject({ arm: "challenger", challenger_version: "7" });
    expect(await (await turn()).use(answer)).toBe("7");
    expect(looks()).toEqual([2, 2]);
  });

  it("of a challenger that fails is answered by the champion", async () => {
    const { turn } = createTested(1);
    const failing = async (predictor: Predictor) => {
      if (predictor.identity.version === "7") throw new ModelError("not finite");
      return answer(predictor);
    };
    expect(await (await turn()).use(failing)).toBe("6");
  });

  it("with a photograph that is refused is refused, not tried again", async () => {
    const { turn } = createTested(1);
    let tries = 0;
    const refuse = async () => {
      tries += 1;
      throw new RequestError("invalid_image", "broken");
    };
    await expect((await turn()).use(refuse)).rejects.toThrow("broken");
    expect(tries).toBe(1);
  });
});

it("the challenger follows what the champion answered, not what it answered itself", async () => {
  const { trial, followed } = createTested(1);
  for (const version of ["6", "7"]) await follow(trial, version);
  expect(followed).toEqual(["6"]);
});

it("the challenger is not asked again about a photograph of its own arm on which it failed", async () => {
  const { trial, followed } = createTested(1);
  await follow(trial, "6", "mlflow_registry", "challenger");
  await follow(trial, "6", "mlflow_registry", "champion");
  expect(followed).toEqual(["6"]);
});

it("the challenger follows the packaged model, also where that has the same number", async () => {
  const { trial, followed } = createTested(0);
  await follow(trial, "7", "local_file");
  expect(followed).toEqual(["7"]);
});

const follow = (trial: Trial, version: string, source: ModelSource = "mlflow_registry", arm?: Arm) =>
  trial.follow("request", {} as Photograph, { model: { version, source }, arm } as Prediction);
