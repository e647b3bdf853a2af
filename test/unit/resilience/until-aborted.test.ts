import { expect, it } from "vitest";
import { untilAborted } from "../../../shared/resilience/until-aborted.ts";

const forEver = new Promise<never>(() => {});

it("gives what the work gives, with and without a signal", async () => {
  const { signal } = new AbortController();
  expect(await untilAborted(Promise.resolve(1), undefined)).toBe(1);
  expect(await untilAborted(Promise.resolve(1), signal)).toBe(1);
  await expect(untilAborted(Promise.reject(new Error("failed")), signal)).rejects.toThrow("failed");
});

it("throws the reason of the signal, also when it was aborted before", async () => {
  const abort = new AbortController();
  const waiting = untilAborted(forEver, abort.signal);
  abort.abort(new Error("Interrupted"));
  await expect(waiting).rejects.toThrow("Interrupted");
  await expect(untilAborted(forEver, abort.signal)).rejects.toThrow("Interrupted");
  await expect(untilAborted(Promise.reject(new Error("failed")), abort.signal)).rejects.toThrow(
    "Interrupted",
  );
});
