import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BrowserContextOptions, Page, Route } from "playwright-core";
import { describe, expect, test, vi } from "vitest";
import { useBrowser } from "../support/browser.ts";
import { useSharedService } from "../support/service.ts";

/** What the page to try the service does where something goes wrong, or takes long. */

const sample = "models/eye-disease/sample/normal-left-eye-cc0.jpg";
const predictions = "**/predict?explain=true";

const address = useSharedService();
const browser = useBrowser();

async function usePage(options: BrowserContextOptions, use: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser().newContext({ locale: "en-US", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(address);
  await use(page);
  await context.close();
}

const answer = (name: string) => ({
  prediction_id: name,
  predicted_class: name,
  confidence: 80,
  all_predictions: { [name]: 80, other: 20 },
  decision: "confident",
  warnings: [],
  model: { name: "m", version: "1", source: "mlflow_registry", engine: "onnx" },
  inference_time_ms: 5,
});

/** Answers each request with the next of these. */
function answerWith(page: Page, answers: readonly object[]): Promise<unknown> {
  let count = 0;
  return page.route(predictions, (route: Route) => route.fulfill({ json: answers[count++] ?? {} }));
}

describe("a fault on this side", () => {
  test("is not called the service's: a folder that is dropped", async () => {
    const folder = mkdtempSync(path.join(tmpdir(), "dropped-"));
    mkdirSync(path.join(folder, "eyes"));
    await usePage({}, async (page) => {
      const session = await page.context().newCDPSession(page);
      const data = { items: [], files: [path.join(folder, "eyes")], dragOperationsMask: 1 };
      for (const type of ["dragEnter", "dragOver", "drop"] as const)
        await session.send("Input.dispatchDragEvent", { type, x: 100, y: 300, data });
      await page.locator(".refusal", { hasText: "This file cannot be read. If it is a folder" }).waitFor();
    });
    rmSync(folder, { recursive: true });
  });

  test("is not called the service's: a key with a curly quotation mark", async () => {
    await usePage({}, async (page) => {
      await page.evaluate(
        `document.body.insertAdjacentHTML("afterbegin", '<input id="credential" data-header="x-api-key" value="fundus_abc\u201d">')`,
      );
      await page.setInputFiles("#file", sample);
      await page.locator(".refusal", { hasText: "a curly quotation mark" }).waitFor();
    });
  });

  test("does not keep an older browser from being answered", async () => {
    await usePage({}, async (page) => {
      await page.addInitScript("delete AbortSignal.any");
      await page.reload();
      await answerWith(page, [answer("normal")]);
      await page.setInputFiles("#file", sample);
      await page.waitForSelector(".outcome");
    });
  });

  test("does not keep an older browser from the sample", async () => {
    await usePage({}, async (page) => {
      await page.addInitScript("delete AbortSignal.timeout");
      await page.reload();
      await answerWith(page, [answer("normal")]);
      await page.click("#sample");
      await page.waitForSelector(".outcome");
    });
  });
});

test("an answer that is not a prediction is refused, and the next photographs get their turn", async () => {
  await usePage({}, async (page) => {
    await answerWith(page, [{}, answer("normal")]);
    await page.setInputFiles("#file", [sample, sample]);
    await page.waitForSelector(".card:nth-child(1) .refusal");
    await page.waitForSelector(".card:nth-child(2) .outcome");
  });
});

describe("a slow connection", () => {
  test("has the time that it needs, as long as something is sent", async () => {
    await usePage({}, async (page) => {
      await page.clock.install();
      const session = await page.context().newCDPSession(page);
      await session.send("Network.enable");
      const slow = { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: 100_000 };
      await session.send("Network.emulateNetworkConditions", slow);
      await page.setInputFiles("#file", sample);
      await page.waitForSelector(".view progress");
      for (let passed = 0; passed < 40; passed += 20) {
        await page.clock.runFor(20_000);
        await page.waitForTimeout(500);
      }
      await page.waitForSelector(".outcome");
    });
  });

  test("ends half a minute after the photograph was sent", async () => {
    await usePage({}, async (page) => {
      await page.clock.install();
      await page.route(predictions, () => {});
      await page.setInputFiles("#file", {
        name: "a.jpg",
        mimeType: "image/jpeg",
        buffer: readFileSync(sample),
      });
      await page.waitForSelector(".view .spinner");
      await page.clock.runFor(29_000);
      expect(await page.$(".refusal")).toBeNull();
      await page.clock.runFor(2_000);
      await page.locator(".refusal", { hasText: "The service took too long." }).waitFor();
    });
  });
});

test("a screen reader is told of every answer of several photographs", async () => {
  await usePage({}, async (page) => {
    await answerWith(page, ["cataract", "glaucoma", "normal"].map(answer));
    await page.setInputFiles("#file", [sample, sample, sample]);
    await page.waitForSelector(".card:nth-child(3) .outcome");
    expect(await page.getAttribute("#status", "role")).toBe("log");
    expect(await page.$$eval("#status p", (said) => said.map(({ textContent }) => textContent))).toEqual([
      "Examining the photographs…",
      "Photograph 1. Most likely: Cataract, 80.0%",
      "Photograph 2. Most likely: Glaucoma, 80.0%",
      "Photograph 3. Most likely: Normal, 80.0%",
    ]);
  });
});

test("a screen reader finds no answer to a photograph that was removed under the number of a later one", async () => {
  await usePage({}, async (page) => {
    await answerWith(page, [answer("cataract"), answer("normal")]);
    await page.setInputFiles("#file", sample);
    await page.waitForSelector(".outcome");
    await page.click(".remove");
    await page.setInputFiles("#file", sample);
    await page.waitForSelector(".outcome");
    expect(await page.$$eval("#status p", (said) => said.map(({ textContent }) => textContent))).toEqual([
      "Examining the photograph…",
      "Photograph 1. Most likely: Normal, 80.0%",
    ]);
  });
});

describe("the dashboard", () => {
  const week = {
    from: "2026-11-22T12:00:00.000Z",
    to: "2026-11-29T12:00:00.000Z",
    complete: true,
    hours: [],
    confidence: [],
    verdicts: [],
    errors: [],
    least_sure: [
      {
        prediction_id: "p",
        timestamp_ms: Date.parse("2026-11-29T11:00:00.000Z"),
        predicted_class: "normal",
        confidence: 40,
      },
    ],
  };

  async function useDashboard(
    answers: (() => Parameters<Route["fulfill"]>[0])[],
    use: (page: Page) => Promise<void>,
  ) {
    const context = await browser().newContext({ locale: "pt-BR" });
    const page = await context.newPage();
    await page.clock.install();
    await page.route("**/dashboard/data", (route) =>
      route.fulfill((answers.shift() ?? (() => ({ json: week })))()),
    );
    await page.goto(`${address}/dashboard`);
    await use(page);
    await context.close();
  }

  test("says in the reader's language why there are no figures, also after the language is changed", async () => {
    const refusal = () => ({ status: 503, json: { error: "dashboard_unavailable", detail: "The log" } });
    await useDashboard([refusal], async (page) => {
      const state = page.locator("#state");
      await state.getByText("o serviço não consegue ler o seu registro no momento").waitFor();
      await page.click('[data-language="en"]');
      expect(await state.textContent()).toBe(
        "The figures cannot be read: the service cannot read its log at the moment. Try again ",
      );
      await page.click(".again");
      await state.getByText("As of").waitFor();
      expect(await page.textContent("#figures")).toContain("Of the last 24 hours");
    });
  });

  test("shows an older browser its figures", async () => {
    await useDashboard([], async (page) => {
      await page.addInitScript("delete AbortSignal.timeout");
      await page.reload();
      await page.locator("#state").getByText("Situação de").waitFor();
    });
  });

  test("keeps the focus of a table when it is drawn again", async () => {
    await useDashboard([], async (page) => {
      await page.focus(".scrolled");
      await page.evaluate("document.querySelector('.scrolled').drawn = 'before'");
      await page.clock.runFor(61_000);
      // Not with waitForFunction, whose later tries the page's content security policy refuses.
      await vi.waitFor(async () =>
        expect(await page.evaluate("document.querySelector('.scrolled').drawn")).toBeUndefined(),
      );
      expect(await page.evaluate("document.activeElement.className")).toBe("scrolled");
    });
  });
});

describe("a reader's choices", () => {
  test("no photograph is kept before the box for consent is ticked", async () => {
    await usePage({}, async (page) => {
      const said: (string | undefined)[] = [];
      await page.route(predictions, (route) => {
        said.push(route.request().headers()["x-keep-photograph"]);
        return route.fulfill({ json: answer("normal") });
      });
      // A page that was opened before the service kept photographs has no box.
      await page.setInputFiles("#file", sample);
      await page.waitForSelector(".outcome");
      await page.evaluate(
        `document.querySelector("#limits").insertAdjacentHTML("afterend", '<input id="consent" type="checkbox">')`,
      );
      await page.setInputFiles("#file", sample);
      await page.waitForSelector(".card:nth-child(2) .outcome");
      await page.check("#consent");
      await page.setInputFiles("#file", sample);
      await page.waitForSelector(".card:nth-child(3) .outcome");
      expect(said).toEqual(["no", "no", "yes"]);
    });
  });

  test("the sample is sent once, however often it is asked for while it loads", async () => {
    await usePage({}, async (page) => {
      await answerWith(page, Array(4).fill(answer("normal")));
      await page.route("**/assets/sample.jpg", async (route) => {
        await page.waitForTimeout(500);
        await route.continue();
      });
      for (let clicks = 0; clicks < 4; clicks += 1) await page.click("#sample");
      await page.waitForSelector(".outcome");
      await page.waitForTimeout(500);
      expect(await page.$$(".card")).toHaveLength(1);
    });
  });

  test("the focus stays among the photographs when one is removed, and open details stay open", async () => {
    await usePage({}, async (page) => {
      await answerWith(page, Array(2).fill(answer("normal")));
      await page.setInputFiles("#file", [sample, sample]);
      await page.waitForSelector(".card:nth-child(2) .outcome");
      await page.click(".card:nth-child(2) summary");
      await page.click('[data-language="pt"]');
      expect(await page.getAttribute(".card:nth-child(2) details", "open")).toBe("");
      await page.click(".card:nth-child(1) .remove");
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Fotografia 2");
      await page.click(".remove");
      expect(await page.evaluate("document.activeElement.id")).toBe("file");
    });
  });
});
