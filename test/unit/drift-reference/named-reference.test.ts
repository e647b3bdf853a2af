import { expect, it } from "vitest";
import {
  readNamedReference,
  removeNamedReference,
  writeNamedReference,
} from "../../../shared/drift-reference/named-reference.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

it("is kept with where it comes from until it is removed, which says whether there was one", async () => {
  const location = { store: createMemoryStore(), bucket: "log", prefix: "clinic/" };
  expect(await readNamedReference(location)).toBeUndefined();
  expect(await removeNamedReference(location)).toBe(false);

  const address = await writeNamedReference(location, "{}", "last week");
  expect(address).toBe("s3://log/clinic/drift-reference/window.jsonl");
  expect(await readNamedReference(location)).toMatchObject({ source: "last week" });

  expect(await removeNamedReference(location)).toBe(true);
  expect(await readNamedReference(location)).toBeUndefined();
});
