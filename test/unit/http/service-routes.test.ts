import { expect, it } from "vitest";
import { needsCaller, serviceRoutes } from "../../../shared/http/service-routes.ts";

it("a HEAD is as closed as its GET", () => {
  expect(["GET /metrics", "HEAD /metrics", "HEAD /dashboard/data"].map(needsCaller)).toEqual([
    true,
    true,
    true,
  ]);
  expect(["GET /health", "HEAD /health", "HEAD /docs"].map(needsCaller)).toEqual([false, false, false]);
});

it("only pages, documents and /health are open to all", () => {
  expect(serviceRoutes.filter((route) => !needsCaller(route))).toEqual([
    "GET /",
    "GET /assets/{name}",
    "GET /dashboard",
    "GET /docs",
    "GET /health",
    "GET /model-card",
    "GET /openapi.json",
    "GET /redoc",
  ]);
});
