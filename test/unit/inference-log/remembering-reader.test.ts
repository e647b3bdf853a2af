import { expect, it } from "vitest";
import { createRememberingReader } from "../../../shared/inference-log/remembering-reader.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const location = { store: createMemoryStore(), bucket: "log", prefix: "" };

function prepare() {
  const asked: string[] = [];
  const read = createRememberingReader(async (_, key) => {
    asked.push(key);
    return [];
  });
  return { asked, read: (key: string) => read(location, key) };
}

it("reads a compacted object once for many who ask, also at the same time", async () => {
  const { asked, read } = prepare();
  const answers = await Promise.all(Array.from({ length: 20 }, () => read("hour.parquet")));
  expect(asked).toEqual(["hour.parquet"]);
  expect(new Set(answers).size).toBe(1);
});

it("reads small objects whenever they are asked for", async () => {
  const { asked, read } = prepare();
  await read("record.jsonl");
  await read("record.jsonl");
  expect(asked).toHaveLength(2);
});

it("forgets the one that was not asked for the longest, so that memory stays bounded", async () => {
  const { asked, read } = prepare();
  for (const hour of [1, 2, 3, 4, 1, 5]) await read(`${hour}.parquet`);
  expect(asked).toEqual([1, 2, 3, 4, 5].map((hour) => `${hour}.parquet`));
  await read("1.parquet");
  expect(asked).toHaveLength(5);
  await read("2.parquet");
  expect(asked.at(-1)).toBe("2.parquet");
});
