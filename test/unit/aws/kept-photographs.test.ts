import { expect, it } from "vitest";
import { createKeptPhotographs } from "../../../shared/aws/kept-photographs.ts";
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

it("one that waits is forgotten, too", async () => {
  const store = createMemoryStore();
  const photographs = createKeptPhotographs(store, "photographs");
  await photographs.keep("waiting", id, png);
  expect(await photographs.forget(id)).toBe(true);
  expect(store.objects.size).toBe(0);
});
