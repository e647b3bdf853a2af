import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { ensureRegisteredModel } from "../../scripts/start/packaged-model.ts";
import type { ErrorBody } from "../../shared/schemas/prediction.ts";
import type { Upload } from "../../shared/schemas/upload.ts";
import { send } from "../support/http-client.ts";
import { pngBomb } from "../support/image-files.ts";
import { readDeployedApi } from "../support/lambda/deployed-api.ts";
import { type Gateway, startGateway } from "../support/lambda/gateway.ts";
import { startPackagedFunction } from "../support/lambda/packaged-function.ts";
import { createForm, type FormPart } from "../support/multipart.ts";
import { normaliseAnswer } from "../support/normalise-answer.ts";
import { useOfflineServer } from "../support/service.ts";
import { useSharedStack } from "../support/stack.ts";

/**
 * The same requests to serverless-offline and to the package behind the Lambda emulator: who develops against `npm start`
 * meets what will be deployed.
 */

const id = randomUUID().slice(0, 8);
const offline = useOfflineServer(async () => {
  const env = settingsFor("offline");
  Object.assign(process.env, useSharedStack().env); // the AWS SDK finds its keys there
  await ensureRegisteredModel(env, () => {});
  return { environment: env };
});
let gateway: Gateway;
beforeAll(async () => {
  gateway = await startGateway({
    routes: readDeployedApi(inject("packaged").templates.zip),
    start: ({ name }) => startPackagedFunction(name, { env: settingsFor("packaged") }),
  });
});
afterAll(() => gateway?.stop());

/** One model for both; an inference log and an experiment of its own for each. */
const settingsFor = (side: string) => ({
  ...useSharedStack().env,
  MLFLOW_MODEL_NAME: `same-answers-${id}`,
  INFERENCE_LOG_PREFIX: `${id}-${side}/`,
  MLFLOW_EXPERIMENT_NAME: `${id}-${side}`,
  AUTH: "none", // the document and the pages say it, and the template closes what npm start leaves open
});

interface Request {
  method?: string;
  path: string;
  /** Name, value, name, value ... */
  headers?: string[];
  body?: Uint8Array | string;
}

async function sendToBoth({ path, ...request }: Request) {
  const [here, deployed] = await Promise.all(
    [offline().address, gateway.address].map((address) => send(address + path, request)),
  );
  if (here === undefined || deployed === undefined) throw new Error("Expected two answers");
  return { here, deployed };
}

/** @returns the answer of both */
async function expectSameAnswer(request: Request) {
  const { here, deployed } = await sendToBoth(request);
  expect(normaliseAnswer(here)).toEqual(normaliseAnswer(deployed));
  return here;
}

const sample = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
const jpeg: FormPart = { name: "file", fileName: "eye.jpg", contentType: "image/jpeg", content: sample };

const post = (contentType: string, body: Uint8Array | string): Request => ({
  ...{ method: "POST", path: "/predict", body },
  headers: ["Content-Type", contentType],
});
function postForm(...parts: FormPart[]): Request {
  const { contentType, body } = createForm(parts);
  return post(contentType, body);
}
const postFile = (content: Uint8Array | string) => postForm({ ...jpeg, content });

describe("a photograph gets the same answer", () => {
  it.each([
    ["in a form", postForm(jpeg)],
    ["in a form with other fields", postForm({ name: "note", content: "left, é" }, jpeg)],
    ["as a raw image", post("image/jpeg", sample)],
    ["as raw bytes", post("application/octet-stream", sample)],
  ])("%s", async (_, request) => {
    const answer = await expectSameAnswer(request);
    expect(answer.status).toBe(200);
    expect(answer.json()).toMatchObject({ model: { source: "mlflow_registry", version: "1" } });
  });
});

describe("what is not a photograph is refused in the same words", () => {
  const form = createForm([jpeg]);
  const halfOfJpeg = sample.subarray(0, sample.length / 2);

  it.each([
    ["an empty body", 400, post("image/jpeg", "")],
    ["no body", 400, { method: "POST", path: "/predict", headers: ["Content-Type", "image/jpeg"] }],
    ["no content type", 415, { method: "POST", path: "/predict", body: sample }],
    ["an empty form", 400, post(form.contentType, "")],
    ["a form without the field", 422, postForm({ ...jpeg, name: "photo" })],
    ["a form with text in the field", 422, postForm({ name: "file", content: "eye.jpg" })],
    ["a form with two files", 400, postForm(jpeg, jpeg)],
    ["a form with an empty file", 400, postFile("")],
    ["a form with another boundary", 400, post("multipart/form-data; boundary=other", form.body)],
    ["a form without a boundary", 400, post("multipart/form-data", form.body)],
    ["an unreadable content type", 415, post("nonsense", sample)],
    ["a form that is cut off", 400, post(form.contentType, form.body.subarray(0, -20_000))],
    ["text named .jpg", 400, postFile("I am no photograph")],
    ["text sent as an image", 400, post("image/jpeg", "I am no photograph")],
    ["a truncated JPEG", 400, postFile(halfOfJpeg)],
    ["a PNG of 40,000 x 40,000 pixels", 400, postFile(pngBomb())],
    ["JSON", 415, post("application/json", '{"file": "eye.jpg"}')],
    ["plain text", 415, post("text/plain; charset=utf-8", "eye")],
    ["an image sent as plain text", 415, post("text/plain", sample)],
  ] as [string, number, Request][])("%s", async (_, status, request) => {
    expect((await expectSameAnswer(request)).status).toBe(status);
  });
});

describe("a photograph over what a request carries", () => {
  it("goes through the bucket of uploads, is answered, and is gone then", async () => {
    const noise = { width: 2_000, height: 2_000, channels: 3, background: "#804020" } as const;
    const photograph = await sharp({
      create: { ...noise, noise: { type: "gaussian", mean: 120, sigma: 30 } },
    })
      .tiff({ compression: "none" })
      .toBuffer();
    expect(photograph.length).toBeGreaterThan(10 * 1024 * 1024);
    for (const { address } of [offline(), gateway]) {
      const { upload_id, url, fields } = (
        await send(`${address}/uploads`, { method: "POST" })
      ).json<Upload>();
      const form = createForm([
        ...Object.entries(fields).map(([name, content]) => ({ name, content })),
        { name: "file", fileName: "photograph", content: photograph },
      ]);
      const headers = ["Content-Type", form.contentType];
      expect((await send(url, { method: "POST", headers, body: form.body })).status).toBeLessThan(300);
      const predict = postForm({ name: "upload_id", content: upload_id });
      const answer = await send(address + predict.path, predict);
      expect([answer.status, answer.body.slice(0, 200)]).toEqual([200, expect.any(String)]);
      expect(answer.json()).toHaveProperty("predicted_class");
      const again = await send(address + predict.path, predict);
      expect([again.status, again.json<ErrorBody>().error]).toEqual([404, "upload_not_found"]);
    }
  });
});

describe("every other route gives the same answer", () => {
  it.each([
    ["the description", { path: "/" }, "application/json"],
    ["the page", { path: "/", headers: ["Accept", "text/html,*/*;q=0.8"] }, "text/html"],
    ["health", { path: "/health" }, "application/json"],
    ["metrics", { path: "/metrics" }, "application/json"],
    ["docs", { path: "/docs" }, "text/html"],
    ["redoc", { path: "/redoc" }, "text/html"],
    ["the model's card", { path: "/model-card" }, "text/html"],
    ["the manifest", { path: "/assets/manifest.webmanifest" }, "application/manifest+json"],
    ["an icon", { path: "/assets/icon-512.png" }, "image/png"],
    ["the sample", { path: "/assets/sample.jpg" }, "image/jpeg"],
    ["the document", { path: "/openapi.json" }, "application/json"],
  ])("%s", async (_, request: Request, contentType) => {
    const { status, headers } = await expectSameAnswer(request);
    expect(status).toBe(200);
    expect(headers["content-type"]).toContain(contentType);
  });

  it.each([
    ["GET", "/nowhere", 404],
    ["POST", "/predict/1", 404],
    ["GET", "/Health", 404],
    ["GET", "/a%20b/%C3%A9", 404],
    ["GET", "/predict", 405],
    ["DELETE", "/predict", 405],
    ["POST", "/health", 405],
    ["HEAD", "/predict", 405],
    ["HEAD", "/assets/icon.svg", 200],
    ["GET", "/assets/nothing.svg", 404],
    ["PUT", "/", 405],
  ])("%s %s is %d", async (method, path, status) => {
    expect((await expectSameAnswer({ method, path })).status).toBe(status);
  });
});

describe("headers and query mean the same", () => {
  it.each([
    ["repeated headers", { path: "/", headers: ["Accept", "application/json;q=0.5", "accept", "text/html"] }],
    ["another spelling", { path: "/", headers: ["ACCEPT", "text/html"] }],
    ["cookies", { path: "/", headers: ["Cookie", "a=1; b=2", "Accept", "text/html"] }],
    ["repeated keys in the query", { path: "/?a=1&a=2&b=%C3%A9&c=", headers: ["Accept", "text/html"] }],
  ])("%s", async (_, request: Request) => {
    expect((await expectSameAnswer(request)).headers["content-type"]).toContain("text/html");
  });
});
