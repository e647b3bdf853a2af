import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import { createTopicChannel } from "../../../../../functions/drift/alerts/topic-channel.ts";

const arn = "arn:aws:sns:eu-central-1:123456789012:alarms";
const received: { authorization: string | undefined; form: Record<string, string> }[] = [];
let refusal: string | undefined;
const server = createServer(async (request, response) => {
  const form = Object.fromEntries(new URLSearchParams(await text(request)));
  received.push({ authorization: request.headers.authorization, form });
  response.writeHead(refusal === undefined ? 200 : 403).end(refusal ?? "<PublishResponse/>");
});

beforeAll(async () => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.close();
});

const send = () => {
  const { port } = server.address() as AddressInfo;
  return createTopicChannel(arn, `http://127.0.0.1:${port}`).send({
    kind: "drift_began",
    episode_id: "1",
    subject: `Drift: o modelo não vê ${"muito ".repeat(30)}`,
    text: "Drift: o modelo não vê\nDigite agora: npm run drift",
    severity: "drift",
    causes: [],
    links: [],
    command: "npm run drift",
  });
};

it("publishes the whole text, with a subject that SNS takes, signed for SNS in the topic's region", async () => {
  await send();
  const [{ authorization, form }] = received as [(typeof received)[number]];
  expect(authorization).toMatch(
    /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/sns\/aws4_request/,
  );
  expect(form).toMatchObject({
    Action: "Publish",
    TopicArn: arn,
    Message: "Drift: o modelo não vê\nDigite agora: npm run drift",
  });
  expect(form.Subject).toMatch(/^Drift: o modelo nao ve muito [\x20-\x7e]*$/);
  expect(form.Subject?.length).toBeLessThanOrEqual(100);
});

it("names the topic that refused", async () => {
  refusal =
    "<ErrorResponse><Error><Code>AuthorizationError</Code><Message>not allowed</Message></Error></ErrorResponse>";
  await expect(send()).rejects.toThrow(`SNS Publish to ${arn} failed`);
});
