import { describe, expect, it } from "vitest";
import { decideRetraining, type RetrainingFacts } from "../../../shared/learning/decide-retraining.ts";
import type { RetrainingState } from "../../../shared/learning/retraining-state.ts";
import type { RetrainingSettings } from "../../../shared/settings/retraining.ts";

const dayMs = 24 * 3_600_000;
const nowMs = Date.parse("2026-11-28T12:00:00.000Z");
const settings: RetrainingSettings = {
  labels: 100,
  onDrift: true,
  days: 30,
  cooldownDays: 7,
  promote: false,
};
const lastOf = (daysAgo: number, parts: Partial<RetrainingState> = {}): RetrainingState => ({
  attempt: "0d7544ff-622c-435e-8f8a-79a82a0995c7",
  reason: "labels",
  started_ms: nowMs - daysAgo * dayMs,
  lease_until_ms: nowMs - daysAgo * dayMs,
  phase: "done",
  labels_until_ms: nowMs - daysAgo * dayMs,
  drift_episode: null,
  ...parts,
});
const decide = (facts: Partial<RetrainingFacts>, changed: Partial<RetrainingSettings> = {}) =>
  decideRetraining(
    { last: lastOf(10), newLabels: 0, driftEpisode: null, nowMs, ...facts },
    { ...settings, ...changed },
  );

describe("a training", () => {
  it("is begun by labels, by drift, by time; by none of them where none is set", () => {
    expect(decide({})).toMatchObject({
      action: "none",
      reason: "Nothing calls for a training (new labels: 0)",
    });
    expect(decide({ newLabels: 99 }).action).toBe("none");
    expect(decide({ newLabels: 100 })).toMatchObject({
      action: "train",
      reason: expect.stringContaining("100 new labels"),
    });
    expect(decide({ driftEpisode: "2026-11-27" })).toMatchObject({
      action: "train",
      reason: expect.stringContaining("Drift"),
    });
    expect(decide({ last: lastOf(31) })).toMatchObject({ action: "train" });
    const off = { labels: 0, onDrift: false, days: 0 };
    expect(decide({ newLabels: 1_000, driftEpisode: "2026-11-27", last: lastOf(900) }, off).action).toBe(
      "none",
    );
  });

  it("does not follow another one within the cooldown, not even a failed one", () => {
    for (const phase of ["done", "failed"] as const) {
      const decision = decide({ newLabels: 500, last: lastOf(3, { phase }) });
      expect(decision).toMatchObject({
        action: "none",
        reason: expect.stringContaining("2026-12-02T12:00:00.000Z"),
      });
    }
  });

  it("is begun once each time drift begins", () => {
    const last = lastOf(10, { drift_episode: "2026-11-10" });
    expect(decide({ last, driftEpisode: "2026-11-10" }).action).toBe("none");
    expect(decide({ last, driftEpisode: "2026-11-20" }).action).toBe("train");
  });

  it("that goes on is left alone, and resumed once nobody works on it", () => {
    const working = lastOf(0.1, { phase: "training", lease_until_ms: nowMs + 1 });
    expect(decide({ last: working, newLabels: 500 }).action).toBe("none");
    const interrupted = lastOf(0.1, { phase: "training", lease_until_ms: nowMs });
    expect(decide({ last: interrupted }).action).toBe("resume");
  });
});
