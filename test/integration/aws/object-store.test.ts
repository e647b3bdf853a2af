import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { buffer } from "node:stream/consumers";
import { describe, expect, it, onTestFinished } from "vitest";
import { createObjectStore, type ListedObject } from "../../../shared/aws/object-store.ts";
import { StorageError } from "../../../shared/aws/storage-error.ts";
import { mapInParallel } from "../../../shared/resilience/in-parallel.ts";
import { useSharedStack } from "../../support/stack.ts";

const { env, s3Url, inferenceLogBucket: bucket } = useSharedStack();
Object.assign(process.env, env);
const store = createObjectStore({ region: "us-east-1", endpoint: s3Url });

const createKey = () => `object-store/${randomUUID()}/key with ção & more.json`;
const textOf = (object: { bytes: Uint8Array } | undefined) => object && Buffer.from(object.bytes).toString();

async function collect(objects: AsyncIterable<ListedObject>): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of objects) keys.push(key);
  return keys;
}

describe("object store", () => {
  it("gives back what was put, byte for byte", async () => {
    const key = createKey();
    const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7919) % 256);
    const etag = await store.putObject(bucket, key, bytes);

    const object = await store.getObject(bucket, key);
    const stream = await store.openObject(bucket, key);

    expect(Buffer.from(object?.bytes ?? []).equals(bytes)).toBe(true);
    expect(object?.etag).toBe(etag);
    expect(stream?.sizeBytes).toBe(300_000);
    expect(stream && (await buffer(stream.body)).equals(bytes)).toBe(true);
  });

  it("gives undefined for a key that is not there, and an error for a bucket that is not", async () => {
    expect(await store.getObject(bucket, createKey())).toBeUndefined();
    expect(await store.openObject(bucket, createKey())).toBeUndefined();
    await expect(store.getObject("no-such-bucket", "key")).rejects.toThrow(StorageError);
    await expect(store.openObject("no-such-bucket", "key")).rejects.toThrow("NoSuchBucket");
  });

  it("writes only where no object is when told so", async () => {
    const key = createKey();

    expect(await store.putObject(bucket, key, "first", { ifAbsent: true })).toBeDefined();
    expect(await store.putObject(bucket, key, "second", { ifAbsent: true })).toBeUndefined();
    expect(textOf(await store.getObject(bucket, key))).toBe("first");
  });

  it("writes only over the object it is told of", async () => {
    const key = createKey();
    const etag = (await store.putObject(bucket, key, "first")) ?? "";

    expect(await store.putObject(bucket, createKey(), "new", { ifMatch: etag })).toBeUndefined();
    expect(await store.putObject(bucket, key, "second", { ifMatch: etag })).toBeDefined();
    expect(await store.putObject(bucket, key, "third", { ifMatch: etag })).toBeUndefined();
    expect(textOf(await store.getObject(bucket, key))).toBe("second");
  });

  it("lets one of many writers at once be the first", async () => {
    const key = createKey();
    const etags = await mapInParallel(["a", "b", "c", "d", "e", "f"], 6, (text) =>
      store.putObject(bucket, key, text, { ifAbsent: true }),
    );

    expect(etags.filter((etag) => etag !== undefined)).toHaveLength(1);
  });

  it("lists another ETag for other content at the same key, also after a deletion", async () => {
    const key = createKey();
    const listEtag = async () => (await store.listPage(bucket, { prefix: key })).objects[0]?.etag;
    await store.putObject(bucket, key, "first");
    const first = await listEtag();
    expect(first).toBeTruthy();
    expect(await listEtag()).toBe(first);
    await store.deleteObjects(bucket, [key]);
    await store.putObject(bucket, key, "second");

    expect(await listEtag()).not.toBe(first);
  });

  it("lists all pages in order, from where it is told, and deletes all of them", async () => {
    const prefix = `object-store/${randomUUID()}/`;
    const keys = Array.from({ length: 1_050 }, (_, index) => `${prefix}${String(index).padStart(4, "0")}`);
    await mapInParallel(keys, 16, (key) => store.putObject(bucket, key, "x"));

    const page = await store.listPage(bucket, { prefix });
    expect(page.objects).toHaveLength(1_000);
    expect(page.continuationToken).toBeDefined();
    expect(await collect(store.listObjects(bucket, { prefix }))).toEqual(keys);
    expect(await collect(store.listObjects(bucket, { prefix, startAfter: `${prefix}1047` }))).toEqual(
      keys.slice(1_048),
    );

    await store.deleteObjects(bucket, [...keys, `${prefix}never-there`]);
    expect(await collect(store.listObjects(bucket, { prefix }))).toEqual([]);
  });

  it("names the operation, the object and the reason when S3 cannot be reached", async () => {
    const away = createObjectStore({ region: "us-east-1", endpoint: "http://127.0.0.1:9" });

    await expect(away.putObject("bucket", "key", "x")).rejects.toThrow(
      /S3 PutObject of s3:\/\/bucket\/key failed \(.*ECONNREFUSED/,
    );
    await expect(away.getObject("bucket", "key")).rejects.toThrow(StorageError);
    await expect(away.listPage("bucket", { prefix: "" })).rejects.toThrow(StorageError);
    await expect(away.deleteObjects("bucket", ["key"])).rejects.toThrow(StorageError);
  });

  it("waits no longer than it is told for a server that says nothing", async () => {
    const server = createServer(() => {}).listen(0, "127.0.0.1");
    await once(server, "listening");
    onTestFinished(() => {
      server.close();
    });
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const silent = createObjectStore({ region: "us-east-1", endpoint: `http://127.0.0.1:${port}` });

    await expect(silent.putObject("bucket", "key", "x", { timeoutMs: 100 })).rejects.toThrow(StorageError);
    await expect(silent.getObject("bucket", "key", { timeoutMs: 100 })).rejects.toThrow(StorageError);
  });
});
