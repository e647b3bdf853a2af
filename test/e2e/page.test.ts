import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BrowserContextOptions, Page } from "playwright-core";
import sharp from "sharp";
import { describe, expect, test } from "vitest";
import { useBrowser } from "../support/browser.ts";
import { noisyJpeg, plainJpeg } from "../support/image-files.ts";
import { useSharedService } from "../support/service.ts";
import { useSharedStack } from "../support/stack.ts";

const sample = "models/eye-disease/sample/normal-left-eye-cc0.jpg";
const phone = { viewport: { width: 375, height: 740 } };
const answerTimeoutMs = 20_000;

const address = useSharedService();
const browser = useBrowser();

/** Opens a page as a reader with these settings would, and fails on whatever its policy or its script complains of. */
async function usePage(
  path: string,
  options: BrowserContextOptions,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const context = await browser().newContext({ locale: "en-US", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  const problems: string[] = [];
  page.on("pageerror", (error) => problems.push(error.message));
  page.on("console", (message) => {
    // An answer that is an error is not an error of the page.
    if (message.type() === "error" && !message.text().startsWith("Failed to load resource")) {
      problems.push(message.text());
    }
  });
  page.on("request", (request) => {
    const known = [address, useSharedStack().s3Url];
    if (!known.some((own) => request.url().startsWith(own)) && !/^(blob|data):/.test(request.url())) {
      problems.push(`request to ${request.url()}`);
    }
  });
  await page.goto(address + path);
  await use(page);
  await context.close();
  expect(problems).toEqual([]);
}

const tryIt = (options: BrowserContextOptions, use: (page: Page) => Promise<void>) =>
  usePage("/", options, use);

async function choose(page: Page, file: Parameters<Page["setInputFiles"]>[1]): Promise<void> {
  await page.setInputFiles("#file", file);
  await page.waitForSelector(".outcome, .refusal", { timeout: answerTimeoutMs });
}

const overflow = (page: Page) =>
  page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** A computed style of the first element that matches. */
const styleOf = (page: Page, selector: string, property: string): Promise<string> =>
  page.evaluate(`getComputedStyle(document.querySelector(${JSON.stringify(selector)})).${property}`);

/** Contrast of text on its background (WCAG 2.2, 1.4.3). */
async function contrastOf(page: Page, selector: string): Promise<number> {
  const behind: string = await page.evaluate(`(() => {
    const colourOf = (element) => getComputedStyle(element).backgroundColor;
    let element = document.querySelector(${JSON.stringify(selector)});
    while (colourOf(element) === "rgba(0, 0, 0, 0)") element = element.parentElement;
    return colourOf(element);
  })()`);
  const text = luminanceOf(await styleOf(page, selector, "color"));
  const background = luminanceOf(behind);
  return (Math.max(text, background) + 0.05) / (Math.min(text, background) + 0.05);
}

function luminanceOf(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((part) => {
    const value = Number(part) / 255;
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe("the page to try the service", () => {
  test("answers a chosen photograph with bars, the version and the time it took", async () => {
    await tryIt({}, async (page) => {
      await choose(page, sample);
      const bars = await page.$$eval(".bars li", (items) => items.map((item) => item.textContent));
      expect(bars).toHaveLength(4);
      const shares = bars.map((bar) => Number(bar?.match(/([\d.]+)%/)?.[1]));
      expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(100, 0);
      expect(shares).toEqual([...shares].sort((a, b) => b - a));
      const widest = await page.$eval(".bars .fill", (fill) => fill.getBoundingClientRect().width);
      const track = await page.$eval(".bars .track", (fill) => fill.getBoundingClientRect().width);
      expect(widest / track).toBeCloseTo((shares[0] ?? 0) / 100, 1);

      const facts = await page.textContent(".facts");
      expect(facts).toMatch(/version 1/);
      expect(facts).toMatch(/MLflow registry/);
      expect(facts).toMatch(/Time in the model[\d.]+ ms/);
      expect(facts).toMatch(/[\da-f]{8}-[\da-f]{4}-7/);
      expect(await page.textContent("#status p:last-child")).toMatch(
        /^Photograph 1\. (Most likely|The model is not sure): .+, [\d.]+%$/,
      );
      expect(
        await page.$eval(
          ".picture img",
          (image) => (image as unknown as { naturalWidth: number }).naturalWidth,
        ),
      ).toBe(1411);
    });
  });

  test("sends a photograph over 4.5 MB through the bucket of uploads by itself", async () => {
    await tryIt({}, async (page) => {
      const buffer = await noisyJpeg(3_200, 3_200);
      expect(buffer.length).toBeGreaterThan(4_500_000);
      const posts: string[] = [];
      page.on("request", (request) => {
        if (request.method() === "POST") posts.push(new URL(request.url()).pathname);
      });
      await choose(page, { name: "large.jpg", mimeType: "image/jpeg", buffer });
      expect(posts).toEqual(["/uploads", "/uploads", "/predict"]);
      expect(await page.$$(".bars li")).toHaveLength(4);
    });
  });

  test("tells a storage that refuses from one that is not reached, in words", async () => {
    const buffer = Buffer.alloc(5_000_000);
    await tryIt({ locale: "pt-BR" }, async (page) => {
      let isReached = true;
      await page.route(`${useSharedStack().s3Url}/**`, (route) =>
        isReached
          ? route.fulfill({
              status: 403,
              headers: { "access-control-allow-origin": "*" },
              body: "<Error><Code>AccessDenied</Code></Error>",
            })
          : route.abort(),
      );
      await choose(page, { name: "large.jpg", mimeType: "image/jpeg", buffer });
      expect(await page.textContent(".refusal")).toContain(
        "O armazenamento do serviço recusou a fotografia.",
      );
      expect(await page.textContent(".refusal .detail[lang=en]")).toContain("AccessDenied");
      isReached = false;
      await page.setInputFiles("#file", { name: "large.jpg", mimeType: "image/jpeg", buffer });
      await page.locator(".refusal", { hasText: "não chegou ao armazenamento" }).waitFor();
    });
  });

  test("offers a sample of a healthy left eye, and answers it rightly", async () => {
    await tryIt({}, async (page) => {
      await page.click("#sample");
      await page.waitForSelector(".outcome", { timeout: answerTimeoutMs });
      expect(await page.textContent(".verdict")).toMatch(/^Normal/);
      expect(await page.textContent('.eyes [aria-pressed="true"]')).toBe("Left eye");
      expect(await page.$(".warnings")).toBeNull();
    });
  });

  test("shows on request what moved the answer, and that it is not where the disease is", async () => {
    await tryIt({ locale: "pt-BR" }, async (page) => {
      await choose(page, sample);
      await page.click(".show-map");
      expect(await page.textContent(".caption")).toMatch(
        /^O que influenciou a resposta, não onde está a doença\./,
      );
      const width = () =>
        page.$eval(".map", (map) => (map as unknown as { naturalWidth: number }).naturalWidth);
      expect(await width()).toBe(256);
      expect(await page.isVisible(".photograph")).toBe(false);
      await page.click(".show-map");
      expect(await page.isVisible(".photograph")).toBe(true);
      const black = await plainJpeg(600, 600, "#000000");
      await page.setInputFiles("#file", { name: "eye.jpg", mimeType: "image/jpeg", buffer: black });
      await page.waitForSelector(".outcome.ungradable");
      expect(await page.isVisible(".card:has(.ungradable) .show-map")).toBe(false);
    });
  });

  test("answers several photographs, of either eye, and removes them again", async () => {
    const black = await plainJpeg(600, 600, "#000000");
    await tryIt({}, async (page) => {
      const files = [readFileSync(sample), black].map((buffer) => ({
        name: "Jane Roe.jpg",
        mimeType: "image/jpeg",
        buffer,
      }));
      await page.setInputFiles("#file", files);
      await page.waitForSelector(".card:nth-child(2) .outcome", { timeout: answerTimeoutMs });
      expect(await page.$$eval(".card h3", (titles) => titles.map((title) => title.textContent))).toEqual([
        "Photograph 1",
        "Photograph 2",
      ]);
      expect(await page.textContent(".card:nth-child(2) .decision")).toBe("This photograph cannot be graded");
      await page.click('.card:nth-child(2) [data-eye="right"]');
      expect(await page.getAttribute('.card:nth-child(2) [data-eye="right"]', "aria-pressed")).toBe("true");
      expect(await page.getAttribute('.card:nth-child(1) [data-eye="right"]', "aria-pressed")).toBe("false");
      await page.click(".card:nth-child(1) .remove");
      expect(await page.$$(".card")).toHaveLength(1);
      await page.click("#clear");
      expect(await page.isVisible("#answers")).toBe(false);
    });
  });

  test("copies and prints an answer without the photograph and its name", async () => {
    const permissions = ["clipboard-read", "clipboard-write"];
    await tryIt({ permissions, locale: "pt-BR" }, async (page) => {
      const buffer = readFileSync(sample);
      await choose(page, { name: "Jane Roe.jpg", mimeType: "image/jpeg", buffer });
      await page.click('[data-eye="left"]');
      await page.click(".copy");
      await page.locator(".copy", { hasText: "Copiado" }).waitFor();
      const copied: string = await page.evaluate("navigator.clipboard.readText()");
      expect(copied).toMatch(
        /^Fotografia 1: Olho esquerdo\n.*Normal \d+,\d%.*versão 1,.*[\da-f]{8}-[\da-f]{4}-7.*Não é um dispositivo médico\./s,
      );
      await page.emulateMedia({ media: "print" });
      for (const hidden of [".picture", ".actions", "#form", '.eyes [data-eye="right"]']) {
        expect(await page.isVisible(hidden), hidden).toBe(false);
      }
      for (const shown of [".verdict", ".caution", ".outcome .printed", '.eyes [data-eye="left"]']) {
        expect(await page.isVisible(shown), shown).toBe(true);
      }
      expect((await page.content()) + copied).not.toContain("Jane");
    });
  });

  test("leads to the part of the model's card in the reader's language", async () => {
    await tryIt({ locale: "pt-BR" }, async (page) => {
      await page.click("#model-card");
      await page.waitForURL(/model-card#/);
      const heading = page.locator("h1", { hasText: "Cartão do modelo (em português)" });
      await heading.waitFor();
      expect((await heading.boundingBox())?.y).toBeLessThan(200);
    });
  });

  test("can be installed on a phone: a manifest and icons of the sizes that it names", async () => {
    await tryIt({}, async (page) => {
      const file = (await page.getAttribute('link[rel="manifest"]', "href")) ?? "";
      const manifest = await (await page.request.get(address + file)).json();
      expect(manifest).toMatchObject({ start_url: "/", scope: "/", display: "standalone" });
      for (const { src, type, sizes } of manifest.icons) {
        const icon = await page.request.get(`${address}/assets/${src}`);
        expect(icon.headers()["content-type"]).toBe(type);
        if (type === "image/png") {
          const { width, height } = await sharp(await icon.body()).metadata();
          expect(`${width}x${height}`).toBe(sizes);
          expect(await differenceFromDrawing(page, src)).toBeLessThan(3);
        }
      }
      const head = await page.request.head(`${address}/assets/icon.svg`);
      expect(head.status()).toBe(200);
      expect(await head.text()).toBe("");
    });
  });

  test("opens without a network once it was there, and says that the service cannot be reached", async () => {
    await tryIt({}, async (page) => {
      await page.evaluate("navigator.serviceWorker.ready.then(() => true)");
      await page.context().setOffline(true);
      await page.reload();
      expect(await page.textContent("h1")).toBe("What does the model see in this eye?");
      await choose(page, sample);
      expect(await page.textContent(".refusal")).toContain("The service cannot be reached");
    });
  });

  test("says below the verdict that it may be wrong, and colours its percentage as the decision", async () => {
    await tryIt({}, async (page) => {
      await choose(page, sample);
      expect(await page.$eval(".verdict", (verdict) => verdict.nextElementSibling?.className)).toBe(
        "caution",
      );
      expect(await styleOf(page, ".percent", "color")).toBe(await styleOf(page, ".decision", "color"));
      expect(await contrastOf(page, ".caution")).toBeGreaterThan(4.5);
    });
  });

  test("takes a photograph that is dropped on it, and another one after it", async () => {
    await tryIt({}, async (page) => {
      for (const bytes of [readFileSync(sample), await noisyJpeg(300, 300)]) {
        const transfer = await page.evaluateHandle(
          `(() => {
            const bytes = Uint8Array.from(atob("${bytes.toString("base64")}"), (c) => c.charCodeAt(0));
            const transfer = new DataTransfer();
            transfer.items.add(new File([bytes], "eye.jpg", { type: "image/jpeg" }));
            return transfer;
          })()`,
        );
        const answered = page.waitForResponse((response) => response.url().includes("/predict"));
        await page.dispatchEvent("#drop", "drop", { dataTransfer: transfer });
        expect((await answered).status()).toBe(200);
        await page.waitForSelector(".outcome");
      }
    });
  });

  test("says of a black picture that it cannot be graded, before it says anything else", async () => {
    const black = await plainJpeg(600, 600, "#000000");
    await tryIt({ locale: "pt-BR" }, async (page) => {
      await choose(page, { name: "eye.jpg", mimeType: "image/jpeg", buffer: black });
      expect(await page.textContent(".outcome .decision")).toBe("Esta fotografia não pode ser avaliada");
      expect(await page.textContent(".warnings")).toMatch(
        /Não parece uma fotografia do fundo do olho.*Escura demais/s,
      );
      expect(await page.textContent(".caution")).toMatch(/consulte um oftalmologista/);
      expect(await page.isVisible(".verdict")).toBe(false);
      await page.click(".outcome summary");
      expect(await page.isVisible(".verdict")).toBe(true);
      expect(await contrastOf(page, ".warnings li")).toBeGreaterThan(4.5);
    });
  });

  test("says why a service that refuses such photographs refused one", async () => {
    await tryIt({ locale: "pt-BR" }, async (page) => {
      const warnings = [{ code: "blurred", message: "The photograph is blurred." }];
      await page.route("**/predict?explain=true", (route) =>
        route.fulfill({
          status: 422,
          contentType: "application/json",
          body: JSON.stringify({ error: "ungradable_photograph", detail: "Expected another", warnings }),
        }),
      );
      await choose(page, sample);
      expect(await page.textContent(".outcome .decision")).toBe("Esta fotografia não pode ser avaliada");
      expect(await page.textContent(".warnings")).toMatch(/^Desfocada\./);
    });
  });

  test("says in words what is wrong, and answers the next photograph", async () => {
    await tryIt({}, async (page) => {
      await choose(page, { name: "eye.jpg", mimeType: "image/jpeg", buffer: Buffer.from("no photograph") });
      expect(await page.textContent(".refusal")).toMatch(
        /not a photograph that the service can read.*received text/,
      );
      expect(await page.textContent("#status p:last-child")).toMatch(/^Photograph 1\. No answer: /);
      await page.setInputFiles("#file", sample);
      await page.waitForSelector(".outcome", { timeout: answerTimeoutMs });
      await page.click(".card:has(.refusal) .remove");
      expect(await page.$(".refusal")).toBeNull();
    });
  });

  test("says so when a photograph is too large, and when the service cannot be reached", async () => {
    const folder = mkdtempSync(join(tmpdir(), "large-photograph-"));
    const large = join(folder, "eye.jpg");
    writeFileSync(large, Buffer.alloc(51 * 1024 * 1024));
    await tryIt({}, async (page) => {
      await choose(page, large);
      rmSync(folder, { recursive: true });
      expect(await page.textContent(".refusal")).toContain("too large");
      await page.context().setOffline(true);
      await page.setInputFiles("#file", sample);
      await page.locator(".refusal", { hasText: "The service cannot be reached." }).waitFor();
      await page.setInputFiles("#file", { name: "eye.jpg", mimeType: "image/jpeg", buffer: Buffer.alloc(0) });
      await page.locator(".refusal", { hasText: "This file is empty." }).waitFor();
    });
  });

  test("writes what the model says as text, never as markup", async () => {
    await tryIt({}, async (page) => {
      const model = {
        name: "<img src=x onerror=alert(1)>",
        version: "<b>1</b>",
        source: "local_file",
        engine: "onnx",
      };
      await page.route("**/predict?explain=true", (route) =>
        route.fulfill({
          json: {
            prediction_id: "p",
            predicted_class: "<i>a</i>",
            confidence: 60,
            all_predictions: { "<i>a</i>": 60, b: 40 },
            decision: "uncertain",
            warnings: [],
            model,
            inference_time_ms: 5,
          },
        }),
      );
      await choose(page, sample);
      expect(await page.textContent(".verdict")).toContain("<i>a</i>");
      expect(await page.$$(".outcome img, .outcome b, .outcome i")).toEqual([]);
      expect(await page.textContent(".facts .source")).toContain("the packaged model answered");
    });
  });

  test.each([
    [["a", "b"], "In 9 of 10 photographs the right class is among: A and B."],
    [["a", "b", "c"], "The model can rule out none of its classes."],
  ])("says which classes are possible: %j", async (set, said) => {
    await tryIt({}, async (page) => {
      await page.route("**/predict?explain=true", (route) =>
        route.fulfill({
          json: {
            prediction_id: "p",
            predicted_class: "a",
            confidence: 60,
            all_predictions: { a: 60, b: 38, c: 2 },
            decision: "uncertain",
            warnings: [],
            prediction_set: set,
            model: { name: "m", version: "1", source: "local_file", engine: "onnx" },
            inference_time_ms: 5,
          },
        }),
      );
      await choose(page, sample);
      expect(await page.textContent(".set")).toBe(said);
    });
  });

  test("speaks Portuguese to a browser that does, and switches on request", async () => {
    await tryIt({ locale: "pt-BR" }, async (page) => {
      expect(await page.textContent("h1")).toBe("O que o modelo vê neste olho?");
      expect(await page.getAttribute("html", "lang")).toBe("pt");
      await choose(page, sample);
      expect(await page.textContent(".bars")).toMatch(/Retinopatia diabética\d+,\d%/);
      await page.click('[data-language="en"]');
      expect(await page.textContent(".bars")).toMatch(/Diabetic retinopathy\d+\.\d%/);
      await page.reload();
      expect(await page.textContent("h1")).toBe("What does the model see in this eye?");
    });
  });

  test("works by keyboard alone, with a focus that is seen", async () => {
    await tryIt({}, async (page) => {
      // Listened to from the start: the browser is told in time not to open a window of its own.
      page.on("filechooser", (chooser) => void chooser.setFiles(sample));
      const reached: string[] = [];
      for (let i = 0; i < 4; i++) {
        await page.keyboard.press("Tab");
        reached.push(
          await page.evaluate("document.activeElement.id || document.activeElement.dataset.language || ''"),
        );
      }
      expect(reached).toEqual(["", "en", "pt", "file"]);
      expect(await styleOf(page, "#drop", "outlineStyle")).toBe("solid");
      await page.keyboard.press("Enter");
      await page.waitForSelector(".outcome", { timeout: answerTimeoutMs });
    });
  });

  test.each(["light", "dark"] as const)("is legible in %s", async (colorScheme) => {
    await tryIt({ colorScheme }, async (page) => {
      await choose(page, sample);
      const background = await styleOf(page, "body", "backgroundColor");
      expect(luminanceOf(background) > 0.5).toBe(colorScheme === "light");
      for (const selector of [
        "h1",
        ".intro p",
        ".hint",
        ".decision",
        ".percent",
        ".bars li:last-child .label",
        ".facts dt",
        ".notice span",
        ".links a",
      ]) {
        expect(await contrastOf(page, selector), selector).toBeGreaterThan(4.5);
      }
    });
  });

  test.each([
    ["/", { ...phone, locale: "pt-BR" }],
    ["/dashboard", phone],
    ["/docs", phone],
    ["/model-card", phone],
    ["/redoc", phone],
  ])("%s fits a phone without scrolling sideways", async (path, options) => {
    await usePage(path, options, async (page) => {
      if (path === "/") await choose(page, sample);
      expect(await overflow(page)).toBe(0);
    });
  });
});

describe("an answer of which several classes can be true", () => {
  const answer = (classes: string[]) => ({
    prediction_id: "7d0cfa3e-6f2b-4f7e-9a55-0c3a5b0f6c11",
    predicted_class: "glaucoma",
    predicted_classes: classes,
    confidence: classes.length === 0 ? 4 : 91,
    all_predictions: {
      cataract: classes.includes("cataract") ? 72 : 3,
      glaucoma: classes.length === 0 ? 4 : 91,
    },
    decision: "confident",
    warnings: [],
    model: { name: "several", version: "1", source: "mlflow_registry", engine: "onnx" },
    inference_time_ms: 7,
    explanation: { image: null, note: "" },
  });

  test.each([
    [
      ["glaucoma", "cataract"],
      ["Glaucoma91.0%", "Cataract72.0%"],
      "The model is sure: Glaucoma, 91.0%; Cataract, 72.0%",
    ],
    [[], ["None of the classes"], "The model is sure: None of the classes"],
  ])("names each class that is, or that none is: %j", async (classes, shown, said) => {
    await tryIt({}, async (page) => {
      await page.route("**/predict?explain=true", (route) => route.fulfill({ json: answer(classes) }));
      await choose(page, sample);
      expect(await page.locator(".outcome .verdict").allTextContents()).toEqual(shown);
      expect(await page.textContent(".outcome .decision")).toBe("The model is sure");
      await expect.poll(() => page.textContent("body")).toContain(said);
    });
  });
});

describe("the dashboard", () => {
  test("draws what was answered, in the reader's language", async () => {
    await usePage("/dashboard", { locale: "pt-BR" }, async (page) => {
      await page.waitForSelector(".totals dd", { timeout: answerTimeoutMs });
      expect(await page.textContent("h1")).toBe("O que aconteceu");
      expect(await page.locator(".days li").count()).toBe(30);
      await page.click("[data-language=en]");
      expect(await page.textContent(".totals dt")).toBe("Predictions");
      const data = await page.evaluate(
        async () => (await fetch("/dashboard/data")).json() as Promise<{ hours: unknown[] }>,
      );
      expect(await page.locator("section svg.chart").count()).toBe(data.hours.length === 0 ? 0 : 6);
    });
  });
});

describe("the pages of the API", () => {
  test("/docs sends a request and shows its answer", async () => {
    await usePage("/docs", {}, async (page) => {
      await page.setInputFiles("#predict input", sample);
      await page.click("#predict button");
      await page.waitForSelector("#predict output pre", { timeout: answerTimeoutMs });
      expect(await page.textContent("#predict output")).toMatch(/^200 .*application\/json/);
      expect(JSON.parse((await page.textContent("#predict output pre")) ?? "")).toHaveProperty(
        "predicted_class",
      );

      await page.click("#openapi button");
      await page.waitForSelector("#openapi output pre");
      expect(await page.textContent("#openapi output pre")).toContain('"openapi": "3.1.1"');
    });
  });

  test("/redoc has samples that carry this service's own address", async () => {
    await usePage("/redoc", {}, async (page) => {
      expect(await page.textContent("#predict .request")).toContain(`${address}/predict`);
    });
  });
});

/** Mean difference of a PNG icon from the drawing of which it was made, both as the browser shows them, in levels of 0..255. */
const differenceFromDrawing = (page: Page, src: string): Promise<number> =>
  page.evaluate(`(async () => {
    const draw = async (name, side) => {
      const image = new Image(side, side);
      image.src = "/assets/" + name;
      await image.decode();
      const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
      const context = canvas.getContext("2d");
      context.drawImage(image, 0, 0, side, side);
      return context.getImageData(0, 0, side, side).data;
    };
    const side = Number(${JSON.stringify(src)}.match(/\\d+/)[0]);
    const [icon, drawing] = await Promise.all([draw(${JSON.stringify(src)}, side), draw("icon.svg", side)]);
    return icon.reduce((sum, value, index) => sum + Math.abs(value - drawing[index]), 0) / icon.length;
  })()`);
