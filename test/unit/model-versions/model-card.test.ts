import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { findModelCard, renderModelCard } from "../../../shared/model-versions/model-card.ts";
import { modelContractSchema } from "../../../shared/schemas/model.ts";

const contract = modelContractSchema.parse({
  labels: ["no|dr", "dr"],
  input: { height: 64, width: 32, channels: 3 },
  preprocessing: { kind: "center_crop", shorter_side: 72, interpolation: "bicubic" },
});
const declaredBy: Record<string, string> = {
  labels: "model-contract.json",
  "input.value_range": "assumed: its answers fit",
  temperature: "assumed",
};
const render = (authorsCard?: string, contractBy = declaredBy) =>
  renderModelCard(
    "model.keras",
    {
      format: "keras",
      versionPath: "data/model.keras",
      files: [{ source: "m", versionPath: "m", sizeBytes: 2_500_000 }],
    },
    {
      contract,
      contractBy,
      engine: "onnx",
      loadTimeSeconds: 1,
      peakMemoryMb: 100,
      inferenceTimeMs: 5,
    },
    authorsCard,
  );

test("describes a version's output and input, and what is assumed of it, with the evidence", () => {
  const card = render();
  expect(card).toContain("| file | model.keras, keras, 2.5 MB |");
  expect(card).toContain("| answers | no\\|dr, dr |");
  expect(card).toContain("| takes | 32 x 64 pixels, values 0..255 |");
  expect(card).toContain("| preprocessing | center_crop, shorter_side 72, interpolation bicubic |");
  expect(card).toMatch(
    /\| assumed, not declared \| .*temperature 1; .*input\.value_range 0, 255 \(its answers fit\)/,
  );
});

test("keeps links of the author's card that lead somewhere, and only the words of the others", () => {
  expect(
    render("[Português](#cartao) [NOTICE](NOTICE) [train](training/README.md) [MLflow](https://mlflow.org)"),
  ).toContain("Português NOTICE train [MLflow](https://mlflow.org)");
});

test("is as long as MLflow keeps a description, at most", () => {
  const room = 5_000 - render("").length;
  const whole = render("x".repeat(room));
  expect(whole).toHaveLength(5_000);
  expect(whole.endsWith("x\n...")).toBe(false);
  const cut = render("x".repeat(room + 1));
  expect(cut).toHaveLength(5_000);
  expect(cut.endsWith("x\n...")).toBe(true);
});

test("says that nothing is assumed where nothing is", () => {
  const fields = ["labels", "preprocessing", "temperature", "multi_label", "input.height", "input.width"];
  const values = ["input.channels", "input.value_range", "input.channel_order", "input.mean", "input.std"];
  const contractBy = Object.fromEntries(
    [...fields, ...values].map((field) => [field, "model-contract.json"]),
  );
  expect(render(undefined, contractBy)).toContain("| assumed, not declared | nothing |");
});

describe("the author's card", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "model-card-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  const find = () => findModelCard(path.join(folder, "model.keras"));

  test("is a MODEL_CARD.md before a README.md", () => {
    expect(find()).toBeUndefined();
    write("README.md", "About\n\n## Model card of the eyes\n");
    expect(find()).toMatch(/^About/);
    write("MODEL_CARD.md", "# MODEL CARD\n");
    expect(find()).toBe("# MODEL CARD\n");
  });

  test("is no file that does not call itself one", () => {
    write("README.md", "See the model card: # model card\n");
    write("MODEL_CARD.md", "# Card\n");
    expect(find()).toBeUndefined();
  });
});
