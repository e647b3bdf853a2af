import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readContractFiles } from "../../../../shared/registry/contract/contract-files.ts";

test("a contract file that begins with a byte order mark is registered without it", async () => {
  const folder = mkdtempSync(join(tmpdir(), "contract-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "model-contract.json");
  writeFileSync(file, '\uFEFF{"labels":["normal","glaucoma"]}');
  const files = await readContractFiles(file, undefined);
  expect(JSON.parse(files.get("model-contract.json") ?? "")).toEqual({ labels: ["normal", "glaucoma"] });
});
