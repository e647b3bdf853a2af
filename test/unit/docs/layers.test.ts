import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { layerReaders } from "../../../shared/keras-compiler/keras/layers/all-layers.ts";
import { inactiveLayers } from "../../../shared/keras-compiler/keras/layers/inactive-layers.ts";

/** What Keras 2 writes for a function call, and what is left out: no layers that a person would look for. */
const unnamed = ["TFOpLambda", "SlicingOpLambda", ...inactiveLayers];

test.each(["docs/models.md", "shared/keras-compiler/README.md"])("%s names every layer", (file) => {
  const words = new Set(readFileSync(file, "utf8").match(/\w+/g));
  const layers = [...layerReaders.keys()].filter((name) => !unnamed.includes(name));
  expect(layers.filter((name) => !words.has(name))).toEqual([]);
});
