import { existsSync, readFileSync } from "node:fs";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { predictionSchema } from "../../shared/schemas/prediction.ts";
import { send } from "../support/http-client.ts";
import { animatedGif, noisyJpeg, plainJpeg, pngBomb, svgDrawing } from "../support/image-files.ts";
import { readReference } from "../support/image-references.ts";
import { createForm } from "../support/multipart.ts";
import { createPredictClient, errorOf, expectPrediction } from "../support/predict-client.ts";
import { useSharedService } from "../support/service.ts";

const address = useSharedService();
const { post, postFile, postForm } = createPredictClient(() => address);
const url = (path: string) => address + path;

const sample = readFileSync("models/eye-disease/sample/normal-left-eye-cc0.jpg");
const shared = "../shared";
interface Reference {
  file: string;
  probabilities: Record<string, number>;
}

const toProbabilities = (percents: Record<string, number>) =>
  Object.fromEntries(Object.entries(percents).map(([name, percent]) => [name, percent / 100]));
const highest = (values: Record<string, number>) =>
  Object.entries(values).reduce((best, next) => (next[1] > best[1] ? next : best))[0];

function largestDifference(a: Record<string, number>, b: Record<string, number>): number {
  expect(Object.keys(a)).toEqual(Object.keys(b));
  return Math.max(...Object.keys(a).map((name) => Math.abs((a[name] ?? 0) - (b[name] ?? 1))));
}

/** Probabilities of the same picture may differ so much: decoders reduce large pictures in different ways. */
const sameAnswer = 0.02;

/** Largest difference between the probabilities of two pictures. */
async function compareAnswers(a: Uint8Array, b: Uint8Array): Promise<number> {
  const first = expectPrediction(await postFile(a));
  const second = expectPrediction(await postFile(b));
  return largestDifference(toProbabilities(first.all_predictions), toProbabilities(second.all_predictions));
}

describe("a photograph", () => {
  it("comes back with what moved the answer, as a picture of its own where that is wanted", async () => {
    const body = new Blob([sample], { type: "image/jpeg" });
    const answer = await fetch(url("/predict"), { method: "POST", body, headers: { accept: "image/png" } });
    expect(answer.headers.get("content-type")).toBe("image/png");
    const { width, height } = await sharp(Buffer.from(await answer.arrayBuffer())).metadata();
    expect([width, height]).toEqual([256, 256]);
    const json = await fetch(url("/predict?explain=true"), { method: "POST", body });
    const { explanation } = predictionSchema.parse(await json.json());
    expect(explanation?.image).toMatch(/^data:image\/png;base64,/);
  });

  it("is answered with the four probabilities and the version that gave them", async () => {
    const answer = await postFile(sample);
    const prediction = expectPrediction(answer);
    expect(predictionSchema.parse(prediction)).toEqual(prediction);
    expect(Object.keys(prediction.all_predictions)).toEqual([
      "cataract",
      "diabetic_retinopathy",
      "glaucoma",
      "normal",
    ]);
    expect(prediction).toMatchObject({
      predicted_class: "normal",
      confidence: prediction.all_predictions.normal,
      model: { version: "1", source: "mlflow_registry", engine: "onnx" },
    });
    expect(Math.abs(prediction.confidence - 81)).toBeLessThan(3);
    expect(Object.values(prediction.all_predictions).reduce((sum, value) => sum + value)).toBeCloseTo(100, 1);
    expect(answer.headers).toMatchObject({
      "x-request-id": expect.any(String),
      "x-content-type-options": "nosniff",
    });
  });

  it.skipIf(!existsSync(`${shared}/fundus`))(
    "of the twelve in ../shared/fundus is answered as the model's training would",
    async () => {
      const references: Reference[] = JSON.parse(readFileSync("test/fixtures/model-references.json", "utf8"));
      expect(references).toHaveLength(12);
      const differences: number[] = [];
      for (const { file, probabilities } of references) {
        const prediction = expectPrediction(await postFile(readFileSync(`${shared}/fundus/${file}`)));
        expect({ file, class: prediction.predicted_class }).toEqual({ file, class: highest(probabilities) });
        differences.push(largestDifference(probabilities, toProbabilities(prediction.all_predictions)));
      }
      console.log(`Largest difference of a probability: ${Math.max(...differences).toFixed(4)}`);
      expect(Math.max(...differences)).toBeLessThan(0.05);
    },
  );

  it("may come as a raw body, with the same answer", async () => {
    const asFile = expectPrediction(await postFile(sample));
    for (const contentType of ["image/jpeg", "application/octet-stream"]) {
      const raw = expectPrediction(await post(contentType, sample));
      expect(raw.all_predictions).toEqual(asFile.all_predictions);
    }
  });

  it.each(["png", "webp", "tiff"] as const)("in %s is answered as in JPEG", async (format) => {
    const options = { png: {}, webp: { lossless: true }, tiff: { compression: "lzw" } };
    const converted = await sharp(sample).toFormat(format, options[format]).toBuffer();
    expect(await compareAnswers(sample, converted)).toBeLessThan(sameAnswer);
  });

  it.each([
    "mode-cmyk.jpg",
    "mode-colour-16.png",
    "mode-greyscale.jpg",
    "mode-alpha.png",
    "mode-palette.png",
    "mode-lzw.tif",
  ])("in an unusual form is answered: %s", async (name) => {
    expectPrediction(await postFile(readReference(name)));
  });

  it("that the camera turned is answered as if upright", async () => {
    const picture = sharp(sample).resize(512, 384, { fit: "fill" });
    const upright = await picture.clone().png().toBuffer();
    const turned = await sharp(await picture.clone().rotate(-90).png().toBuffer())
      .withMetadata({ orientation: 6 })
      .png()
      .toBuffer();
    expect(await compareAnswers(upright, turned)).toBeLessThan(sameAnswer);
  });

  it("as the replaced service's own test client sends it, plain red, is answered", async () => {
    expectPrediction(await postFile(await plainJpeg()));
  });

  it("of one pixel is answered: it is a photograph, if a poor one", async () => {
    expectPrediction(await postFile(await plainJpeg(1, 1)));
  });
});

describe("bad input", () => {
  const jpeg = { name: "file", fileName: "eye.jpg", contentType: "image/jpeg", content: sample };
  const form = createForm([jpeg]);

  it.each([
    ["an empty body", () => post("image/jpeg", ""), 400, "invalid_request"],
    ["an empty form", () => post(form.contentType, ""), 400, "invalid_request"],
    ["a form without the field", () => postForm([{ ...jpeg, name: "photo" }]), 422, "missing_file"],
    [
      "a form with text in the field",
      () => postForm([{ name: "file", content: "eye.jpg" }]),
      422,
      "missing_file",
    ],
    ["a form with two files", () => postForm([jpeg, jpeg]), 400, "invalid_request"],
    ["a form with an empty file", () => postForm([{ ...jpeg, content: "" }]), 400, "invalid_request"],
    [
      "a form with another boundary",
      () => post("multipart/form-data; boundary=other", form.body),
      400,
      "invalid_request",
    ],
    ["a form without a boundary", () => post("multipart/form-data", form.body), 400, "invalid_request"],
    [
      "a form that is cut off",
      () => post(form.contentType, form.body.subarray(0, -20_000)),
      400,
      "invalid_request",
    ],
    ["text named .jpg", () => postFile(Buffer.from("I am no photograph")), 400, "invalid_image"],
    ["a truncated JPEG", async () => postFile((await noisyJpeg()).subarray(0, 20_000)), 400, "invalid_image"],
    ["a PNG of 40,000 x 40,000 pixels", () => postFile(pngBomb()), 400, "invalid_image"],
    ["an animated GIF", async () => postFile(await animatedGif()), 400, "invalid_image"],
    ["an SVG drawing", () => postFile(svgDrawing()), 400, "invalid_image"],
    ["JSON", () => post("application/json", '{"file": "eye.jpg"}'), 415, "unsupported_media_type"],
    ["plain text", () => post("text/plain", "eye"), 415, "unsupported_media_type"],
    ["more than Lambda takes", () => postFile(Buffer.alloc(5_000_000, 1)), 413, "payload_too_large"],
    ["30 MB", () => postFile(Buffer.alloc(30_000_000, 1)), 413, "payload_too_large"],
  ])("%s is refused in words, and the next photograph is answered", async (_, request, status, error) => {
    expect(errorOf(await request())).toMatchObject({
      status,
      error,
      detail: expect.stringMatching(/^Expected /),
    });
    expectPrediction(await postFile(sample));
  });
});

describe("a request for something else", () => {
  it.each(["/nothing-here", "/predict/1", "/Predict"])("%s is 404", async (path) => {
    expect(errorOf(await send(url(path)))).toMatchObject({ status: 404, error: "not_found" });
  });

  it.each([
    ["GET", "/predict", "POST"],
    ["DELETE", "/predict", "POST"],
    ["POST", "/health", "GET, HEAD"],
    ["PUT", "/", "GET, HEAD"],
  ])("%s %s is 405", async (method, path, allowed) => {
    const answer = await send(url(path), { method });
    expect(errorOf(answer)).toMatchObject({ status: 405, error: "method_not_allowed" });
    expect(answer.headers.allow).toBe(allowed);
  });
});

it.each(["/", "/docs", "/redoc", "/openapi.json", "/health", "/metrics", "/dashboard/data", "/nothing-here"])(
  "HEAD %s is GET without a body",
  async (path) => {
    const [head, get] = [await send(url(path), { method: "HEAD" }), await send(url(path))];
    expect({ status: head.status, type: head.headers["content-type"], body: head.body }).toEqual({
      status: get.status,
      type: get.headers["content-type"],
      body: "",
    });
    // Figures change between the two.
    const [length, full] = [head, get].map(({ headers }) => Number(headers["content-length"]));
    expect(Math.abs((length ?? 0) - (full ?? 0))).toBeLessThan(100);
  },
);

describe("a page of another origin", () => {
  const origin = ["Origin", "https://clinic.example"];

  it("may ask", async () => {
    const headers = [
      ...origin,
      "Access-Control-Request-Method",
      "POST",
      "Access-Control-Request-Headers",
      "content-type,authorization,traceparent",
    ];
    const answer = await send(url("/predict"), { method: "OPTIONS", headers });
    expect(answer.status).toBe(204);
    expect(answer.headers).toMatchObject({
      "access-control-allow-origin": expect.stringMatching(/^(\*|https:\/\/clinic\.example)$/),
      "access-control-allow-methods": expect.stringContaining("POST"),
      "access-control-allow-headers": expect.stringMatching(/authorization,content-type.*traceparent/i),
    });
  });

  it("may read what it is answered, errors too", async () => {
    for (const path of ["/openapi.json", "/nothing-here"]) {
      expect((await send(url(path), { headers: origin })).headers).toHaveProperty(
        "access-control-allow-origin",
      );
    }
  });
});
