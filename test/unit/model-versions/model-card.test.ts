import { expect, test } from "vitest";
import { renderModelCard } from "../../../shared/model-versions/model-card.ts";
import { modelContractSchema } from "../../../shared/schemas/model.ts";

const contract = modelContractSchema.parse({
  labels: ["no|dr", "dr"],
  input: { height: 64, width: 32, channels: 3 },
  preprocessing: { kind: "center_crop", shorter_side: 72, interpolation: "bicubic" },
});
const render = (authorsCard?: string) =>
  renderModelCard(
    "model.keras",
    {
      format: "keras",
      versionPath: "data/model.keras",
      files: [{ source: "m", versionPath: "m", sizeBytes: 2_500_000 }],
    },
    {
      contract,
      contractBy: {
        labels: "model-contract.json",
        "input.value_range": "assumed: its answers fit",
        temperature: "assumed",
      },
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
