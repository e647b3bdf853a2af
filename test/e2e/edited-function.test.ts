import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, expect, it } from "vitest";
import { localFolder } from "../../scripts/stack/paths.ts";
import { echoService } from "../support/echo-service.ts";
import { useOfflineServer } from "../support/service.ts";

/** As deep in this project as the service itself, which imports the plugin from a folder above. */
const copies = path.join(localFolder, "edited");
mkdirSync(copies, { recursive: true });
const directory = mkdtempSync(path.join(copies, "echo-"));
cpSync(echoService.directory, directory, { recursive: true });
afterAll(() => rmSync(directory, { recursive: true, force: true }));

const server = useOfflineServer(() => ({ ...echoService, directory }));

it("The next request uses a function as it was saved while the service runs", async () => {
  const ask = async () => (await fetch(`${server().address}/plain`)).json();
  expect(await ask()).toEqual({ just: "an object" });

  const file = path.join(directory, "functions/echo.ts");
  const edited = readFileSync(file, "utf8").replace("an object", "another object");
  // Saved again and again, because nothing says when the files are being watched.
  const saveAndAsk = async () => {
    writeFileSync(file, edited);
    return ask();
  };
  await expect.poll(saveAndAsk, { timeout: 60_000, interval: 2_000 }).toEqual({ just: "another object" });
});
