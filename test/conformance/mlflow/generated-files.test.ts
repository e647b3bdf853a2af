import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { describeMlflow } from "../../../scripts/generate-mlflow/describe-mlflow.ts";
import { renderTypes } from "../../../scripts/generate-mlflow/generate.ts";
import { runProgram } from "../../../scripts/stack/processes/run-program.ts";
import { ensurePythonEnvironment } from "../../../scripts/stack/python-environment.ts";
import { documentFile, listRoutes, loadDocument } from "./openapi-document.ts";

describe("the committed files", () => {
  let document: string;

  beforeAll(async () => {
    document = await describeMlflow();
  });

  it("are, byte for byte, what the generator makes of the pinned MLflow", async () => {
    expect(document).toBe(readFileSync(documentFile, "utf8"));
    const types = path.join(path.dirname(documentFile), "schema.d.ts");
    expect(await renderTypes(document)).toBe(readFileSync(types, "utf8"));
  });

  it("hold none of MLflow's own comments", async () => {
    const comments = collectDescriptions(JSON.parse(await describeMlflow(true)));
    expect(comments.size).toBeGreaterThan(500);
    const own = collectDescriptions(JSON.parse(document));
    expect([...own].filter((text) => comments.has(text) && !ownDescriptions.has(text))).toEqual([]);
    expect(own).toEqual(ownDescriptions);
  });
});

it("describes each of the four services' endpoints", () => {
  const services = new Set(["Tracking", "Model registry", "Artifact proxy", "Webhooks"]);
  const implemented = listRoutes(loadDocument()).filter(
    ({ operation }) => services.has(operation.tags[0] ?? "") && !operation["x-mlflow-not-implemented"],
  );
  // 184 of the descriptors, and four that no descriptor tells of.
  expect(implemented).toHaveLength(188);
});

it("refuses to describe a server with a route that is neither described nor left out", async () => {
  const { python } = await ensurePythonEnvironment();
  const folder = path.resolve(import.meta.dirname, "../../../shared/mlflow/generator");
  const program = [
    "import sys; sys.path.insert(0, sys.argv[1])",
    "from installed_server import app",
    "app.add_url_rule('/api/2.0/mlflow/planted', 'planted', lambda: '')",
    "import describe; describe.main()",
  ].join("\n");
  const call = runProgram(python, ["-B", "-c", program, folder], { directory: tmpdir(), timeoutMs: 60_000 });
  await expect(call).rejects.toThrow("not described: GET /api/2.0/mlflow/planted");
});

const ownDescriptions = new Set([
  "OK",
  "A 64-bit float; what JSON has no number for travels as a string.",
  "Refused: by a handler in JSON, by access control or the web server in text.",
  "Failed, or a service of the server is switched off.",
]);

function collectDescriptions(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== "object" || value === null) return found;
  for (const [key, part] of Object.entries(value)) {
    if (key === "description" && typeof part === "string") found.add(part);
    else collectDescriptions(part, found);
  }
  return found;
}
