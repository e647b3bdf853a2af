import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { GetObjectCommand, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findFreePort } from "../../../scripts/stack/ports.ts";
import { ensurePythonEnvironment } from "../../../scripts/stack/python-environment.ts";
import { createS3 } from "../../../scripts/stack/servers/s3.ts";
import type { Service } from "../../../scripts/stack/servers/service.ts";

const credentials = { accessKeyId: "test", secretAccessKey: randomBytes(24).toString("hex") };
let directory = "";
let port = 0;
let server: Service;

beforeEach(async () => {
  directory = mkdtempSync(path.join(tmpdir(), "fundus-stack-"));
  port = await findFreePort();
  server = createS3({
    ...{ directory, port, otherPorts: [], ...credentials, buckets: ["photographs"] },
    weed: (await ensurePythonEnvironment()).weed,
    environment: { PATH: process.env.PATH ?? "", HOME: directory },
  });
  await server.start();
});

afterEach(async () => {
  await server.stop();
  rmSync(directory, { recursive: true, force: true });
});

it("keeps no photograph readable on the disk, and gives none to who has no credential", async () => {
  const name = randomBytes(16).toString("hex");
  // Random, because what is easily compressed is kept compressed.
  const photograph = Buffer.concat([randomBytes(100_000), Buffer.from(name), randomBytes(9_000_000)]);
  const client = new S3Client({
    ...{ region: "us-east-1", endpoint: `http://127.0.0.1:${port}`, forcePathStyle: true, credentials },
  });
  const object = { Bucket: "photographs", Key: "kept/one.png" };

  await client.send(new PutObjectCommand({ ...object, Body: photograph }));

  const files = readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name));
  expect(files.some((file) => file.endsWith(".dat"))).toBe(true);
  expect(files.filter((file) => readFileSync(file).includes(name))).toEqual([]);
  const filer = `http://127.0.0.1:${findFilerPort()}/buckets/photographs/kept/one.png`;
  for (const method of ["GET", "POST", "DELETE"]) {
    expect.soft((await fetch(filer, { method })).status, method).toBe(401);
  }
  const { Body } = await client.send(new GetObjectCommand(object));
  expect(photograph.equals((await Body?.transformToByteArray()) ?? Buffer.alloc(0))).toBe(true);
  const part = await client.send(new GetObjectCommand({ ...object, Range: "bytes=4000000-8999999" }));
  expect(
    photograph
      .subarray(4_000_000, 9_000_000)
      .equals((await part.Body?.transformToByteArray()) ?? Buffer.alloc(0)),
  ).toBe(true);
});

/** From the command line of the server, which alone knows which free ports its parts have. */
function findFilerPort(): string | undefined {
  const commands = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, "utf8");
      } catch {
        return "";
      }
    });
  const own = commands.find((command) => command.includes(directory));
  return /-filer\.port=(\d+)/.exec(own ?? "")?.[1];
}
