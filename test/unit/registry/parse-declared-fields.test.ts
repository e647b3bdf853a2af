import { describe, expect, test } from "vitest";
import { ModelError } from "../../../shared/errors/model-error.ts";
import { parseDeclaredContract, parseSimpleFields } from "../../../shared/registry/parse-declared-fields.ts";

describe("a contract file", () => {
  test("says only what stands in it: no default is added", () => {
    const declared = parseDeclaredContract({ labels: ["a", "b"], input: { value_range: [0, 1] } }, "file");
    expect(declared).toEqual({ labels: ["a", "b"], input: { value_range: [0, 1] } });
  });

  test("fills in the details of a preprocessing it names", () => {
    expect(parseDeclaredContract({ preprocessing: { kind: "retina_disc" } }, "file")).toEqual({
      preprocessing: { kind: "retina_disc", crop_size: 256, mask_radius: 0.485, interpolation: "area" },
    });
  });

  test.each([
    [{ temperature: 0 }, /^file: temperature: /],
    [{ labels: ["only"] }, /^file: labels: /],
    [{ input: { height: -1 } }, /^file: input\.height: /],
    [{ lables: ["a", "b"] }, /^file: contract: .*lables/],
    [["a"], /^file: contract: /],
  ])("refuses %j, naming the field", (value, message) => {
    expect(() => parseDeclaredContract(value, "file")).toThrow(message);
    expect(() => parseDeclaredContract(value, "file")).toThrow(ModelError);
  });
});

describe("simple fields", () => {
  test.each([
    ["JSON", '["cataract", "normal"]'],
    ["Python's repr", "['cataract', 'normal']"],
    ["words with commas", "cataract, normal"],
    ["a list", ["cataract", "normal"]],
  ])("take labels as %s", (_how, labels) => {
    expect(parseSimpleFields({ labels }, "tags")).toEqual({ labels: ["cataract", "normal"] });
    expect(parseSimpleFields({ class_names: labels }, "tags")).toEqual({ labels: ["cataract", "normal"] });
  });

  test.each([["208x224"], ["208 x 224"], ["[208, 224]"], ["208,224"], [[208, 224]]])(
    "take an input size as %j",
    (size) => {
      expect(parseSimpleFields({ input_size: size }, "tags")).toEqual({ input: { height: 208, width: 224 } });
    },
  );

  test("take one number for a square", () => {
    expect(parseSimpleFields({ input_size: "208" }, "tags")).toEqual({ input: { height: 208, width: 208 } });
  });

  test("take the rest", () => {
    const tags = { value_range: "0,1", temperature: "1.5", preprocessing: "retina_disc", owner: "someone" };
    expect(parseSimpleFields(tags, "tags")).toMatchObject({
      input: { value_range: [0, 1] },
      temperature: 1.5,
      preprocessing: { kind: "retina_disc" },
    });
  });

  test.each([
    [{ temperature: "hot" }, /^tags: temperature/],
    [
      { input_size: "large" },
      /^tags input_size: Expected height x width, such as 208x208, but received large/,
    ],
    [{ value_range: "0" }, /^tags: input\.value_range/],
  ])("refuse %j", (tags, message) => {
    expect(() => parseSimpleFields(tags, "tags")).toThrow(message);
  });

  test("leave other entries alone", () => {
    expect(parseSimpleFields({ owner: "someone", sha256: "00" }, "tags")).toEqual({});
  });
});
