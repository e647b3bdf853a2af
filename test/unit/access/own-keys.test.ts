import { expect, it } from "vitest";
import { findKey } from "../../../shared/access/api-key.ts";
import { readKeys } from "../../../shared/access/key-store.ts";
import { replaceKey } from "../../../shared/access/own-keys.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

it("replaces a command's earlier key, leaves those of others, and expires", async () => {
  const location = { store: createMemoryStore(), bucket: "log", prefix: "" };
  const replace = (name: string) => replaceKey(location, { name, validMs: 60_000 });
  const first = await replace("a");
  const other = await replace("b");
  const second = await replace("a");
  const keys = await readKeys(location);
  const nameOf = (key: string, nowMs = Date.now()) => findKey(keys, key, nowMs)?.name;
  expect([first, other, second].map((key) => nameOf(key))).toEqual([undefined, "b", "a"]);
  expect(nameOf(second, Date.now() + 61_000)).toBeUndefined();
});
