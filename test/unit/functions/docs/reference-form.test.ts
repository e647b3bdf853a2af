import { createContext, runInContext } from "node:vm";
import { expect, it } from "vitest";
import script from "../../../../functions/docs/browser/reference.ts?browser";

it("a photograph that is tried on /docs is not kept, because nobody was asked for consent", async () => {
  let submit = (_event: { preventDefault(): void }) => {};
  const form = {
    dataset: { method: "post", path: "/predict" },
    querySelector: () => ({ replaceChildren() {} }),
    addEventListener: (_type: string, listener: typeof submit) => {
      submit = listener;
    },
  };
  const document = {
    querySelectorAll: (selector: string) => (selector === "form" ? [form] : []),
    querySelector: () => null,
  };
  const requests: [path: string, options: RequestInit][] = [];
  const fetch = async (...request: (typeof requests)[number]) => {
    requests.push(request);
    throw new TypeError("no network");
  };
  runInContext(script, createContext({ document, fetch, performance, FormData: class {} }));
  submit({ preventDefault() {} });
  expect(requests).toMatchObject([["/predict", { method: "POST", headers: { "x-keep-photograph": "no" } }]]);
});
