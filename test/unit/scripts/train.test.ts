import { expect, it, vi } from "vitest";
import { showProgram } from "../../../scripts/stack/processes/run-program.ts";
import { joinRunningStack } from "../../../scripts/stack/running-stack.ts";
import { StackError } from "../../../scripts/stack/stack-error.ts";
import { preparePython } from "../../../scripts/train/prepare-python.ts";
import { run } from "../../../scripts/train.ts";

// A module that another file of this process has loaded would not be mocked.
vi.hoisted(() => void vi.resetModules());
vi.mock(import("../../../scripts/train/prepare-python.ts"), () => ({
  preparePython: vi.fn(async () => "python"),
  trainingFolder: "training",
}));
vi.mock(import("../../../scripts/stack/processes/run-program.ts"), () => ({
  showProgram: vi.fn(async () => 0),
}));
vi.mock(import("../../../scripts/stack/running-stack.ts"), () => ({ joinRunningStack: vi.fn() }));

const values = {
  ...{ data: "none", work: "work", start: "imagenet", minutes: 1, "minutes-left-out": 0, seed: 0 },
  ...{ register: false, fresh: undefined, short: true },
};
const train = (typed: Partial<typeof values>) =>
  run({ values: { ...values, ...typed }, operands: [] }, "train");

it("asks for a server only where it registers what it trains", async () => {
  vi.mocked(joinRunningStack).mockImplementation(() => {
    throw new StackError("Expected MLFLOW_TRACKING_URI to be set, too");
  });
  await train({});
  expect(vi.mocked(showProgram)).toHaveBeenCalledOnce();
  await expect(train({ register: true })).rejects.toThrow("Expected MLFLOW_TRACKING_URI to be set, too");
  expect(vi.mocked(showProgram)).toHaveBeenCalledOnce();
});

it("refuses a training that lacks a file before it installs anything for it", async () => {
  vi.mocked(preparePython).mockClear();
  await expect(train({ short: false })).rejects.toThrow(
    /^Expected a folder with labelled photographs for --data but there is no .*none\/fundus\/groups.tsv: .*README.md/,
  );
  await expect(train({ start: "none.keras" })).rejects.toThrow(
    "Expected a .keras file or imagenet for --start but there is no none.keras",
  );
  expect(vi.mocked(preparePython)).not.toHaveBeenCalled();
});
