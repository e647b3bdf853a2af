import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { OpenApiDocument } from "../openapi-document.ts";
import { installSchemathesis } from "./install-schemathesis.ts";

/** The parts of Schemathesis's JSON report that are read here. */
export interface SchemathesisReport {
  operations: { selected: number; tested: number };
  test_cases: { generated: number; with_failures: number; errored: number };
  failures: unknown[];
  errors: unknown[];
}

export interface SchemathesisRun {
  mlflowUrl: string;
  document: OpenApiDocument;
  /** Pattern of the ids of the operations to call. */
  operations: string;
  maxExamples: number;
}

/** What an answer must be like: a described status, a described type, a body that fits. */
const checks = ["status_code_conformance", "content_type_conformance", "response_schema_conformance"];
const timeoutMs = 10 * 60_000;

/** Calls operations with generated requests that fit the document, and holds the answers against it. */
export async function runSchemathesis(
  run: SchemathesisRun,
): Promise<{ report: SchemathesisReport; output: string }> {
  const program = await installSchemathesis();
  const folder = await mkdtemp(path.join(tmpdir(), "schemathesis-"));
  try {
    await writeFile(path.join(folder, "openapi.json"), JSON.stringify(run.document));
    const parameters = [
      ...["run", "openapi.json", "--url", run.mlflowUrl, "--include-operation-id-regex", run.operations],
      ...["--mode", "positive", "--checks", checks.join(","), "--phases", "fuzzing"],
      ...["--max-examples", String(run.maxExamples), "--seed", "1", "--no-shrink"],
      ...[
        "--request-timeout",
        "30",
        "--warnings",
        "off",
        "--report",
        "json",
        "--report-json-path",
        "report.json",
      ],
    ];
    const output = await capture(program, parameters, folder);
    const report = JSON.parse(readFileSync(path.join(folder, "report.json"), "utf8")) as SchemathesisReport;
    return { report, output };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a program writes, however it ends: its report says what it found. */
function capture(program: string, parameters: string[], directory: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, parameters, {
      cwd: directory,
      timeout: timeoutMs,
      stdio: ["ignore", "pipe", "inherit"],
    });
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.once("error", reject);
    child.once("close", () => resolve(output));
  });
}
