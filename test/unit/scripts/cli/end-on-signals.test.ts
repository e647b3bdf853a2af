import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { endOnSignals } from "../../../../scripts/cli/end-on-signals.ts";

const signals = ["SIGHUP", "SIGINT", "SIGTERM"] as const;
const exit = vi.spyOn(process, "exit");
const complain = vi.spyOn(console, "error");
let others: Map<string, NodeJS.SignalsListener[]>;

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
  exit.mockReset().mockReturnValue(undefined as never);
  complain.mockReset().mockImplementation(() => {});
  others = new Map(signals.map((signal) => [signal, process.listeners(signal) as NodeJS.SignalsListener[]]));
});
afterEach(() => {
  vi.useRealTimers();
  for (const signal of signals)
    for (const listener of process.listeners(signal) as NodeJS.SignalsListener[])
      if (!others.get(signal)?.includes(listener)) process.off(signal, listener);
});

/** As when the system delivers it; the test's own runner does not listen. */
const receive = (signal: (typeof signals)[number]) => {
  for (const listener of process.listeners(signal) as NodeJS.SignalsListener[])
    if (!others.get(signal)?.includes(listener)) listener(signal);
};

it.each([
  ["SIGHUP", 129],
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("ends with the exit code of %s, as a shell shows it", async (signal, code) => {
  endOnSignals();
  receive(signal);
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(code), { timeout: 10_000 });
  expect(complain).not.toHaveBeenCalled();
});

it("waits ten seconds at most for what is to be done before, and then says so", async () => {
  endOnSignals(() => new Promise(() => {}));
  receive("SIGTERM");
  await vi.advanceTimersByTimeAsync(9_999);
  expect(exit).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(143), { timeout: 10_000 });
  expect(complain).toHaveBeenCalledWith("\nNot everything could be ended in order within 10 s.");
});

it("does once what is to be done, whoever repeats the signal, and ends even if it fails", async () => {
  const wrapUp = vi.fn(async () => {
    throw new Error("MLflow is away");
  });
  endOnSignals(wrapUp);
  receive("SIGINT");
  receive("SIGINT");
  await vi.waitFor(() => expect(exit).toHaveBeenCalledWith(130), { timeout: 10_000 });
  expect(wrapUp).toHaveBeenCalledExactlyOnceWith("SIGINT");
  expect(exit).toHaveBeenCalledOnce();
});
