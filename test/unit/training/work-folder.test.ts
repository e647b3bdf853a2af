import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";

let folder: string;
let work: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "fundus-training-"));
  work = path.join(folder, "work");
});
afterEach(() => rmSync(folder, { recursive: true }));

const program = `
import sys
from pathlib import Path
from work_folder import claim, fingerprint_photographs, fingerprint_start
folder, label, start, seed, anew = sys.argv[1:]
folder = Path(folder)
claim(folder / "work", anew == "anew", start=fingerprint_start(start), seed=int(seed))
claim(folder / "work", anew == "anew", photographs=fingerprint_photographs([(folder / "eye.png", label, "source", "group")]))
`;

/** What a training does with its work folder. Throws what it is refused with. */
function claim({ label = "normal", picture = "eye", start = "imagenet", seed = "0", anew = "" } = {}): void {
  writeFileSync(path.join(folder, "eye.png"), picture);
  const parameters = ["-B", "-c", program, folder, label, start, seed, anew];
  execFileSync("python3", parameters, { cwd: "models/eye-disease/training", stdio: "pipe" });
}

const checkpoint = () => path.join(work, "final.checkpoint");

function train(): void {
  claim();
  writeFileSync(checkpoint(), "weights");
}

it("resumes a training of the same photographs, start and seed", () => {
  train();
  claim();
  expect(existsSync(checkpoint())).toBe(true);
});

it.each([
  ["label", { label: "glaucoma" }, "difference in photographs"],
  ["photograph", { picture: "another eye" }, "difference in photographs"],
  ["seed", { seed: "1" }, "difference in seed"],
])("refuses a checkpoint of another %s, and begins anew when asked to", (_name, other, problem) => {
  train();
  expect(() => claim(other)).toThrow(new RegExp(`${problem}.*--fresh`));
  claim({ ...other, anew: "anew" });
  expect(existsSync(checkpoint())).toBe(false);
  writeFileSync(checkpoint(), "weights of the other");
  expect(() => claim()).toThrow(problem);
});

it("knows the file that a training starts from by its content", () => {
  const start = path.join(folder, "model.keras");
  writeFileSync(start, "version 1");
  claim({ start });
  writeFileSync(checkpoint(), "weights");
  writeFileSync(start, "version 2");
  expect(() => claim({ start })).toThrow("difference in start");
});

it("is not refused a folder where nothing is kept of a training that ended at once", () => {
  claim();
  claim({ label: "glaucoma", seed: "1" });
  writeFileSync(checkpoint(), "weights");
  expect(() => claim()).toThrow("difference in seed");
});

it("keeps the pixels, which are of the photographs alone, for another start or seed", () => {
  const pixels = path.join(work, "pixels.txt");
  claim();
  writeFileSync(pixels, "eye.png");
  claim({ seed: "1" });
  writeFileSync(checkpoint(), "weights");
  claim({ seed: "2", anew: "anew" });
  expect([existsSync(pixels), existsSync(checkpoint())]).toEqual([true, false]);
  expect(() => claim({ seed: "2", label: "glaucoma" })).toThrow("difference in photographs");
  claim({ seed: "2", label: "glaucoma", anew: "anew" });
  expect(existsSync(pixels)).toBe(false);
});

it("refuses files that do not say what they are of", () => {
  mkdirSync(work);
  writeFileSync(checkpoint(), "weights");
  expect(() => claim()).toThrow("do not say what they are of");
});

it.each([
  ["a training", ["", ""], "work"],
  ["a short one", ["short", ""], "work/short"],
  ["a retraining", ["", "labelled"], "work"],
  // npm run retrain looks for the output, and removes the pixels, in the folder that it named.
  ["a short retraining", ["short", "labelled"], "work"],
])("chooses the folder of %s", (_name, [short, labelled], folder) => {
  const choose = `
import sys
from pathlib import Path
from work_folder import choose_folder
print(choose_folder(Path("work"), sys.argv[1] != "", Path(sys.argv[2]) if sys.argv[2] else None))
`;
  const answer = execFileSync("python3", ["-B", "-c", choose, short ?? "", labelled ?? ""], {
    cwd: "models/eye-disease/training",
    encoding: "utf8",
  });
  expect(answer.trim()).toBe(folder);
});
