import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { createShadow } from "../../../../functions/predict/shadow.ts";
import { identifyImage } from "../../../../shared/image/decoding/identify-image.ts";
import type { Prediction } from "../../../../shared/schemas/prediction.ts";
import type { ShadowEvent } from "../../../../shared/tracking/session.ts";
import { createContract, createPredictor } from "../../../support/create-predictor.ts";
import { plainJpeg } from "../../../support/image-files.ts";
import { createRecordedLog } from "../../../support/recorded-log.ts";

const photograph = await identifyImage(await plainJpeg(64, 48), { maxImagePixels: 1_000_000 });
const champion: Prediction = {
  prediction_id: "019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c11",
  predicted_class: "well",
  confidence: 75,
  all_predictions: { ill: 25, well: 75 },
  decision: "confident",
  warnings: [],
  model: { name: "eyes", version: "6", source: "mlflow_registry", engine: "onnx" },
  inference_time_ms: 3,
};

function createFollowed(
  answer: () => Promise<Float32Array>,
  rest = { isNow: false },
  contract = createContract({}),
) {
  const predictor = createPredictor({ contract, predict: async () => ({ probabilities: await answer() }) });
  const events: ShadowEvent[] = [];
  const shadow = createShadow({
    challenger: {
      use: (work) => work(predictor),
      isResting: () => rest.isNow,
    },
    tracker: {
      trackShadow: async (event) => {
        events.push(event);
        return event as never;
      },
      flush: async () => {},
    },
    log: createRecordedLog(),
  });
  return { shadow, events };
}

describe("the shadow", () => {
  it("keeps what the challenger says of a photograph beside what was answered", async () => {
    const { shadow, events } = createFollowed(async () => Float32Array.of(0.625, 0.375));
    await shadow.follow("request", photograph, champion);
    expect(events).toEqual([
      {
        request_id: "request",
        prediction_id: champion.prediction_id,
        model: { name: "eyes", version: "7", source: "mlflow_registry", engine: "onnx" },
        champion: { version: "6", predicted_class: "well" },
        answer: {
          predicted_class: "ill",
          confidence: 62.5,
          probabilities: { ill: 0.625, well: 0.375 },
          decision: "uncertain",
          inference_time_ms: expect.any(Number),
        },
        problem: "",
      },
    ]);
  });

  it("takes low probabilities for a sure answer where each class has one of its own", async () => {
    const contract = createContract({ multi_label: true });
    const { shadow, events } = createFollowed(async () => Float32Array.of(0.25, 0.125), undefined, contract);
    await shadow.follow("request", photograph, champion);
    expect(events).toMatchObject([{ answer: { decision: "confident", confidence: 75 } }]);
  });

  it("keeps why a broken challenger does not answer, and never rejects", async () => {
    const { shadow, events } = createFollowed(() => Promise.reject(new Error("not finite")));
    await shadow.follow("request", photograph, champion);
    expect(events).toMatchObject([{ answer: null, problem: "not finite", model: { version: "7" } }]);
  });

  it("skips photographs while the challenger rests, those that wait for it, too", async () => {
    const rest = { isNow: false };
    const { shadow, events } = createFollowed(async () => {
      rest.isNow = true;
      return Float32Array.of(1, 0);
    }, rest);
    await Promise.all(Array.from({ length: 4 }, () => shadow.follow("request", photograph, champion)));
    expect(events).toHaveLength(1);
    rest.isNow = false;
    await shadow.follow("request", photograph, champion);
    expect(events).toHaveLength(2);
  });

  it("gives it one photograph at a time, so that none waits within another's time", async () => {
    let now = 0;
    let most = 0;
    const { shadow, events } = createFollowed(async () => {
      now += 1;
      most = Math.max(most, now);
      await sleep(15);
      now -= 1;
      return Float32Array.of(1, 0);
    });
    await Promise.all(Array.from({ length: 4 }, () => shadow.follow("request", photograph, champion)));
    expect(most).toBe(1);
    expect(events.map(({ problem }) => problem)).toEqual(["", "", "", ""]);
  });

  it("skips photographs while the challenger has enough to do", async () => {
    const { shadow, events } = createFollowed(async () => {
      await sleep(20);
      return Float32Array.of(1, 0);
    });
    await Promise.all(Array.from({ length: 10 }, () => shadow.follow("request", photograph, champion)));
    expect(events).toHaveLength(4);
    await shadow.follow("request", photograph, champion);
    expect(events).toHaveLength(5);
  });
});

describe("the shadow's record", () => {
  it("is written before the work after a response ends", async () => {
    const steps: string[] = [];
    const shadow = createShadow({
      challenger: { use: (work) => work(createPredictor()), isResting: () => false },
      tracker: {
        trackShadow: async (event) => {
          steps.push("track");
          return event as never;
        },
        flush: async () => {
          steps.push("flush");
        },
      },
      log: createRecordedLog(),
    });
    await shadow.follow("request", photograph, champion);
    expect(steps).toEqual(["track", "flush"]);
  });

  it("says that a photograph cannot be graded where the champion's checks found it", async () => {
    const { shadow, events } = createFollowed(async () => Float32Array.of(0, 1));
    await shadow.follow("request", photograph, { ...champion, decision: "ungradable" });
    expect(events).toMatchObject([{ answer: { decision: "ungradable" } }]);
  });

  it("judges the answer by the trust that the challenger declares", async () => {
    const contract = createContract({ trust: { confident_from: 0.9 } });
    const { shadow, events } = createFollowed(async () => Float32Array.of(0.125, 0.875), undefined, contract);
    await shadow.follow("request", photograph, champion);
    expect(events).toMatchObject([{ answer: { decision: "uncertain" } }]);
  });
});
