import { expect, test } from "vitest";
import {
  chooseActivation,
  type EndingFacts,
} from "../../../../shared/inference/predictor/choose-activation.ts";

const facts = (changes: Partial<EndingFacts>): EndingFacts => ({
  ending: "logits",
  units: 4,
  format: "onnx",
  declared: {},
  ...changes,
});

test.each<[Partial<EndingFacts>, string]>([
  [{ ending: "softmax" }, "none"],
  [{ ending: "sigmoid", units: 1 }, "none"],
  [{ ending: "sigmoid", declared: { multi_label: true } }, "none"],
  [{ ending: "unknown" }, "none"],
  [{ ending: "unknown", units: 1, declared: { activation: "none" } }, "none"],
  [{ format: "keras" }, "softmax"],
  [{ format: "keras_h5", units: 1 }, "sigmoid"],
  [{ format: "keras", declared: { multi_label: true } }, "sigmoid"],
  [{ declared: { activation: "softmax" } }, "softmax"],
  [{ declared: { activation: "sigmoid", multi_label: true } }, "sigmoid"],
])("an ending of %j needs %s", (changes, expected) => {
  expect(chooseActivation(facts(changes))).toBe(expected);
});

test.each<[Partial<EndingFacts>, RegExp]>([
  [{}, /^It ends in logits without softmax; .*nn\.Softmax\(dim=1\).*activation: softmax/],
  [{ units: 1 }, /^It ends in a logit without sigmoid; .*nn\.Sigmoid\(\).*activation: sigmoid/],
  [{ declared: { multi_label: true } }, /^It ends in logits without sigmoid; .*activation: sigmoid/],
  [{ ending: "log_softmax" }, /^It ends in the logarithms of probabilities/],
  [{ ending: "sigmoid" }, /^It ends in 4 sigmoids, .*declare multi_label: true/],
  [{ ending: "unknown", units: 1 }, /do not show whether its one number is a probability.*or "none"/],
  [{ ending: "softmax", units: 1 }, /^A softmax of one unit always answers 1/],
  [{ ending: "softmax", declared: { multi_label: true } }, /a softmax lets only one class be true/],
  [{ ending: "softmax", declared: { activation: "softmax" } }, /it would be applied twice/],
  [{ declared: { activation: "sigmoid" } }, /declare multi_label: true too, or activation: softmax/],
])("an ending of %j is refused", (changes, message) => {
  expect(() => chooseActivation(facts(changes))).toThrow(message);
});
