import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { createObjectStore } from "../../../shared/aws/object-store.ts";

/** A real S3 answers 409 only while two write at once: here a server does that always. */
const server = createServer((request, response) => {
  request.resume().on("end", () => {
    const error = "<Error><Code>ConditionalRequestConflict</Code><Message>Try again</Message></Error>";
    response.writeHead(409, { "content-type": "application/xml" }).end(error);
  });
});

afterEach(() => server.close());

test("who meets another conditional write of the same key has lost, and nothing failed", async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.AWS_ACCESS_KEY_ID ??= "key";
  process.env.AWS_SECRET_ACCESS_KEY ??= "secret";
  const { putObject } = createObjectStore({ region: "us-east-1", endpoint });

  expect(await putObject("bucket", "lease", "{}", { ifAbsent: true })).toBeUndefined();
  expect(await putObject("bucket", "lease", "{}", { ifMatch: '"etag"' })).toBeUndefined();
  await expect(putObject("bucket", "lease", "{}")).rejects.toThrow(
    "S3 PutObject of s3://bucket/lease failed",
  );
});
