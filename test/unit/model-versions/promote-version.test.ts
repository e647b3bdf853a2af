import { beforeEach, describe, expect, it } from "vitest";
import { ModelError, NoVersionError } from "../../../shared/errors/model-error.ts";
import { MlflowError } from "../../../shared/mlflow/error.ts";
import {
  type PromoteOptions,
  promoteVersion,
  rollBack,
} from "../../../shared/model-versions/promote-version.ts";
import type { TriedModel } from "../../../shared/model-versions/try-model.ts";
import { createContract } from "../../support/create-predictor.ts";
import { createFakeRegistry, type FakeRegistry } from "../../support/fake-registry.ts";
import { createMemoryStore } from "../../support/memory-store.ts";
import { createTinyModel } from "../../support/tiny-model.ts";

const tried: TriedModel = {
  contract: createContract({ labels: ["a", "b", "c"], input: { height: 8, width: 8 } }),
  contractBy: { labels: "version tags" },
  ...{ engine: "onnx", loadTimeSeconds: 1, sizeBytes: 1, peakMemoryMb: 1, inferenceTimeMs: 1 },
};

let registry: FakeRegistry;
let steps: string[];
beforeEach(() => {
  registry = createFakeRegistry();
  steps = [];
});

const options = (others: Partial<PromoteOptions> = {}): PromoteOptions => ({
  mlflow: registry.mlflow,
  store: createMemoryStore(),
  name: "m",
  engine: "onnx",
  pointer: { stage: "Production" },
  experimentName: "sessions",
  onProgress: (step) => steps.push(step),
  ...others,
});
const moves = () => registry.requests.filter((path) => /transition-stage|set-tag/.test(path));
/** Versions whose files are gone, so that nothing has to be loaded; each is promoted after the one before. */
function promoteBroken(...versions: string[]): void {
  for (const version of versions) registry.add(version, "").files.clear();
  for (const version of versions) registry.promote(version);
}

describe("a promotion", () => {
  it("of a version that was just tried moves the stage, and keeps who did it and why", async () => {
    registry.add("1", "");
    const moved = await promoteVersion("1", options({ tried, forced: "a new camera" }));
    expect(moved).toMatchObject({ model: tried, differences: undefined });
    expect(moved.entry).toMatchObject({
      ...{ action: "promote", pointer: "Production", from: null, to: "1", forced: "a new camera" },
    });
    expect(registry.written.map(([of]) => of)).toEqual(["m", "m/1"]);
    expect(steps).toEqual(["It answers on onnx: a, b, c"]);
  });

  it("replaces a version that cannot be loaded any more, and says that they are not compared", async () => {
    promoteBroken("1");
    registry.add("2", "");
    const { entry, differences } = await promoteVersion("2", options({ tried }));
    expect(entry).toMatchObject({ from: "1", to: "2" });
    expect(entry).not.toHaveProperty("forced");
    expect(differences).toBeUndefined();
    expect(steps).toEqual([
      "It answers on onnx: a, b, c",
      "Comparing it with version 1",
      expect.stringMatching(/^Version 1 cannot be compared: ./),
    ]);
  });

  it("tries the version itself where nobody has, and says what changes for callers", async () => {
    const weights = createTinyModel();
    registry.add("1", weights, { labels: "a, b, c" });
    registry.add("2", weights, { labels: "a, b, d" });
    registry.promote("1");
    const { entry, model, differences } = await promoteVersion("2", options());
    expect(entry).toMatchObject({ from: "1", to: "2" });
    expect(model).toMatchObject({ engine: "onnx", sizeBytes: weights.length });
    expect(differences).toEqual([{ field: "labels", before: "a, b, c", after: "a, b, d" }]);
    expect(steps).toEqual(["Trying version 2", "It answers on onnx: a, b, d", "Comparing it with version 1"]);
  });

  it.each([
    ["has the stage already", "1", ModelError, "m version 1 is Production already"],
    ["does not exist", "9", NoVersionError, "The registry has no version 9 of m"],
    ["cannot be served", "2", ModelError, "m/2: its files hold no MLmodel"],
  ])("moves nothing to a version that %s", async (_, version, kind, message) => {
    promoteBroken("1");
    registry.add("2", "").files.delete("MLmodel");
    const failure = await promoteVersion(version, options()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(kind);
    expect(failure).toMatchObject({ message: expect.stringContaining(message) });
    expect(moves()).toEqual([]);
  });

  it("moves nothing where the registry cannot say who has the stage", async () => {
    registry.add("1", "");
    registry.failing = "mlflow/registered-models/get-latest-versions";
    await expect(promoteVersion("1", options({ tried }))).rejects.toBeInstanceOf(MlflowError);
    expect(moves()).toEqual([]);
  });

  it("of an alias leaves the stages as they are", async () => {
    promoteBroken("1", "2");
    const { entry } = await promoteVersion("1", options({ tried, pointer: { alias: "champion" } }));
    expect(entry).toMatchObject({ pointer: "@champion", from: null, to: "1" });
    expect(registry.aliases.get("champion")).toBe("1");
    expect(moves()).not.toContain("mlflow/model-versions/transition-stage");
  });
});

describe("a rollback", () => {
  it("moves the stage back to the version before, and says so in the registry", async () => {
    promoteBroken("1", "2");
    const { entry } = await rollBack(options({ tried }));
    expect(entry).toMatchObject({ action: "rollback", from: "2", to: "1" });
    expect(registry.written[0]?.[2]).toMatch(/^Production: version 1 \(before: 2\), rolled back by /);
  });

  it.each([
    ["2", ["2"]],
    ["now", []],
  ])("is refused where nothing tells what was before %s, with what to do", async (before, versions) => {
    promoteBroken(...versions);
    await expect(rollBack(options({ tried }))).rejects.toThrow(
      new ModelError(
        `The registry has no record of which version was Production before ${before}, or the version was deleted. Choose one with: npm run models, then: npm run promote -- VERSION`,
      ),
    );
    expect(moves()).toEqual([]);
  });

  it("is refused where the version before cannot be served, with its number and what to do", async () => {
    registry.add("1", "").files.delete("MLmodel");
    registry.add("2", "");
    for (const version of ["1", "2"]) registry.promote(version);
    const failure = await rollBack(options()).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ModelError);
    expect(failure).toMatchObject({
      message: expect.stringMatching(
        /^Version 1 was Production before\. m\/1: its files hold no MLmodel .*\. Promote another with: npm run promote -- VERSION$/,
      ),
      cause: expect.any(ModelError),
    });
    expect(moves()).toEqual([]);
  });

  it("blames no version where MLflow fails", async () => {
    promoteBroken("1", "2");
    registry.failing = "mlflow/model-versions/transition-stage";
    const failure = await rollBack(options({ tried })).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(MlflowError);
  });
});
