import { expect, it, vi } from "vitest";
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

it("one that waits is forgotten, too, also where its label is just keeping it", async () => {
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
  vi.useFakeTimers({ toFake: ["setTimeout"] });
  const forgotten = photographs.forget(id);
  await vi.waitFor(() => expect(store.objects.size).toBe(0));
  release();
  await confirmed;
  await vi.runAllTimersAsync();
  expect(await forgotten).toBe(true);
  expect(store.objects.size).toBe(0);
  vi.useRealTimers();
});
