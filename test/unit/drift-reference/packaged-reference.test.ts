import { writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readPackagedReference } from "../../../shared/drift-reference/packaged-reference.ts";
import { inTemporaryFolder } from "../../../shared/resilience/temporary-folder.ts";

const packaged = "models/eye-disease";

describe("the reference window of the packaged model", () => {
  it("is that of the version that its contract names", async () => {
    expect(await readPackagedReference(packaged, "eye-disease/2")).toContain('"compare":false');
  });

  it.each(["eye-disease/1", "eye-disease-model/2", "eye-disease"])("is not that of %s", async (version) => {
    expect(await readPackagedReference(packaged, version)).toBeUndefined();
  });

  it("is none where its folder, its contract's word or its file is missing", async () => {
    await inTemporaryFolder("packaged", async (empty) => {
      expect(await readPackagedReference(path.join(empty, "other"), "other/1")).toBeUndefined();
      const version = `${path.basename(empty)}/1`;
      await writeFile(path.join(empty, "model-contract.json"), JSON.stringify({ version: "1" }));
      expect(await readPackagedReference(empty, version)).toBeUndefined();
      const contract = { version: "1", reference_window: "window.jsonl" };
      await writeFile(path.join(empty, "model-contract.json"), JSON.stringify(contract));
      expect(await readPackagedReference(empty, version)).toBeUndefined();
      await writeFile(path.join(empty, "window.jsonl"), "{}\n");
      expect(await readPackagedReference(empty, version)).toBe("{}\n");
    });
  });
});
