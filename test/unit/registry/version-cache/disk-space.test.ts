import { tmpdir } from "node:os";
import { expect, it } from "vitest";
import { ModelError } from "../../../../shared/errors/model-error.ts";
import { makeRoom } from "../../../../shared/registry/version-cache/disk-space.ts";

/** What is removed, in its order, until this many bytes are free. */
async function remove(neededBytes: number): Promise<{ removed: string[]; error: unknown }> {
  const removed: string[] = [];
  const removable = ["a", "b"].map((name) => async () => void removed.push(name));
  const error = await makeRoom(tmpdir(), neededBytes, removable, "m/3").catch((error: unknown) => error);
  return { removed, error };
}

it("removes nothing where there is room", async () => {
  expect(await remove(0)).toEqual({ removed: [], error: undefined });
});

it("removes everything it may, in order, before it refuses", async () => {
  const { removed, error } = await remove(1e18);
  expect(removed).toEqual(["a", "b"]);
  expect(error).toBeInstanceOf(ModelError);
  expect(error).toMatchObject({
    message: expect.stringMatching(
      /^m\/3 needs 1000000000000 MB on disk .* \(MODEL_CACHE_DIRECTORY\) has \d+ MB free/,
    ),
  });
});
