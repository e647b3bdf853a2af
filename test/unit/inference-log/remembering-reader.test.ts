import { expect, it } from "vitest";
import { createRememberingReader } from "../../../shared/inference-log/remembering-reader.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const location = { store: createMemoryStore(), bucket: "log", prefix: "" };
const wanted = ["first", "second"];

function prepare() {
  const asked: [key: string, predictionIds: readonly string[] | undefined][] = [];
  const read = createRememberingReader(wanted, async (_, key, predictionIds) => {
    asked.push([key, predictionIds]);
    return [];
  });
  return { asked, read: (key: string) => read(location, key, ["first"]) };
}

it("reads a compacted object once, for all who will ask, also at the same time", async () => {
  const { asked, read } = prepare();
  const answers = await Promise.all(Array.from({ length: 20 }, () => read("hour.parquet")));
  expect(asked).toEqual([["hour.parquet", wanted]]);
  expect(new Set(answers).size).toBe(1);
});

it("reads each object of an hour once, although everybody asks for all of them in turn", async () => {
  const { asked, read } = prepare();
  for (let row = 0; row < 3; row += 1)
    for (let object = 0; object < 20; object += 1) await read(`${object}.parquet`);
  expect(asked).toHaveLength(20);
});

it("reads small objects whenever they are asked for", async () => {
  const { asked, read } = prepare();
  await read("record.jsonl");
  await read("record.jsonl");
  expect(asked).toEqual([1, 2].map(() => ["record.jsonl", ["first"]]));
});

it("forgets the one that was not asked for the longest, so that memory stays bounded", async () => {
  const { asked, read } = prepare();
  for (let object = 1; object <= 64; object += 1) await read(`${object}.parquet`);
  for (const object of [1, 65, 1]) await read(`${object}.parquet`);
  expect(asked).toHaveLength(65);
  await read("2.parquet");
  expect(asked.at(-1)).toEqual(["2.parquet", wanted]);
});
