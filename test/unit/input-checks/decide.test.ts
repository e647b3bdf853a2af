import { describe, expect, it } from "vitest";
import { decide } from "../../../shared/input-checks/decide.ts";

const isGradable = true;

describe("a decision", () => {
  it.each([
    [0.7, "confident"],
    [0.69, "uncertain"],
  ])("at %d is %s where the version declares no limit", (highest, decision) =>
    expect(decide({ a: highest, b: 1 - highest }, { isGradable })).toEqual({ decision }),
  );

  it("follows the version's own limit", () => {
    expect(decide({ a: 0.8, b: 0.2 }, { isGradable, confidentFrom: 0.9 }).decision).toBe("uncertain");
    expect(decide({ a: 0.6, b: 0.4 }, { isGradable, confidentFrom: 0.55 }).decision).toBe("confident");
  });

  it("is ungradable whatever the model says of an ungradable photograph", () =>
    expect(decide({ a: 0.999, b: 0.001 }, { isGradable: false }).decision).toBe("ungradable"));
});

describe("a prediction set", () => {
  const probabilities = { a: 0.05, b: 0.6, c: 0.25, d: 0.1 };
  it.each([
    [0.1, ["b", "c", "d"]],
    [0.3, ["b"]],
    [0.9, ["b"]],
    [0, ["b", "c", "d", "a"]],
  ])("from %d on holds %j", (setThreshold, labels) =>
    expect(decide(probabilities, { isGradable, setThreshold }).predictionSet).toEqual(labels),
  );
});
