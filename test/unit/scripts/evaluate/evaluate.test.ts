import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseComparedRecords } from "../../../../shared/drift/reference/reference-window.ts";
import { evaluationReportSchema } from "../../../../shared/schemas/evaluation-report.ts";
import { plainJpeg } from "../../../support/image-files.ts";

const run = promisify(execFile);
const sample = "models/eye-disease/sample/normal-left-eye-cc0.jpg";
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "evaluate-test-"));
  const files: [string, Buffer][] = [
    ["clinic-a/normal/eye.jpg", await readFile(sample)],
    ["clinic-a/normal/broken.jpg", (await readFile(sample)).subarray(0, 9000)],
    ["clinic-b/glaucoma/red.jpg", await plainJpeg()],
  ];
  for (const [file, bytes] of files) {
    await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
    await writeFile(path.join(folder, file), bytes);
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** As npm does for somebody who is in that folder. */
const evaluate = (...options: string[]) =>
  run(process.execPath, ["scripts/fundus.mjs", "evaluate", ...options], {
    env: { ...process.env, INIT_CWD: folder },
  });

it("evaluates the packaged model through the service's own code and writes a page and its data", async () => {
  const output = path.join(folder, "report");
  const files = ["clinic-a/normal/eye.jpg", "clinic-a/normal/broken.jpg", "clinic-a/normal/lost.jpg"];
  await writeFile(path.join(folder, "table.csv"), ["file", ...files, "clinic-b/glaucoma/red.jpg"].join("\n"));
  const { stdout } = await evaluate(".", "--labels", "table.csv", "--output", "report");

  const report = evaluationReportSchema.parse(
    JSON.parse(await readFile(`${output}/evaluation.json`, "utf8")),
  );
  expect(report.photographs).toBe(2);
  expect(report.unanswered).toEqual([
    { file: "clinic-a/normal/broken.jpg", reason: expect.stringContaining("JPEG cannot be decoded") },
    { file: "clinic-a/normal/lost.jpg", reason: "Expected this file in the folder but it is not there" },
  ]);
  expect(report.sources.map(({ source, label }) => [source, label])).toEqual([
    ["clinic-a", "normal"],
    ["clinic-b", "glaucoma"],
  ]);
  expect(stdout).toMatch(
    /Version \S+ of eye-disease \(from this machine, not the registry\): 2 photographs of patients who are not named, 2 not answered/,
  );
  expect(stdout).toContain("Each photograph counts as a patient of its own");
  expect(stdout).toContain("clinic-a/normal/lost.jpg: Expected this file in the folder but it is not there");
  const { trust } = JSON.parse(await readFile("models/eye-disease/model-contract.json", "utf8"));
  expect(report.confident_from).toBe(trust.confident_from);
  expect(await readFile(`${output}/evaluation.html`, "utf8")).toContain("clinic-b");
  const [header, ...rows] = (await readFile(`${output}/reference-window.jsonl`, "utf8")).trim().split("\n");
  expect(JSON.parse(header as string)).toEqual({ kind: "reference_window", compare: false });
  const decided = rows.map((row) => JSON.parse(row)).map(({ label, decision }) => `${label} ${decision}`);
  expect(decided.sort()).toEqual(["glaucoma ungradable", "normal uncertain"]);
  expect(parseComparedRecords(rows.join("\n"), "window")).toHaveLength(2);
});

it("says how it is used when it is typed otherwise", async () => {
  await expect(evaluate()).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /Usage: npm run evaluate[\s\S]*\n\nExpected FOLDER but received nothing\n$/,
    ),
  });
});
