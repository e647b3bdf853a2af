import { expect, test } from "vitest";
import { listAssumed, renderSources } from "../../../shared/model-versions/describe-contract.ts";
import { createContract } from "../../support/create-predictor.ts";

const model = {
  contract: createContract({ labels: ["Degeneração macular", "normal"], input: { value_range: [0, 1] } }),
  contractBy: {
    labels: "MLmodel metadata",
    "input.height": "graph",
    "input.width": "graph",
    "input.channels": "graph",
    "input.value_range": "version tags",
    preprocessing: "assumed",
    temperature: "assumed",
    probabilities: "softmax added to the graph's logits",
  },
};

test("declared fields are shown with their place, assumed ones with their value", () => {
  expect(renderSources(model)).toEqual([
    "declared: labels Degeneração macular, normal (MLmodel metadata); input.value_range 0, 1 (version tags)",
    "assumed: preprocessing resize, interpolation bicubic, antialias true; multi_label false; temperature 1; " +
      "input.channel_order rgb; input.mean 0, 0, 0; input.std 1, 1, 1",
    "probabilities: softmax added to the graph's logits",
  ]);
});

test("only what nothing declares is assumed", () => {
  expect(listAssumed(model.contractBy)).toEqual(["preprocessing", "temperature"]);
});

test("long lists of numbers are counted, not shown", () => {
  const direction = Buffer.from(new Float32Array(192).buffer).toString("base64");
  const trust = { feature_distance: { direction, mean: 1, deviation: 2, limit: 3 } };
  const declared = { contract: createContract({ trust }), contractBy: { trust: "model-contract.json" } };
  expect(renderSources(declared)[0]).toBe(
    "declared: trust feature_distance direction 192 numbers, mean 1, deviation 2, limit 3 (model-contract.json)",
  );
});

test("ignored entries of the metadata are shown, and are no assumption", () => {
  const contractBy = { labels: "assumed", ignored: "MLmodel metadata: default_stage" };
  expect(renderSources({ contract: createContract({}), contractBy })).toContain(
    "ignored: MLmodel metadata: default_stage",
  );
  expect(listAssumed(contractBy)).toEqual(["labels"]);
});
