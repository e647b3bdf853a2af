import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { describe, expect, onTestFinished, test } from "vitest";
import { type PutObjectOptions, putObject } from "../../../shared/aws/put-object.ts";

interface Received extends IncomingMessage {
  body: string;
}
type Answer = (request: Received, response: ServerResponse) => void;

/** A server that sends what a real S3 rarely sends: the responses of a test, one per request, the last one repeatedly. */
async function startS3(...answers: Answer[]) {
  const received: Received[] = [];
  let connections = 0;
  const server = createServer(async (request, response) => {
    const whole = Object.assign(request, { body: await text(request) });
    received.push(whole);
    (answers[received.length - 1] ?? answers.at(-1) ?? ok)(whole, response);
  });
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const renewals: boolean[] = [];
  const resolveCredentials = async ({ mustRenew }: { mustRenew: boolean }) => {
    renewals.push(mustRenew);
    return { accessKeyId: `key-${renewals.length}`, secretAccessKey: "secret", sessionToken: "token" };
  };
  const put = (options: PutObjectOptions = {}) =>
    putObject(
      { region: "us-east-1", endpoint },
      resolveCredentials,
      "bucket",
      "a folder/é.json",
      "{}",
      options,
    );
  return { put, received, renewals, connections: () => connections };
}

const ok: Answer = (_, response) => response.writeHead(200, { etag: '"etag"' }).end();
const refuse =
  (status: number, code: string, headers: Record<string, string> = {}): Answer =>
  (_, response) =>
    response.writeHead(status, headers).end(`<Error><Code>${code}</Code><Message>no</Message></Error>`);
const reset: Answer = (request) => request.socket.destroy();
const hang: Answer = () => {};

describe("putObject", () => {
  test("writes what it is given over a connection that stays open", async () => {
    const { put, received, connections } = await startS3(ok);
    for (let i = 0; i < 5; i += 1) expect(await put({ contentType: "text/plain" })).toBe('"etag"');

    expect(connections()).toBe(1);
    expect(received[4]).toMatchObject({
      method: "PUT",
      url: "/bucket/a%20folder/%C3%A9.json",
      body: "{}",
      headers: { "content-type": "text/plain", "content-length": "2", "x-amz-security-token": "token" },
    });
  });

  test.each([
    ["S3 is overloaded", refuse(503, "SlowDown")],
    ["S3 fails", refuse(500, "InternalError")],
    ["the connection breaks", reset],
  ])("tries again when %s, three times in all", async (_, failure) => {
    expect(await (await startS3(failure, failure, ok)).put()).toBe('"etag"');
    const { put, received } = await startS3(failure);
    await expect(put()).rejects.toThrow("S3 PutObject of s3://bucket/a folder/é.json failed (");
    expect(received).toHaveLength(3);
  });

  test("has written nothing where a proxy answers in S3's place", async () => {
    const { put } = await startS3((_, response) =>
      response.writeHead(200).end("<html>Please sign in</html>"),
    );
    await expect(put()).rejects.toThrow("expected an ETag");
  });

  test("does not repeat what S3 refuses", async () => {
    const { put, received } = await startS3(refuse(403, "AccessDenied"));
    await expect(put()).rejects.toThrow("(AccessDenied: no)");
    expect(received).toHaveLength(1);
  });

  test("asks for new keys when those it has have expired", async () => {
    const { put, received, renewals } = await startS3(refuse(400, "ExpiredToken"), ok);
    expect(await put()).toBe('"etag"');
    expect(renewals).toEqual([false, true]);
    expect(received[1]?.headers.authorization).toContain("Credential=key-2/");
  });

  test("goes by S3's clock when its own is hours off", async () => {
    const date = new Date(Date.now() + 5 * 3_600_000).toUTCString();
    const { put, received } = await startS3(refuse(403, "RequestTimeTooSkewed", { date }), ok);
    expect(await put()).toBe('"etag"');
    expect(await put()).toBe('"etag"');
    // As 20261231T235959Z. The first request goes by what earlier tests of this process have learnt.
    const times = received
      .slice(1)
      .map(({ headers }) =>
        Date.parse(String(headers["x-amz-date"]).replace(/(....)(..)(.....)(..)(..Z)/, "$1-$2-$3:$4:$5")),
      );
    const hoursOn = times.map((time) => Math.round((time - Date.now()) / 3_600_000));
    expect(hoursOn).toEqual([5, 5]);
  });

  test("waits no longer than it may", async () => {
    const { put } = await startS3(hang);
    const startedMs = performance.now();
    await expect(put({ timeoutMs: 50 })).rejects.toThrow("TimeoutError");
    expect(performance.now() - startedMs).toBeLessThan(10_000);
  });

  test("has written where the condition does not hold any more only because the answer was lost", async () => {
    const find =
      (body: string): Answer =>
      (_, response) =>
        response.writeHead(200, { etag: '"found"' }).end(body);
    const unmet = refuse(412, "PreconditionFailed");
    const { put, received } = await startS3(reset, unmet, find("{}"));
    expect(await put({ ifMatch: '"old"' })).toBe('"found"');
    expect(received.map(({ method }) => method)).toEqual(["PUT", "PUT", "GET"]);
    const other = await startS3(reset, unmet, find('{"of":"another"}'));
    expect(await other.put({ ifAbsent: true })).toBeUndefined();
    const deleted = await startS3(reset, unmet, refuse(404, "NoSuchKey"));
    expect(await deleted.put({ ifMatch: '"old"' })).toBeUndefined();
  });

  test.each([409, 412])(
    "has lost, and nothing failed, when a condition does not hold (%i)",
    async (status) => {
      const { put, received } = await startS3(refuse(status, "ConditionalRequestConflict"));
      expect(await put({ ifAbsent: true })).toBeUndefined();
      expect(await put({ ifMatch: '"old"' })).toBeUndefined();
      expect(received.map(({ headers }) => [headers["if-none-match"], headers["if-match"]])).toEqual([
        ["*", undefined],
        [undefined, '"old"'],
      ]);
      await expect(put()).rejects.toThrow("S3 PutObject");
    },
  );
});
