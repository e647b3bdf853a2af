import { expect, it } from "vitest";
import { explainRefusal } from "../../../../../functions/docs/browser/dashboard/failure.ts";
import { dashboardTexts } from "../../../../../functions/docs/browser/dashboard/texts.ts";

it.each([
  [401, "field", { reason: "notAllowed" }],
  [403, "field", { reason: "notAllowed" }],
  [403, "signed", { reason: "notSigned" }],
  [403, "open", { status: 403 }],
  [429, "field", { reason: "tooManyRequests" }],
  [500, "field", { status: 500 }],
] as const)(
  "says of a response %d on a page with access %s what the reader can do",
  (status, access, failure) => {
    expect(explainRefusal(status, undefined, access)).toEqual(failure);
  },
);

it("blames the log for a 503 only where the service does", () => {
  expect(explainRefusal(503, "dashboard_unavailable", "open")).toEqual({ reason: "unavailable" });
  expect(explainRefusal(503, undefined, "open")).toEqual({ status: 503 });
});

it("tells a caller who has given a key that is not accepted to check it", () => {
  expect(dashboardTexts.en.notAllowed).toMatch(
    /^the service does not accept this caller: check the key or token/,
  );
  expect(dashboardTexts.pt.notAllowed).toMatch(/: confira a chave ou o token no alto desta página$/);
});
