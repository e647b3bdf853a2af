import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createHttpEvent, createLambdaContext } from "../../../support/http-events.ts";

beforeEach(() => {
  vi.resetModules();
  vi.stubEnv("UPLOAD_BUCKET", "uploads");
  vi.stubEnv("AWS_ENDPOINT_URL_S3", "http://s3:8333");
  vi.stubEnv("AWS_ACCESS_KEY_ID", "key");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
});
afterEach(() => void vi.unstubAllEnvs());

it.each([
  ["", "http://s3:8333"],
  ["https://uploads.clinic.example", "https://uploads.clinic.example"],
])(
  "sends callers, and lets the page send, to UPLOAD_ENDPOINT_URL, else to the service's own S3: %j",
  async (endpoint, origin) => {
    vi.stubEnv("UPLOAD_ENDPOINT_URL", endpoint);
    const uploads = await import("../../../../functions/uploads/handler.ts");
    const { body } = await uploads.handler(createHttpEvent({ path: "/uploads" }), createLambdaContext());
    expect(JSON.parse(body)).toMatchObject({ url: `${origin}/uploads` });

    const docs = await import("../../../../functions/docs/handler.ts");
    const page = createHttpEvent({ method: "GET", path: "/", headers: { accept: "text/html" } });
    const { headers } = await docs.handler(page, createLambdaContext());
    expect(headers["content-security-policy"]).toContain(`connect-src 'self' ${origin};`);
  },
);
