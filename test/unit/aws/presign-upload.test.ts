import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, it } from "vitest";

it("signs with the keys of the environment without loading AWS's SDK", () => {
  const program = `
    import { registerHooks } from "node:module";
    const loaded = [];
    registerHooks({ load: (url, context, next) => (loaded.push(url), next(url, context)) });
    const { presignUpload } = await import(${JSON.stringify(path.resolve("shared/aws/presign-upload.ts"))});
    const s3 = { region: "us-east-1" };
    const place = { bucket: "uploads", key: "uploads/1", maxBytes: 1000, expiresInSeconds: 900, nowMs: 0 };
    const { fields } = await presignUpload(s3, place);
    console.log(JSON.stringify({ fields, sdk: loaded.filter((url) => url.includes("aws-sdk")) }));`;
  const printed = execFileSync(process.execPath, ["--input-type=module", "--eval", program], {
    encoding: "utf8",
    env: { AWS_ACCESS_KEY_ID: "AKID", AWS_SECRET_ACCESS_KEY: "secret", AWS_SESSION_TOKEN: "token" },
  });
  const { fields, sdk } = JSON.parse(printed);
  expect(fields).toMatchObject({
    "x-amz-credential": "AKID/19700101/us-east-1/s3/aws4_request",
    "x-amz-security-token": "token",
    "x-amz-signature": expect.stringMatching(/^[0-9a-f]{64}$/),
  });
  expect(sdk).toEqual([]);
});
