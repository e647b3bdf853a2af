import { expect, it } from "vitest";
import { createReachability } from "../../../shared/resilience/reachability.ts";

it("is unknown at first, then says how the last call went, with the error while the server fails", () => {
  const server = createReachability({ now: () => 0, firstPauseMs: 10, longestPauseMs: 100 });
  expect(server.state()).toEqual({ status: "unknown" });
  expect([server.fail(new Error("first")), server.fail("second")]).toEqual([true, false]);
  expect(server.state()).toEqual({ status: "unreachable", lastError: "second" });
  expect([server.succeed(), server.succeed()]).toEqual([true, false]);
  expect(server.state()).toEqual({ status: "reachable" });
});
