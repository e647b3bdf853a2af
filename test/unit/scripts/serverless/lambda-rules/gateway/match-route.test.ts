import { expect, it } from "vitest";
import { matchRoute } from "../../../../../../scripts/serverless/lambda-rules/gateway/match-route.ts";

const routes = [
  "GET /",
  "GET /assets/{name}",
  "GET /assets/list",
  "POST /predictions/{id}/label",
  "$default",
];

it.each([
  ["GET", "/", "GET /", undefined],
  ["GET", "/assets/icon.svg", "GET /assets/{name}", { name: "icon.svg" }],
  ["GET", "/assets/a%20b", "GET /assets/{name}", { name: "a b" }],
  ["GET", "/assets/%zz", "GET /assets/{name}", { name: "%zz" }],
  ["GET", "/assets/list", "GET /assets/list", undefined],
  ["GET", "/assets/", "$default", undefined],
  ["GET", "/assets/a/b", "$default", undefined],
  ["HEAD", "/assets/icon.svg", "$default", undefined],
  ["POST", "/predictions/7/label", "POST /predictions/{id}/label", { id: "7" }],
  ["POST", "/predictions/7/labels", "$default", undefined],
])("%s %s goes to %s", (method, path, routeKey, pathParameters) => {
  expect(matchRoute(routes, method, path)).toEqual({ routeKey, ...(pathParameters && { pathParameters }) });
});
