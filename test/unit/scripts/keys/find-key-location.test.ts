import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { findKeyLocation } from "../../../../scripts/keys/find-key-location.ts";

/** A CloudFormation without any stack. */
const server = createServer((_, response) =>
  response
    .writeHead(400, { "content-type": "text/xml" })
    .end(
      "<ErrorResponse><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id fundus-lambda-prod does not exist</Message></Error></ErrorResponse>",
    ),
);
const folder = mkdtempSync(path.join(tmpdir(), "keys-of-a-stage-"));
const environment = { ...process.env };

beforeAll(async () => {
  await once(server.listen(0, "127.0.0.1"), "listening");
  mkdirSync(path.join(folder, "stages"));
  writeFileSync(path.join(folder, "serverless.yml"), "");
  writeFileSync(path.join(folder, "stages/prod.env"), "AWS_REGION=eu-central-1\n");
  Object.assign(process.env, {
    AWS_ENDPOINT_URL_CLOUDFORMATION: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    AWS_ACCESS_KEY_ID: "test",
    AWS_SECRET_ACCESS_KEY: "test",
    AWS_REGION: "us-west-2",
  });
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
  for (const name of Object.keys(process.env)) if (!(name in environment)) delete process.env[name];
  Object.assign(process.env, environment);
});

it("looks for a stage's keys in the region that its settings name", async () => {
  await expect(findKeyLocation("prod", folder)).rejects.toThrow(
    "Expected the deployment stage prod in eu-central-1 but there is no fundus-lambda-prod",
  );
});

it("refuses what is not the name of a stage", async () => {
  await expect(findKeyLocation("../prod", folder)).rejects.toThrow(
    "Expected up to 20 letters, digits and hyphens for --stage but received ../prod",
  );
});
