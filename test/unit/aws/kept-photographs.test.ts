import { describe, expect, it } from "vitest";
import { createKeptPhotographs } from "../../../shared/aws/kept-photographs.ts";
import { createPredictionId } from "../../../shared/schemas/prediction-id.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const id = "019ac2fb-c4d8-7b51-9a55-0c3a5b0f6c11";
const png = Buffer.from("pixels");

it("a photograph waits for its label, is kept, found and forgotten", async () => {
  const store = createMemoryStore();
  const photographs = createKeptPhotographs(store, "photographs");
  await photographs.keep("waiting", id, png);
  expect([...store.objects.keys()]).toEqual([`waiting/${id}.png`]);
  expect(await photographs.confirm(id)).toBe(true);
  expect([...store.objects.keys()]).toEqual([`kept/${id}.png`]);
  expect(await photographs.confirm(id)).toBe(false);
  expect(Buffer.from((await photographs.fetch(id)) ?? []).toString()).toBe("pixels");
  const listed: string[] = [];
  for await (const found of photographs.list()) listed.push(found);
  expect(listed).toEqual([id]);
  expect(await photographs.forget(id)).toBe(true);
  expect(store.objects.size).toBe(0);
  expect(await photographs.forget(id)).toBe(false);
});

it("a waiting photograph is forgotten, too, also where its label is just keeping it", async () => {
  const store = createMemoryStore();
  const photographs = createKeptPhotographs(store, "photographs");
  await photographs.keep("waiting", id, png);
  const { promise: held, resolve: release } = Promise.withResolvers<void>();
  const slow = createKeptPhotographs(
    {
      ...store,
      putObject: async (...write) => {
        await held;
        return store.putObject(...write);
      },
    },
    "photographs",
  );
  const confirmed = slow.confirm(id);
  const sleep = async () => {
    expect(store.objects.size).toBe(0);
    release();
    await confirmed;
  };
  expect(await createKeptPhotographs(store, "photographs", { sleep }).forget(id)).toBe(true);
  expect(store.objects.size).toBe(0);
});

describe("one that predict writes after its answer", () => {
  const madeMs = Date.parse("2026-11-28T12:00:00.000Z");

  it.each([
    ["is forgotten where it is kept at once", "kept", 0, 60_000],
    ["is forgotten where it waits for its label", "waiting", 0, 70_000],
    ["is forgotten where its id's clock is ahead", "kept", -3_600_000, 60_000],
  ] as const)("%s", async (_, place, ageMs, expectedMs) => {
    const store = createMemoryStore();
    let sleptMs = 0;
    const photographs = createKeptPhotographs(store, "photographs", {
      sleep: async (milliseconds) => {
        if (sleptMs === 0) await photographs.keep(place, young, png);
        sleptMs += milliseconds;
      },
      now: () => madeMs + ageMs + sleptMs,
    });
    const young = createPredictionId(madeMs);
    expect(await photographs.forget(young)).toBe(true);
    expect(store.objects.size).toBe(0);
    expect(sleptMs).toBe(expectedMs);
  });
});
