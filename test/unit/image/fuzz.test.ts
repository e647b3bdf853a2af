import { expect, test } from "vitest";
import { formSeed, tryForm } from "../../fuzz/fuzz-forms.ts";
import { tryPicture } from "../../fuzz/fuzz-pictures.ts";
import { mutate } from "../../fuzz/mutate.ts";
import { createSeeds } from "../../fuzz/seeds.ts";
import { createRandom } from "../../support/random.ts";

// A few seconds of what `npm run fuzz` does for any length of time.
const mutationsEach = 25;
const seeds = await createSeeds();
const names = Object.keys(seeds);

test.each(names)("%s: whole it is accepted, cut anywhere refused", async (name) => {
  const seed = seeds[name] as Buffer;
  expect(await tryPicture(seed)).toBe("accepted");
  const step = Math.ceil(seed.length / 24);
  for (let length = 1; length < seed.length; length += step) {
    expect(await tryPicture(seed.subarray(0, length)), `${length} of ${seed.length} bytes`).toBe("refused");
  }
});

test("damaged, every file is accepted or refused in words, quickly, and memory stays flat", async () => {
  const random = createRandom(20261128);
  const all = async () => {
    for (const name of names) {
      for (let i = 0; i < mutationsEach; i++) await tryPicture(mutate(seeds[name] as Buffer, random));
    }
    return process.memoryUsage().rss;
  };
  const before = await all();
  expect((await all()) - before).toBeLessThan(100 * 1024 * 1024);
}, 60_000);

test("damaged forms are read or refused in words", async () => {
  const seed = formSeed(seeds.jpeg as Buffer);
  expect(await tryForm(seed)).toBe("accepted");
  const random = createRandom(7);
  for (let i = 0; i < 300; i++) await tryForm(mutate(seed, random));
});
