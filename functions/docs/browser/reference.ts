import { credentialHeaders } from "./credential.ts";
import { element } from "./element.ts";

/** Script of the API's pages: puts this service's address into the samples, and sends the forms. */

const shownCharacters = 20_000;

for (const place of document.querySelectorAll("[data-origin]")) place.textContent = location.origin;
for (const form of document.querySelectorAll("form")) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    void send(form);
  });
}

async function send(form: HTMLFormElement): Promise<void> {
  const { method = "get", path = "/" } = form.dataset;
  const button = form.querySelector("button");
  const output = form.querySelector("output");
  if (button === null || output === null) return;
  button.disabled = true;
  output.replaceChildren("Waiting for the response…");
  try {
    const startedMs = performance.now();
    const response = await fetch(path, {
      method: method.toUpperCase(),
      // A photograph is sent for trying: nobody was asked whether it may be kept.
      headers: { ...credentialHeaders(), "x-keep-photograph": "no" },
      ...(method === "post" && { body: new FormData(form) }),
    });
    const body = await response.text();
    output.replaceChildren(...renderAnswer(response, body, performance.now() - startedMs));
  } catch {
    output.replaceChildren("The service cannot be reached.");
  }
  button.disabled = false;
}

function renderAnswer(response: Response, body: string, elapsedMs: number): Node[] {
  const status = element(
    "span",
    { class: `status s${String(response.status).charAt(0)}` },
    String(response.status),
  );
  const type = response.headers.get("content-type") ?? "";
  const facts = ` ${elapsedMs.toFixed(0)} ms · ${type} · ${response.headers.get("x-request-id") ?? ""}`;
  const pre = element("pre", {}, element("code", {}, formatBody(type, body)));
  pre.tabIndex = 0;
  return [element("p", { class: "answered" }, status, facts), pre];
}

function formatBody(type: string, body: string): string {
  const text = type.startsWith("application/json") ? JSON.stringify(JSON.parse(body), null, 2) : body;
  return text.length <= shownCharacters ? text : `${text.slice(0, shownCharacters)}\n…`;
}
