import { execFile } from "node:child_process";
import { createReadStream, createWriteStream, existsSync, mkdtempSync } from "node:fs";
import { chmod, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createBrotliDecompress } from "node:zlib";
import { type Browser, chromium } from "playwright-core";
import { afterAll, beforeAll } from "vitest";

const cache = path.resolve(import.meta.dirname, "../../node_modules/.cache/chromium");
const fontSettings = path.join(cache, "fonts.conf");
const systemBrowsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

const launchTimeoutMs = 120_000;

/** A browser for the tests of the file that calls it; closed after them. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  // Chromium leaves files in the folder for temporary files.
  const temporary = mkdtempSync(path.join(tmpdir(), "chromium-"));
  beforeAll(async () => {
    browser = await launchBrowser(temporary);
  }, launchTimeoutMs);
  afterAll(async () => {
    await browser?.close();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  });
  return () => {
    if (browser === undefined) throw new Error("Expected a browser, which starts before the tests");
    return browser;
  };
}

/**
 * A headless Chromium: the one in the npm package @sparticuz/chromium, which needs no installation and no root, with the
 * libraries it brings; on another kind of machine the system's.
 *
 * @throws Error that says what to install
 */
async function launchBrowser(TMPDIR: string): Promise<Browser> {
  const isPackaged = process.platform === "linux" && process.arch === "x64";
  const system = systemBrowsers.find((candidate) => existsSync(candidate));
  if (!isPackaged && system === undefined) {
    throw new Error(
      `Expected a Chromium at ${systemBrowsers.join(", ")} but found none: install it, e.g. apt-get install chromium`,
    );
  }
  const launch = { args: ["--no-sandbox", "--force-color-profile=srgb"] };
  if (!isPackaged)
    return chromium.launch({
      ...launch,
      executablePath: system as string,
      env: { ...process.env, TMPDIR },
    });
  const { executablePath, environment } = await unpackChromium();
  return chromium.launch({ ...launch, executablePath, env: { ...process.env, ...environment, TMPDIR } });
}

async function unpackChromium() {
  const archives = path.join(
    path.dirname(fileURLToPath(import.meta.resolve("@sparticuz/chromium"))),
    "../bin",
  );
  const executablePath = path.join(cache, "chromium");
  if (!existsSync(executablePath)) {
    await mkdir(cache, { recursive: true });
    await unpackFolder(path.join(archives, "al2023.tar.br"));
    await unpackFolder(path.join(archives, "fonts.tar.br"));
    await writeFile(fontSettings, renderFontSettings());
    await unpackFile(path.join(archives, "chromium.br"), executablePath);
  }
  const hasFonts = existsSync("/etc/fonts/fonts.conf");
  const environment = {
    LD_LIBRARY_PATH: path.join(cache, "lib"),
    ...(!hasFonts && { FONTCONFIG_FILE: fontSettings }),
  };
  return { executablePath, environment };
}

/** For a machine without fonts of its own: those that came with the browser. */
const renderFontSettings = (): string =>
  `<?xml version="1.0"?>
<fontconfig><dir>${path.join(cache, "fonts")}</dir><cachedir>${path.join(cache, "fonts-cache")}</cachedir></fontconfig>
`;

async function unpackFolder(archive: string): Promise<void> {
  const tar = path.join(cache, `${path.basename(archive)}.${process.pid}`);
  await decompress(archive, tar);
  await promisify(execFile)("tar", ["-xf", tar, "-C", cache]);
  await rm(tar);
}

/** Appears whole or not at all, so that a later run never meets half a browser. */
async function unpackFile(archive: string, file: string): Promise<void> {
  const part = `${file}.${process.pid}`;
  await decompress(archive, part);
  await chmod(part, 0o755);
  await rename(part, file);
}

const decompress = (archive: string, file: string): Promise<void> =>
  pipeline(createReadStream(archive), createBrotliDecompress(), createWriteStream(file));
