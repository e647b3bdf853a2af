import { describe, expect, it } from "vitest";
import { assignArm } from "../../../../functions/predict/assign-arm.ts";
import { createHttpEvent } from "../../../support/http-events.ts";

const settings = { alias: "challenger", share: 0.3, keyHeader: "x-ab-test-key" };
const challengerOf = (version: string | undefined, mayAnswerCallers = true) => ({
  version: () => version,
  mayAnswerCallers: () => mayAnswerCallers,
});
const assign = (key: string | undefined, photograph = "photograph", version: string | undefined = "7") =>
  assignArm(
    createHttpEvent({ headers: key === undefined ? {} : { "x-ab-test-key": key } }),
    Buffer.from(photograph),
    challengerOf(version),
    settings,
  );

describe("an A/B test", () => {
  it("gives the challenger its share of the keys", () => {
    const arms = Array.from({ length: 10_000 }, (_, index) => assign(`patient-${index}`)?.arm);
    const share = arms.filter((arm) => arm === "challenger").length / arms.length;
    // Four standard deviations of a share of 0.3 in 10,000.
    expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 10_000));
  });

  it("keeps a key with its arm, whatever photograph comes; without a key, a photograph", () => {
    expect(assign("patient-1", "left")).toEqual(assign("patient-1", "right"));
    expect(assign(undefined, "left")).toEqual(assign(undefined, "left"));
    expect(assign(undefined, "left")?.unit).not.toBe(assign(undefined, "right")?.unit);
  });

  it.each(["", " "])("takes a key that was left empty (%j) for absent", (key) => {
    expect(assign(key, "left")).toEqual(assign(undefined, "left"));
  });

  it("divides the keys anew for another challenger", () => {
    const keys = Array.from({ length: 200 }, (_, index) => `patient-${index}`);
    const moved = keys.filter((key) => assign(key)?.arm !== assign(key, "", "8")?.arm);
    expect(moved.length).toBeGreaterThan(40);
  });

  it("keeps no key, only its hash", () => {
    const experiment = assign("Jane Roe");
    expect(experiment).toEqual({
      challenger_version: "7",
      arm: expect.stringMatching(/^(champion|challenger)$/),
      share: 0.3,
      unit: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it("runs only while there is a share, and a challenger that may answer callers", () => {
    const event = createHttpEvent();
    const photograph = Buffer.from("photograph");
    expect(assignArm(event, photograph, challengerOf("7"), { ...settings, share: 0 })).toBeUndefined();
    expect(assignArm(event, photograph, challengerOf(undefined), settings)).toBeUndefined();
    expect(assignArm(event, photograph, challengerOf("7", false), settings)).toBeUndefined();
  });
});
