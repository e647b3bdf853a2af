import { describe, expect, it } from "vitest";
import { z } from "zod";
import { createPredictionId, timeOfPredictionId } from "../../../shared/schemas/prediction-id.ts";

const nowMs = Date.parse("2026-11-28T14:59:12.345Z");

describe("a prediction id", () => {
  it("is a UUID of version 7, as RFC 9562 has it", () => {
    const id = createPredictionId(nowMs);
    expect(z.uuidv7().safeParse(id).success).toBe(true);
    // The example of RFC 9562, appendix A.6.
    expect(createPredictionId(0x017f22e279b0, "00000000-0000-4cc3-98c4-dc0c0c07398f")).toBe(
      "017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
    );
  });

  it("says when it was made", () => {
    expect(timeOfPredictionId(createPredictionId(nowMs))).toBe(nowMs);
    expect(timeOfPredictionId(createPredictionId(nowMs).toUpperCase())).toBe(nowMs);
  });

  it("is no other's", () => {
    expect(new Set(Array.from({ length: 100 }, () => createPredictionId(nowMs))).size).toBe(100);
  });

  it("of earlier versions of the service says no time", () => {
    expect(timeOfPredictionId("0d7544ff-622c-435e-8f8a-79a82a0995c7")).toBeUndefined();
    expect(timeOfPredictionId("photograph")).toBeUndefined();
  });
});
