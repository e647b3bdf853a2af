import { execFile } from "node:child_process";
import { createServer } from "node:http";
import path from "node:path";
import { expect, test } from "vitest";
import type { Finding } from "../../../scripts/doctor/finding.ts";
import { useSharedStack } from "../../support/stack.ts";
import { createWorkplace } from "../tracking/workplace.ts";

const stack = useSharedStack();
const command = path.resolve(import.meta.dirname, "../../../scripts/fundus.mjs");

async function runDoctor(environment: Record<string, string>, ...words: string[]) {
  const env = { PATH: process.env.PATH, NODE_NO_WARNINGS: "1", ...stack.env, ...environment };
  const { code, stdout } = await new Promise<{ code: number; stdout: string }>((resolve) => {
    execFile(process.execPath, [command, "doctor", "--json", ...words], { env }, (error, stdout) =>
      resolve({ code: error === null ? 0 : Number(error.code), stdout }),
    );
  });
  const { findings } = JSON.parse(stdout) as { findings: Finding[] };
  const find = (subject: string) => findings.find((finding) => finding.subject === subject);
  return { code, find };
}

test("finds MLflow, its clock, and the rights in the bucket healthy, and leaves nothing behind", async () => {
  const { location } = createWorkplace(stack);
  const { find } = await runDoctor({ INFERENCE_LOG_PREFIX: location.prefix });
  for (const subject of ["MLflow", "Clock", "S3", "Last drift report"])
    expect(find(subject)).toMatchObject({ subject, healthy: true });
  const { objects } = await location.store.listPage(location.bucket, { prefix: location.prefix });
  expect(objects).toEqual([]);
});

test.each([
  ["MLflow", { MLFLOW_TRACKING_URI: "http://127.0.0.1:9" }, /MLFLOW_TRACKING_URI/],
  ["Wanted version", { MLFLOW_MODEL_NAME: "never-registered" }, /npm run models/],
  ["S3", { AWS_SECRET_ACCESS_KEY: "not-the-key" }, /s3:GetObject/],
])("says what mends %s", async (subject, environment, remedy) => {
  const { code, find } = await runDoctor(environment);
  expect(code).toBe(1);
  expect(find(subject)).toMatchObject({ healthy: false, remedy: expect.stringMatching(remedy) });
});

test("an address that is not this service is said to be something else", async () => {
  const server = createServer((_, response) => response.end("hello"));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  const { code, find } = await runDoctor({}, `http://127.0.0.1:${port}`);
  server.close();
  expect(code).toBe(1);
  expect(find("Service")).toMatchObject({ healthy: false, detail: expect.stringContaining("hello") });
});
