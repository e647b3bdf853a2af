import { expect, it } from "vitest";
import { createConfirmPhotograph } from "../../../../functions/labels/confirm-photograph.ts";
import { createKeptPhotographs } from "../../../../shared/aws/kept-photographs.ts";
import { createPredictionId } from "../../../../shared/schemas/prediction-id.ts";
import { createMemoryStore } from "../../../support/memory-store.ts";

const madeMs = Date.parse("2026-11-28T12:00:00.000Z");
const id = createPredictionId(madeMs);
const png = Buffer.from("pixels");

function createWorld(ageMs: number) {
  const store = createMemoryStore();
  const photographs = createKeptPhotographs(store, "photographs");
  const later: (() => Promise<unknown>)[] = [];
  const confirm = createConfirmPhotograph({
    photographs,
    afterResponse: { run: (work) => later.push(work) },
    pausesMs: [0, 0],
    now: () => madeMs + ageMs,
  });
  return { store, photographs, later, confirm };
}

it("keeps a photograph that waits, and looks no further", async () => {
  const { store, photographs, later, confirm } = createWorld(1_000);
  await photographs.keep("waiting", id, png);
  await confirm(id);
  expect([...store.objects.keys()]).toEqual([`kept/${id}.png`]);
  expect(later).toEqual([]);
});

it("keeps a photograph that comes after its label", async () => {
  const { store, photographs, later, confirm } = createWorld(1_000);
  await confirm(id);
  await photographs.keep("waiting", id, png);
  await later[0]?.();
  expect([...store.objects.keys()]).toEqual([`kept/${id}.png`]);
});

it("gives up after its last try, and does not look again for the photograph of an old prediction", async () => {
  const young = createWorld(1_000);
  await young.confirm(id);
  await young.later[0]?.();
  expect(young.store.objects.size).toBe(0);
  const old = createWorld(61_000);
  await old.confirm(id);
  expect(old.later).toEqual([]);
});
