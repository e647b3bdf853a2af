import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const read = (file: string) => readFileSync(file, "utf8");
const version = /^mlflow==(\S+)$/m.exec(read("scripts/python/requirements.in"))?.[1] as string;

test.each([
  "scripts/python/requirements-keras.in",
  "models/eye-disease/training/requirements.in",
  "deploy/mlflow/README.md",
  "docs/deploy.md",
  "docs/mlflow-operations.md",
  "shared/mlflow/README.md",
])("%s names the MLflow that the local stack installs", (file) => {
  const named = [...read(file).matchAll(/mlflow\S*?(?:==|:| | itself \()(\d+\.\d+\.\d+)/gi)].map(
    (match) => match[1],
  );
  expect(new Set(named)).toEqual(new Set([version]));
});
