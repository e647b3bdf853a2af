import { expect, it } from "vitest";
import { needsCaller } from "../../../shared/http/service-routes.ts";

it("a HEAD is as closed as its GET", () => {
  expect(["GET /metrics", "HEAD /metrics", "HEAD /dashboard/data"].map(needsCaller)).toEqual([
    true,
    true,
    true,
  ]);
  expect(["GET /health", "HEAD /health", "HEAD /docs"].map(needsCaller)).toEqual([false, false, false]);
});
