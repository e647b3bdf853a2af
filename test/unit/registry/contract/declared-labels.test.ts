import { describe, expect, test } from "vitest";
import {
  type LabelName,
  looksLikeLabels,
  readLabels,
} from "../../../../shared/registry/contract/declared-labels.ts";
import { parseSimpleFields } from "../../../../shared/registry/contract/parse-declared-fields.ts";

const elevenLabels = Array.from({ length: 11 }, (_, index) => `class ${index}`);

describe("labels stay text as they are written", () => {
  test.each<[string, LabelName, unknown, string[]]>([
    ["numbers", "labels", [0, 1, 2], ["0", "1", "2"]],
    ["numbers in text", "labels", "[0, 1.0, 02]", ["0", "1.0", "02"]],
    ["booleans and nulls", "labels", "[yes, No, true, null, ~]", ["yes", "No", "true", "null", "~"]],
    ["booleans of JSON", "labels", [true, false, null], ["true", "false", "null"]],
    ["Python's None and True", "class_names", "[None, True]", ["None", "True"]],
    ["a Python tuple", "labels", "('normal', \"Stargardt's\")", ["normal", "Stargardt's"]],
    ["accents", "labels", "Normal, Retinopatia diabética", ["Normal", "Retinopatia diabética"]],
    ["accents escaped", "labels", String.raw`["diab\u00e9tica", "ok"]`, ["diabética", "ok"]],
    ["brackets", "labels", "DR [mild], DR (severe), {x}", ["DR [mild]", "DR (severe)", "{x}"]],
    ["brackets in a list", "labels", ["DR [mild]", "AMD (dry): 1/2"], ["DR [mild]", "AMD (dry): 1/2"]],
    ["lines", "class_names", "normal\nglaucoma, open angle\n", ["normal", "glaucoma, open angle"]],
    ["a YAML list", "labels", "- no\n- yes", ["no", "yes"]],
    ["class_indices of Keras", "class_indices", { PDR: 2, No_DR: 0, Mild: 1 }, ["No_DR", "Mild", "PDR"]],
    ["class_indices in text", "class_indices", "{'b': 1, 'a': 0}", ["a", "b"]],
    ["id2label", "id2label", { 1: "b", 0: "a" }, ["a", "b"]],
    ["id2label in text", "id2label", '{"1": "b", "0": "a"}', ["a", "b"]],
    ["numbers by name", "class_indices", { 1: 0, 0: 1 }, ["1", "0"]],
    ["numbers by index", "id2label", { 1: 0, 0: 1 }, ["1", "0"]],
    ["label2id", "label2id", { b: 1, a: 0 }, ["a", "b"]],
    ["class_to_idx of torchvision", "class_to_idx", { b: 1, a: 0 }, ["a", "b"]],
    ["idx_to_class", "idx_to_class", "{0: 'a', 1: 'b'}", ["a", "b"]],
    ["labels by name", "labels", { b: "1", a: "0" }, ["a", "b"]],
    ["numbers by name of torchvision", "class_to_idx", { 1: 0, 0: 1 }, ["1", "0"]],
    ["numbers by name of Hugging Face", "label2id", { 1: 0, 0: 1 }, ["1", "0"]],
    ["numbers by index under a name that does not say", "label_map", { 1: 0, 0: 1 }, ["1", "0"]],
    ["more than ten by index", "id2label", Object.fromEntries(elevenLabels.entries()), elevenLabels],
    ["words in quotes", "labels", "'a, b', 'c'", ["a, b", "c"]],
    ["an empty last line or word", "labels", "a, b,", ["a", "b"]],
    ["Windows's line breaks", "class_names", "a\r\nb\r\n", ["a", "b"]],
    ["a list with spaces around it", "labels", "  ['a', 'b'] ", ["a", "b"]],
    ["one label in a list", "labels", "['a']", ["a"]],
    ["a dash inside words", "labels", "pre- and, post-op", ["pre- and", "post-op"]],
    ["words in parentheses, some of them", "labels", "(mild), severe", ["(mild)", "severe"]],
  ])("%s", (_, name, value, expected) => {
    expect(readLabels(name, value, "tags")).toEqual(expected);
  });

  test("a count of classes names none", () => {
    expect(readLabels("classes", "4", "params")).toBeUndefined();
    expect(readLabels("classes", 12, "params")).toBeUndefined();
  });

  test.each<[string, LabelName, unknown, RegExp]>([
    [
      "a gap",
      "class_indices",
      { a: 0, b: 2 },
      /Expected the indices 0 to 1, each once, but received a: 0, b: 2/,
    ],
    ["an index that is none", "class_indices", { a: 0, b: "x" }, /Expected the indices 0 to 1/],
    ["a negative index", "class_indices", { a: 0, b: -1 }, /each once, but received a: 0, b: -1/],
    ["indices from one", "id2label", { 1: "a", 2: "b" }, /Expected the indices 0 to 1/],
    ["nothing", "labels", null, /Expected the labels in the order .* but received null/],
    ["a count with a point", "classes", "4.5", /Expected the labels in the order/],
    ["half a list", "labels", "['a', 'b'", /Expected the labels in the order/],
    ["a list of YAML's aliases", "labels", "[&a x, *a]", /Expected the labels in the order/],
    [
      "an object by index",
      "id2label",
      { 0: { name: "a" }, 1: "b" },
      /Expected each label as text but received \{"name":"a"\}/,
    ],
    ["an index twice", "id2label", { a: 1, b: 1 }, /each once/],
    ["an object among them", "labels", [{ id: 0, name: "a" }], /Expected each label as text/],
    ["one word", "labels", "see the wiki", /Expected the labels in the order/],
    [
      "what Python prints of keys",
      "classes",
      "dict_keys(['n', 'b'])",
      /Expected the labels .* received dict_keys/,
    ],
    [
      "what pandas prints",
      "classes",
      "Index(['n', 'b'], dtype='object')",
      /Expected the labels .* received Index/,
    ],
  ])("refuses %s", (_, name, value, message) => {
    expect(() => readLabels(name, value, "tags")).toThrow(message);
  });
});

test.each([[["A", "B", "B"]], [["é", "e\u0301"]], [["a", " a"]]])(
  "labels that look the same are refused: %j",
  (labels) => {
    expect(() => parseSimpleFields({ labels }, "tags")).toThrow(/tags: labels: Expected each label once/);
  },
);

test.each<[string, unknown, boolean]>([
  ["dataset_classes", "['w', 'x', 'y', 'z']", true],
  ["target.labels", ["w", "x"], true],
  ["disease-categories", { w: 0, x: 1 }, true],
  ["diagnosis", "w, x", true],
  ["diagnoses", ["w", "x"], true],
  ["Category", ["w", "x"], true],
  ["class", ["w", "1"], true],
  ["label", "(w, x)", true],
  ["label_mapping", '{"0": "w", "1": "x"}', true],
  ["index_to_label", { 1: "w", 0: "x" }, true],
  ["classNames", ["w", "x"], true],
  ["diseases", ["w", "x"], true],
  ["disease_names", "w, x", true],
  ["class_thresholds", { 0: 0.5, 1: 0.7 }, false],
  ["mlflow.classes", ["w", "x"], false],
  ["dataset_classes", ["w"], false],
  ["dataset_classes", "w", false],
  ["dataset_classes", null, false],
  ["dataset_classes", "1.5, 2.5", false],
  ["class_weights", "{'w': 0.5, 'x': 2}", false],
  ["label_counts", "{'w': 5, 'x': 2}", false],
  ["class_loss", ["w", "x"], false],
  ["class_distribution", "{'w': 5, 'x': 2}", false],
  ["subclasses", ["w", "x"], false],
  ["classification", ["w", "x"], false],
  ["class_weight", "{'w': 0.5, 'x': 2}", false],
  ["num_classes", "4", false],
  ["classifier_layers", "['dense', 'softmax']", false],
  ["label_ids", "[0, 1]", false],
  ["layers", "['dense', 'softmax']", false],
])("an entry %s of %j seems to say labels: %s", (name, value, expected) => {
  expect(looksLikeLabels(name, value)).toBe(expected);
});

test("two names that say different labels are refused", () => {
  expect(() => parseSimpleFields({ labels: "a, b", class_names: "b, a" }, "tags")).toThrow(
    "tags: labels says a, b but class_names says b, a",
  );
});
