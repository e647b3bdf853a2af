import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { createDeliveryStream, DeliveryStreamError } from "../../../shared/aws/delivery-stream.ts";

type Answer = (response: ServerResponse) => void;

/** A server that sends what a real Firehose rarely sends: the responses of a test, the last one repeatedly. */
async function startFirehose(...answers: Answer[]) {
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  const server = createServer(async (request, response) => {
    received.push({ headers: request.headers, body: await text(request) });
    (answers[received.length - 1] ?? answers.at(-1) ?? taken)(response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stream = createDeliveryStream({ name: "log", region: "us-east-1", endpoint });
  return { received, put: () => stream.put('{"a":"é"}\n', { timeoutMs: 2_000 }) };
}

const taken: Answer = (response) => response.end('{"RecordId":"1","Encrypted":false}');
const refuse =
  (status: number, type: string, message = "no", headers: Record<string, string> = {}): Answer =>
  (response) =>
    response.writeHead(status, headers).end(JSON.stringify({ __type: `com.amazon#${type}`, message }));
const hang: Answer = () => {};

beforeEach(() => {
  vi.stubEnv("AWS_ACCESS_KEY_ID", "key");
  vi.stubEnv("AWS_SECRET_ACCESS_KEY", "secret");
  vi.stubEnv("AWS_PROFILE", "");
  return () => vi.unstubAllEnvs();
});

describe("PutRecord", () => {
  test("carries the lines as they are, signed for Firehose", async () => {
    const { put, received } = await startFirehose(taken);
    await put();

    const [{ headers, body } = { headers: {}, body: "" }] = received;
    expect(headers).toMatchObject({
      "x-amz-target": "Firehose_20150804.PutRecord",
      "content-type": "application/x-amz-json-1.1",
      authorization: expect.stringContaining("/us-east-1/firehose/aws4_request"),
    });
    const { DeliveryStreamName, Record } = JSON.parse(body);
    expect(DeliveryStreamName).toBe("log");
    expect(Buffer.from(Record.Data, "base64").toString()).toBe('{"a":"é"}\n');
  });

  test.each([
    ["overload", refuse(503, "ServiceUnavailableException")],
    ["throttling", refuse(400, "ThrottlingException")],
    ["expired keys", refuse(400, "ExpiredTokenException")],
  ])("is repeated after %s", async (_, answer) => {
    const { put, received } = await startFirehose(answer, taken);
    await put();
    expect(received).toHaveLength(2);
  });

  test("is not done where a proxy answers in Firehose's place", async () => {
    const { put } = await startFirehose((response) => response.end("<html>Please sign in</html>"));
    await expect(put()).rejects.toThrow("expected a RecordId");
  });

  test("goes by the server's clock when its own is wrong", async () => {
    const dateMs = Date.now() + 3_600_000;
    const skewed = refuse(400, "InvalidSignatureException", "Signature expired: 20261128T120000Z", {
      date: new Date(dateMs).toUTCString(),
    });
    const { put, received } = await startFirehose(skewed, taken, taken);
    await put();

    const sentAt = String(received[1]?.headers["x-amz-date"]).replace(
      /^(....)(..)(..T..)(..)(..Z)$/,
      "$1-$2-$3:$4:$5",
    );
    expect(Math.abs(Date.parse(sentAt) - dateMs)).toBeLessThan(5_000);
  });

  test.each([
    ["a stream that is not there", refuse(400, "ResourceNotFoundException", "Firehose log not found")],
    ["keys that are wrong", refuse(400, "InvalidSignatureException", "The signature does not match")],
  ])("is not repeated for %s, and says why it failed", async (_, answer) => {
    const { put, received } = await startFirehose(answer);
    await expect(put()).rejects.toThrow(/^Firehose PutRecord to log failed \(\w+Exception: /);
    expect(received).toHaveLength(1);
  });

  test("waits for no longer than its timeout", async () => {
    const { put } = await startFirehose(hang);
    const startedMs = performance.now();
    await expect(put()).rejects.toThrow(DeliveryStreamError);
    expect(performance.now() - startedMs).toBeLessThan(4_000);
  });
});
