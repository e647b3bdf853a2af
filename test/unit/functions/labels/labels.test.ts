import { describe, expect, it } from "vitest";
import { createLabels, type LabelsDependencies } from "../../../../functions/labels/labels.ts";
import { AwsRefusalError } from "../../../../shared/aws/send-request.ts";
import { StorageError } from "../../../../shared/aws/storage-error.ts";
import { createLabelStore } from "../../../../shared/labels/label-store.ts";
import { createHttpEvent } from "../../../support/http-events.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";
import { predictionOf } from "../../labels/prediction-of.ts";

const prediction = predictionOf(Date.parse("2026-11-28T12:00:00.000Z"));

function createRoute(parts: Partial<LabelsDependencies> = {}) {
  const labels = createLabelStore({ store: createMemoryStore(), bucket: "log", prefix: "" });
  const told: string[] = [];
  const route = createLabels({
    closedBecause: undefined,
    findPrediction: async (id) => (id === prediction.prediction_id ? prediction : undefined),
    labels,
    onLabel: async (id) => {
      told.push(id);
    },
    ...parts,
  });
  const post = async (body: unknown, id: string = prediction.prediction_id, authorizer?: object) => {
    const event = createHttpEvent({
      contentType: "application/json",
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
    event.pathParameters = { prediction_id: id };
    if (authorizer !== undefined) Object.assign(event.requestContext, { authorizer });
    const { statusCode, body: text } = await route({ event, requestId: "request" });
    return { statusCode, answer: JSON.parse(text) };
  };
  return { post, told, labels };
}

describe("POST /predictions/{prediction_id}/label", () => {
  it("keeps a label: 201; the same again is 200; another one is a correction", async () => {
    const { post, told } = createRoute();
    const first = await post({ label: "glaucoma" });
    expect(first).toMatchObject({
      statusCode: 201,
      answer: { label: "glaucoma", revision: 1, previous_label: null, predicted_class: "normal" },
    });
    expect(await post({ label: "glaucoma" })).toEqual({ ...first, statusCode: 200 });
    const correction = await post({ label: "normal" });
    expect(correction).toMatchObject({
      statusCode: 201,
      answer: { revision: 2, previous_label: "glaucoma" },
    });
    expect(await post({ label: "normal" })).toEqual({ ...correction, statusCode: 200 });
    expect(told).toHaveLength(4);
  });

  it("tells of a label again that is sent again, because telling failed", async () => {
    let tries = 0;
    const { post } = createRoute({
      onLabel: async () => {
        tries += 1;
        if (tries === 1) throw new Error("S3 is down");
      },
    });
    await expect(post({ label: "normal" })).rejects.toThrow("S3 is down");
    expect((await post({ label: "normal" })).statusCode).toBe(200);
    expect(tries).toBe(2);
  });

  const away = new StorageError("PutObject", "s3://log/labels", new Error("connect ECONNREFUSED"));
  it.each<[what: string, parts: Partial<LabelsDependencies>]>([
    ["the record is read", { findPrediction: async () => Promise.reject(away) }],
    ["the label is stored", { labels: { add: async () => Promise.reject(away) } }],
    ["the photograph is kept", { onLabel: async () => Promise.reject(away) }],
  ])("asks for the label again where S3 is away while %s", async (_, parts) => {
    await expect(createRoute(parts).post({ label: "normal" })).rejects.toMatchObject({
      status: 503,
      code: "labels_unavailable",
    });
  });

  it("asks for nothing again that S3 would refuse again", async () => {
    const cause = new AwsRefusalError(403, "AccessDenied", "denied", undefined);
    const refused = new StorageError("PutObject", "s3://log/labels", cause);
    const { post } = createRoute({ labels: { add: async () => Promise.reject(refused) } });
    await expect(post({ label: "normal" })).rejects.toBe(refused);
  });

  it.each([
    [{ jwt: { claims: { sub: "clinic-7" } } }, "clinic-7"],
    [{ iam: { userArn: "arn:aws:iam::1:user/ana" } }, "arn:aws:iam::1:user/ana"],
    [{ lambda: { principal: "key-3" } }, "key-3"],
    [undefined, "anonymous"],
  ])("keeps who said so: %j", async (authorizer, caller) => {
    const { post } = createRoute();
    expect((await post({ label: "normal" }, undefined, authorizer)).answer.labelled_by).toBe(caller);
    const named = await post({ label: "glaucoma", labelled_by: "Dr. Silva" }, undefined, authorizer);
    expect(named.answer.labelled_by).toBe(`Dr. Silva (${caller})`);
  });

  it("takes the id in capitals", async () => {
    const { post } = createRoute();
    expect((await post({ label: "normal" }, prediction.prediction_id.toUpperCase())).statusCode).toBe(201);
  });

  it.each([
    ["an unknown id", { label: "normal" }, predictionOf(0).prediction_id, 404, "prediction_not_found"],
    ["no id", { label: "normal" }, "photograph-1", 400, "invalid_request"],
    ["an unknown class", { label: "Normal" }, undefined, 422, "unknown_label"],
    ["a name of Object's", { label: "constructor" }, undefined, 422, "unknown_label"],
    ["no label", {}, undefined, 400, "invalid_request"],
    ["a misspelt field", { label: "normal", lable: "x" }, undefined, 400, "invalid_request"],
    ["no JSON", "label=normal", undefined, 400, "invalid_request"],
  ])("refuses %s", async (_, body, id, status, code) => {
    const { post, told } = createRoute();
    await expect(post(body, id)).rejects.toMatchObject({ status, code });
    expect(told).toEqual([]);
  });

  it.each([
    [{ label: "normal", note: "x" }, /but received .*"note"/],
    [{ label: "normal", labelled_by: "" }, /labelled_by: /],
    [{ label: "normal", labelled_by: "  " }, /labelled_by: Expected a name/],
    [{ label: "normal", labelled_by: "Jo\uFFFDo" }, /labelled_by: Expected a name .* in UTF-8/],
    [{ lable: "normal" }, /label: .*"lable"/],
  ])("names the field that is wrong: %j", async (body, message) => {
    await expect(createRoute().post(body)).rejects.toThrow(message);
  });

  it.each([
    { patient: "Jane Roe", born: "1961-02-03", label: "glaucoma" },
    { label: "normal", labelled_by: "Jane Roe\n" },
    { label: "Jane Roe" },
    "patient=Jane Roe",
  ])("repeats no value, which may be a patient's, since the log keeps refusals: %j", async (body) => {
    await expect(createRoute().post(body)).rejects.toThrow(/^(?!.*(Jane|1961))/s);
  });

  it("names the classes of the version that answered", async () => {
    await expect(createRoute().post({ label: "fine" })).rejects.toThrow(
      "Expected a class of eye-disease-model version 3 (cataract, diabetic_retinopathy, glaucoma, normal) but received another label",
    );
  });

  it("is closed unless it is switched on", async () => {
    const { post, labels } = createRoute({ closedBecause: "switched off" });
    await expect(post({ label: "normal" })).rejects.toMatchObject({ status: 404, code: "labels_off" });
    expect(await labels.readHistory(prediction.prediction_id)).toEqual([]);
  });
});
