import { expect, it, vi } from "vitest";
import { showProgram } from "../../../scripts/stack/processes/run-program.ts";
import { joinRunningStack } from "../../../scripts/stack/running-stack.ts";
import { StackError } from "../../../scripts/stack/stack-error.ts";
import { run } from "../../../scripts/train.ts";

vi.mock(import("../../../scripts/train/prepare-python.ts"), () => ({
  preparePython: async () => "python",
  trainingFolder: "training",
}));
vi.mock(import("../../../scripts/stack/processes/run-program.ts"), () => ({
  showProgram: vi.fn(async () => 0),
}));
vi.mock(import("../../../scripts/stack/running-stack.ts"), () => ({ joinRunningStack: vi.fn() }));

const train = (register: boolean) =>
  run(
    {
      values: {
        ...{
          data: "data",
          work: "work",
          start: "imagenet",
          minutes: "1",
          "minutes-left-out": "0",
          seed: "0",
        },
        ...{ register, fresh: undefined, short: undefined },
      },
      operands: [],
    },
    "train",
  );

it("asks for a server only where it registers what it trains", async () => {
  vi.mocked(joinRunningStack).mockImplementation(() => {
    throw new StackError("Expected MLFLOW_TRACKING_URI to be set, too");
  });
  await train(false);
  expect(vi.mocked(showProgram)).toHaveBeenCalledOnce();
  await expect(train(true)).rejects.toThrow("Expected MLFLOW_TRACKING_URI to be set, too");
  expect(vi.mocked(showProgram)).toHaveBeenCalledOnce();
});
