import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type { ModelFile } from "../registry/version-files/model-file.ts";
import type { PreparedModel } from "../serving/model-process/prepare-model.ts";
import { describeContract, renderAssumed } from "./describe-contract.ts";

/** Longest description that MLflow keeps of a version. */
const maximumLength = 5_000;

/**
 * Description of a version for its page in MLflow, in Markdown: its output and input, which of that is assumed, and the
 * card that its author wrote.
 *
 * @param authorsCard see {@link findModelCard}
 */
export function renderModelCard(
  fileName: string,
  { files, format }: ModelFile,
  { contract, contractBy, engine }: PreparedModel,
  authorsCard: string | undefined,
): string {
  const { input, labels } = contract;
  const fields = describeContract({ contract, contractBy });
  const assumed = fields.filter(({ place }) => place === undefined).map(renderAssumed);
  const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const rows = [
    ["file", `${fileName}, ${format}, ${(bytes / 1e6).toFixed(1)} MB`],
    ["answers", labels.join(", ")],
    ["takes", `${input.width} x ${input.height} pixels, values ${input.value_range.join("..")}`],
    ["preprocessing", fields.find(({ field }) => field === "preprocessing")?.value],
    ["tried on", engine],
    ["assumed, not declared", assumed.join("; ") || "nothing"],
  ];
  const table = rows.map(([name, value = ""]) => `| ${name} | ${value.replace(/[\\|]/g, "\\$&")} |`);
  const summary = `| | |\n|---|---|\n${table.join("\n")}\n`;
  const text = authorsCard === undefined ? summary : `${summary}\n${withoutLocalLinks(authorsCard)}`;
  return text.length <= maximumLength ? text : `${text.slice(0, maximumLength - 4)}\n...`;
}

/** Keeps only the words of links to files beside the card or to its own headings: MLflow's page has neither. */
const withoutLocalLinks = (markdown: string): string =>
  markdown.replace(/\[([^\]]*)\]\((?![a-z]+:)[^)]*\)/gi, "$1");

/** The card beside a model file: a MODEL_CARD.md, or a README.md that calls itself one. */
export function findModelCard(modelFile: string): string | undefined {
  const folder = path.dirname(path.resolve(modelFile));
  return ["MODEL_CARD.md", "README.md"]
    .map((name) => path.join(folder, name))
    .filter((file) => existsSync(file))
    .map((file) => readFileSync(file, "utf8"))
    .find((text) => /^#+ model card/im.test(text));
}
