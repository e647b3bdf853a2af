import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { createObjectStore } from "../../../shared/aws/object-store.ts";

test("a page of a proxy is neither a listing without objects nor an object", async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "test");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "test");
  const server = createServer((_, response) => {
    response.writeHead(200).end("<html><body>Please sign in</body></html>");
  });
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const store = createObjectStore({ region: "us-east-1", endpoint });

  await expect(store.listPage("bucket", { prefix: "folder/" })).rejects.toThrow(
    "S3 ListObjectsV2 of s3://bucket/folder/ failed (Error: expected a listing",
  );
  await expect(store.openObject("bucket", "key")).rejects.toThrow(
    "S3 GetObject of s3://bucket/key failed (Error: expected an ETag",
  );
});
