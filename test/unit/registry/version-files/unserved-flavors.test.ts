import { expect, it } from "vitest";
import { describeUnserved } from "../../../../shared/registry/version-files/unserved-flavors.ts";

const received = "Expected a model of flavor tensorflow (Keras or tf.Module), keras or onnx but received";

it.each([
  [["python_function", "pytorch"], "python_function, pytorch. PyTorch needs Python to run"],
  [["transformers", "python_function"], "transformers, python_function. A Transformers pipeline"],
  [["sklearn", "python_function"], "sklearn, python_function. scikit-learn takes rows"],
  [["python_function"], "python_function. A pyfunc is Python code"],
])(
  "a version of flavors %j is told what to log instead, by its own flavor before the general one",
  (flavors, said) => {
    const description = describeUnserved(flavors);
    expect(description.startsWith(`${received} ${said}`)).toBe(true);
    expect(description).toContain('mlflow.onnx.log_model(onnx.load("model.onnx")');
  },
);

it.each([
  [["xgboost"], "xgboost"],
  [[], "none"],
])("a version of flavors %j is told what is expected", (flavors, said) => {
  expect(describeUnserved(flavors)).toBe(`${received} ${said}`);
});
