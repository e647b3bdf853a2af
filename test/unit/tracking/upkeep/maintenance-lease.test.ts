import { expect, it } from "vitest";
import { takeMaintenanceLease } from "../../../../shared/tracking/upkeep/maintenance-lease.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";

const durationMs = 60_000;

function createTestLocation() {
  const store = createMemoryStore();
  return { store, location: { store, bucket: "bucket", prefix: "" } };
}

it("is held by one at a time", async () => {
  const { location } = createTestLocation();
  const attempts = ["a", "b", "c"].map((owner) =>
    takeMaintenanceLease(location, { owner, nowMs: 0, durationMs }),
  );

  expect((await Promise.all(attempts)).filter((release) => release !== undefined)).toHaveLength(1);
});

it("can be taken when it was given back", async () => {
  const { location } = createTestLocation();
  const release = await takeMaintenanceLease(location, { owner: "a", nowMs: 0, durationMs });
  await release?.();

  expect(await takeMaintenanceLease(location, { owner: "b", nowMs: 1, durationMs })).toBeDefined();
});

it("ends by itself, and is then not given back by its former holder", async () => {
  const { location } = createTestLocation();
  const release = await takeMaintenanceLease(location, { owner: "a", nowMs: 0, durationMs });

  expect(
    await takeMaintenanceLease(location, { owner: "b", nowMs: durationMs - 1, durationMs }),
  ).toBeUndefined();
  expect(await takeMaintenanceLease(location, { owner: "b", nowMs: durationMs, durationMs })).toBeDefined();
  await release?.();
  expect(
    await takeMaintenanceLease(location, { owner: "c", nowMs: durationMs + 1, durationMs }),
  ).toBeUndefined();
});

it("is taken over when it cannot be read", async () => {
  const { location, store } = createTestLocation();
  store.objects.set("inference-log-maintenance.json", "nonsense");

  expect(await takeMaintenanceLease(location, { owner: "a", nowMs: 0, durationMs })).toBeDefined();
});
