import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { downloadArtifact, getRun, unwrap, uploadArtifact } from "../../index.ts";
import { connectionFailure, createFakeServer, json } from "../fake-server.ts";

const never = () => new Promise<Response>(() => {});

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe("the timeout", () => {
  it("ends an attempt that gets no answer", async () => {
    const { client, requests } = createFakeServer([never], { timeoutMs: 1000, maxAttempts: 2 });
    const call = getRun(client, "r1").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(2500);
    expect(await call).toMatchObject({
      errorCode: "TIMEOUT",
      message: "GET /api/2.0/mlflow/runs/get: MLflow did not answer within 1000 ms",
      requestId: requests[0]?.headers.get("x-request-id"),
    });
    expect(requests).toHaveLength(2);
  });

  it("counts the body of an answer as well", async () => {
    const answer = ({ signal }: RequestInit) => new Response(failWhenAborted(signal));
    const { client } = createFakeServer([answer], { timeoutMs: 1000, maxAttempts: 1 });
    const call = getRun(client, "r1").catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1001);
    expect(await call).toMatchObject({ errorCode: "TIMEOUT" });
  });

  it("is not waited for once the answer is there", async () => {
    const { client } = createFakeServer([() => json({})], { timeoutMs: 1000 });
    await getRun(client, "r1");
    expect(vi.getTimerCount()).toBe(0);
  });

  it("does not begin again when a stream is cancelled after its request has failed", async () => {
    let sent: RequestInit["body"];
    const failing = (init: RequestInit) => {
      sent = init.body;
      return connectionFailure("EPIPE");
    };
    const { client } = createFakeServer([failing]);
    await expect(uploadArtifact(client, "a/b.bin", createDrip(3).body)).rejects.toThrow("EPIPE");
    await (sent as ReadableStream).cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it("counts only the pauses of a download", async () => {
    const { body, send } = createDrip(3);
    const { client } = createFakeServer([() => new Response(body)], { timeoutMs: 1000 });
    const bytes = new Response(await downloadArtifact(client, "a/b.bin")).arrayBuffer();
    for (let piece = 0; piece < 3; piece += 1) {
      await vi.advanceTimersByTimeAsync(900);
      send();
    }
    expect((await bytes).byteLength).toBe(3);
    await vi.advanceTimersByTimeAsync(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it("ends a download that falls silent", async () => {
    let signal: AbortSignal | null | undefined;
    const answer = (init: RequestInit) => {
      signal = init.signal;
      return new Response(createDrip(3).body);
    };
    const { client } = createFakeServer([answer], { timeoutMs: 1000 });
    await downloadArtifact(client, "a/b.bin");
    await vi.advanceTimersByTimeAsync(999);
    expect(signal?.aborted).toBe(false);
    await vi.advanceTimersByTimeAsync(2);
    expect(signal?.reason).toMatchObject({ errorCode: "TIMEOUT" });
  });

  it("counts only the pauses of a streamed upload, and the wait for its answer", async () => {
    const { body, send } = createDrip(3);
    const received = vi.fn();
    const answer = async (init: RequestInit) => {
      for await (const piece of init.body as ReadableStream<Uint8Array>) received(...piece);
      return never();
    };
    const { client, requests } = createFakeServer([answer], { timeoutMs: 1000 });
    const upload = uploadArtifact(client, "a/b.bin", body).catch((error: unknown) => error);
    for (let piece = 0; piece < 3; piece += 1) {
      await vi.advanceTimersByTimeAsync(900);
      send();
    }
    await vi.advanceTimersByTimeAsync(900);
    expect(received.mock.calls).toEqual([[0], [1], [2]]);
    await vi.advanceTimersByTimeAsync(101);
    expect(await upload).toMatchObject({ errorCode: "TIMEOUT" });
    expect(requests).toHaveLength(1);
  });
});

it("tells an abort by the caller from a timeout", async () => {
  const { client } = createFakeServer([never]);
  const caller = new AbortController();
  const call = unwrap(client.GET("/health", { parseAs: "text", signal: caller.signal })).catch(
    (e: unknown) => e,
  );
  await vi.advanceTimersByTimeAsync(1);
  caller.abort();
  expect(await call).toMatchObject({ errorCode: "ABORTED", message: "GET /health: aborted by the caller" });
});

/** A body that gives a byte each time it is told to, and ends after `pieces` of them. */
function createDrip(pieces: number): { body: ReadableStream<Uint8Array>; send: () => void } {
  let sent = 0;
  let controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  const body = new ReadableStream<Uint8Array>({
    start: (started) => {
      controller = started;
    },
  });
  const send = () => {
    controller?.enqueue(new Uint8Array([sent]));
    sent += 1;
    if (sent === pieces) controller?.close();
  };
  return { body, send };
}

/** A body that never gives a byte; as fetch's does, it ends with its request. */
function failWhenAborted(signal: AbortSignal | null | undefined): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      signal?.addEventListener("abort", () => controller.error(signal.reason));
    },
  });
}
