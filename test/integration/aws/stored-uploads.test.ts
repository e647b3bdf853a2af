import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, expect, it } from "vitest";
import { createUploads } from "../../../functions/uploads/uploads.ts";
import { createObjectStore } from "../../../shared/aws/object-store.ts";
import { presignUpload } from "../../../shared/aws/presign-upload.ts";
import { createStoredUploads, uploadKey } from "../../../shared/aws/stored-uploads.ts";
import { type Upload, uploadSchema } from "../../../shared/schemas/upload.ts";
import { createHttpEvent } from "../../support/http-events.ts";
import { createRecordedLog } from "../../support/recorded-log.ts";
import { useSharedStack } from "../../support/stack.ts";

const { env, s3Url, uploadBucket: bucket } = useSharedStack();
Object.assign(process.env, env);
const s3 = { region: "us-east-1", endpoint: s3Url };
const store = createObjectStore(s3);
const maxBytes = 6_000_000;
const uploads = createStoredUploads({ store, bucket, maxBytes, log: createRecordedLog() });
const route = createUploads({ bucket, maxBytes, presign: (options) => presignUpload(s3, options) });
const made: string[] = [];
afterAll(() => store.deleteObjects(bucket, made.map(uploadKey)));

async function begin(): Promise<Upload> {
  const { statusCode, body } = await route({
    event: createHttpEvent({ path: "/uploads" }),
    requestId: "request-1",
  });
  expect(statusCode).toBe(201);
  const upload = uploadSchema.parse(JSON.parse(body));
  made.push(upload.upload_id);
  return upload;
}

async function post({ url, fields }: Upload, photograph: Uint8Array): Promise<number> {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", new Blob([new Uint8Array(photograph)]));
  const response = await fetch(url, { method: "POST", body: form, signal: AbortSignal.timeout(20_000) });
  await response.body?.cancel();
  return response.status;
}

it("An uploaded photograph is fetched byte by byte, and is gone once discarded", async () => {
  const photograph = randomBytes(5_500_000);
  const upload = await begin();
  expect(await post(upload, photograph)).toBeLessThan(300);
  const fetched = await uploads.fetch(upload.upload_id);
  expect(Buffer.compare(fetched, photograph)).toBe(0);
  await uploads.discard(upload.upload_id);
  await expect(uploads.fetch(upload.upload_id)).rejects.toMatchObject({
    status: 404,
    code: "upload_not_found",
  });
});

it("S3 refuses a photograph over the limit, another key, and a form that was changed", async () => {
  const upload = await begin();
  expect(await post(upload, randomBytes(maxBytes + 1))).toBeGreaterThanOrEqual(400);
  const otherKey = { ...upload, fields: { ...upload.fields, key: uploadKey(randomUUID()) } };
  expect(await post(otherKey, randomBytes(10))).toBeGreaterThanOrEqual(400);
  const policy = Buffer.from(upload.fields.policy ?? "", "base64").toString();
  const wider = Buffer.from(policy.replace(String(maxBytes), "99999999")).toString("base64");
  const changed = { ...upload, fields: { ...upload.fields, policy: wider } };
  expect(await post(changed, randomBytes(10))).toBeGreaterThanOrEqual(400);
  await expect(uploads.fetch(upload.upload_id)).rejects.toMatchObject({ status: 404 });
});

it("What lies there over the limit is refused unread", async () => {
  const { upload_id } = await begin();
  await store.putObject(bucket, uploadKey(upload_id), randomBytes(maxBytes + 1));
  await expect(uploads.fetch(upload_id)).rejects.toMatchObject({ status: 413, code: "payload_too_large" });
});
