import { expect, it, vi } from "vitest";
import { createPredict } from "../../../../functions/predict/predict.ts";
import type { Trial } from "../../../../functions/predict/trial.ts";
import type { AbTestAssignment } from "../../../../shared/schemas/inference-record.ts";
import type { ModelContract } from "../../../../shared/schemas/model.ts";
import { createContract, createPredictor } from "../../../support/create-predictor.ts";
import { createHttpEvent } from "../../../support/http-events.ts";
import { plainJpeg } from "../../../support/image-files.ts";
import { createForm } from "../../../support/multipart.ts";

/** Posts a photograph to a flow in which version 7 serves and version 8 is tried. */
async function post({
  experiment,
  contract = {},
}: {
  experiment?: AbTestAssignment;
  contract?: Partial<ModelContract>;
}) {
  const predictorOf = (version: string) =>
    createPredictor({
      contract: createContract(contract),
      identity: { name: "eyes", version, source: "mlflow_registry" },
    });
  const turnOf = vi.fn<Trial["turnOf"]>(async () => ({
    use: (work) => work(predictorOf("8")),
    ...(experiment && { experiment }),
  }));
  const follow = vi.fn<Trial["follow"]>(async () => {});
  const keepPhotograph = vi.fn(async () => {});
  const trackPrediction = vi.fn(async (event) => event as never);
  const works: (() => Promise<unknown>)[] = [];
  const route = createPredict({
    limits: { maxUploadBytes: 1_000_000, maxImagePixels: 1_000_000 },
    uploads: { fetch: vi.fn(), discard: vi.fn() },
    inputCheck: { policy: "off" },
    models: { use: (work) => work(predictorOf("7")) },
    trial: { turnOf, follow },
    keepPhotograph,
    tracker: { trackPrediction, trackError: vi.fn() },
    afterResponse: { run: (work) => works.push(work) },
    finish: async () => {},
  });
  const photograph = await plainJpeg(64, 48);
  const form = createForm([
    { name: "file", fileName: "a.jpg", contentType: "image/jpeg", content: photograph },
  ]);
  const event = createHttpEvent(form);
  const { body } = await route({ event, requestId: "request-1" });
  const doLaterWork = () => Promise.all(works.map((work) => work()));
  const record = trackPrediction.mock.calls[0]?.[0];
  return { answer: JSON.parse(body), record, event, photograph, turnOf, follow, keepPhotograph, doLaterWork };
}

it("the version whose turn it is answers, by the request and the photograph's bytes", async () => {
  const { answer, event, photograph, turnOf } = await post({});
  expect(answer.model.version).toBe("8");
  expect(turnOf).toHaveBeenCalledExactlyOnceWith(event, photograph);
});

it("an A/B test's arm is in the answer, and the whole experiment in the record", async () => {
  const experiment: AbTestAssignment = { challenger_version: "8", arm: "challenger", share: 0.5, unit: "ab" };
  const { answer, record } = await post({ experiment });
  expect(answer.arm).toBe("challenger");
  expect(record).toMatchObject({ experiment });
});

it("without an A/B test neither says anything of one", async () => {
  const { answer, record } = await post({});
  expect(answer).not.toHaveProperty("arm");
  expect(record).not.toHaveProperty("experiment");
});

it("the challenger follows and the photograph is kept after the response, and not before", async () => {
  const { answer, event, follow, keepPhotograph, doLaterWork } = await post({});
  expect(follow).not.toHaveBeenCalled();
  expect(keepPhotograph).not.toHaveBeenCalled();
  await doLaterWork();
  expect(follow).toHaveBeenCalledExactlyOnceWith(
    "request-1",
    expect.objectContaining({ metadata: expect.objectContaining({ image_width: 64 }) }),
    answer,
  );
  expect(keepPhotograph).toHaveBeenCalledExactlyOnceWith(
    event,
    expect.objectContaining({ width: expect.any(Number), height: expect.any(Number) }),
    answer,
  );
});

it("the answer is judged by the trust that its version declares", async () => {
  const contract = { trust: { confident_from: 0.8, set_threshold: 0.2 } };
  const { answer, record } = await post({ contract });
  expect(answer).toMatchObject({ decision: "uncertain", prediction_set: ["well", "ill"] });
  expect(record).toMatchObject({ decision: "uncertain" });
});
