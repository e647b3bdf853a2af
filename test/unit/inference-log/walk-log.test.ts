import { describe, expect, it } from "vitest";
import { createLogKey, createTableKey } from "../../../shared/inference-log/log-keys.ts";
import { walkLogBackwards } from "../../../shared/inference-log/walk-log.ts";
import { createMemoryStore } from "../../support/memory-store.ts";

const secondMs = 1_000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;
const deliveryMs = 15 * minuteMs;
const midnightMs = Date.UTC(2026, 10, 25);

function createTestLog() {
  const store = createMemoryStore();
  const listed: string[] = [];
  const listedTable: string[] = [];
  const { listPage } = store;
  store.listPage = (bucket, options, token) => {
    const prefix = options.prefix.replace(/^inference-log\//, "");
    (prefix.startsWith("table/") ? listedTable : listed).push(prefix);
    return listPage.call(store, bucket, options, token);
  };
  let sequence = 0;
  return {
    store,
    /** Prefixes of the requests, in their order. */
    listed,
    listedTable,
    write(newestMs: number): string {
      const key = createLogKey("", { newestMs, sessionId: "s", sequence: sequence++, predictions: 1 });
      store.objects.set(key, "");
      return key;
    },
    /** Groups of keys, the empty ones left out. */
    async walk(fromMs: number, sinceMs: number): Promise<string[][]> {
      const groups: string[][] = [];
      const location = { store, bucket: "bucket", prefix: "" };
      for await (const group of walkLogBackwards(location, { fromMs, sinceMs })) {
        if (group.length > 0) groups.push(group.map(({ key }) => key));
      }
      return groups;
    },
  };
}

describe("walkLogBackwards", () => {
  it("lists a day at once, newest first, down to the moment asked for", async () => {
    const { write, walk, listed, store } = createTestLog();
    store.objects.set("inference-log/date=2026-11-25/notes.txt", "");
    const sinceMs = midnightMs - dayMs + 5 * hourMs;
    write(sinceMs - 1);
    const keys = [sinceMs, midnightMs - 1, midnightMs, midnightMs + 9 * hourMs].map(write);

    expect(await walk(midnightMs + 12 * hourMs, sinceMs)).toEqual([
      [keys[3], keys[2]],
      [keys[1], keys[0]],
    ]);
    expect(listed).toEqual(["date=2026-11-25/", "date=2026-11-24/hour=23/delivered-", "date="]);
  });

  it("lists a day before only where Firehose may have delivered late to it", async () => {
    const { write, walk, listed } = createTestLog();
    const key = write(midnightMs);
    write(midnightMs - 1);
    expect(await walk(midnightMs + dayMs - 1, midnightMs + deliveryMs)).toEqual([]);
    expect(await walk(midnightMs + dayMs - 1, midnightMs)).toEqual([[key]]);
    expect(listed).toEqual([
      "date=2026-11-25/",
      "date=2026-11-25/",
      "date=2026-11-24/hour=23/delivered-",
      "date=",
    ]);
  });

  it("finds what Firehose delivered, also where its oldest record is of the day before", async () => {
    const { walk, store } = createTestLog();
    const id = "0d1f9f3e-3c5b-4f0e-9f1f-6b1a1f1c2d3e";
    const deliveredAt = (folder: string, time: string) =>
      `inference-log/${folder}/delivered-stream-1-${time}-${id}.jsonl`;
    const late = deliveredAt("date=2026-11-24/hour=23", "2026-11-24-23-59-30");
    const next = deliveredAt("date=2026-11-25/hour=00", "2026-11-25-00-00-30");
    for (const key of [late, next]) store.objects.set(key, "");

    expect(await walk(midnightMs + hourMs, midnightMs + minuteMs)).toEqual([[next, late]]);
  });

  it("lists a crowded day by hours, from the hour asked for to the one it was asked to", async () => {
    const { write, walk, listed } = createTestLog();
    for (let index = 0; index < 1_001; index += 1) write(midnightMs + 2 * hourMs + index);
    const noon = write(midnightMs + 12 * hourMs);
    const eleven = write(midnightMs + 11 * hourMs + 30 * minuteMs);
    write(midnightMs + 10 * hourMs + 59 * minuteMs);

    expect(await walk(midnightMs + 13 * hourMs, midnightMs + 11 * hourMs)).toEqual([[noon], [eleven]]);
    expect(listed.filter((prefix) => !prefix.includes("delivered"))).toEqual(
      ["", "hour=13/", "hour=12/", "hour=11/", "hour=10/"].map((hour) => `date=2026-11-25/${hour}`),
    );
    await walk(midnightMs + 13 * hourMs, midnightMs + 11 * hourMs + deliveryMs);
    expect(listed.at(-1)).toBe("date=2026-11-25/hour=11/");
  });

  it("lists the days of a quiet month at once", async () => {
    const { write, walk, listed, listedTable, store } = createTestLog();
    const keys: string[] = [];
    for (let age = 0; age < 30; age += 1) {
      const newestMs = midnightMs - age * dayMs;
      const file = createTableKey("", { hourMs: newestMs, newestMs, hash: "ab", predictions: 1 });
      store.objects.set(file, "");
      keys.push(write(newestMs + 1), file);
    }
    expect((await walk(midnightMs + dayMs - 1, midnightMs - 30 * dayMs)).flat()).toEqual(keys);
    expect([...listed, ...listedTable]).toHaveLength(5);
  });

  it("begins a crowded day of the past with its last hour, and ends it with its first", async () => {
    const { write, walk, listed } = createTestLog();
    for (let index = 0; index < 4_001; index += 1) write(midnightMs + 2 * hourMs + index * secondMs);
    const [before, after] = [write(midnightMs - 1), write(midnightMs + dayMs)];
    const keys = (await walk(midnightMs + dayMs, midnightMs - 1)).flat();

    expect([keys[0], keys.at(-1)]).toEqual([after, before]);
    expect(keys).toHaveLength(4_003);

    const hours = listed.filter((prefix) => /^date=2026-11-25\/hour=\d\d\/$/.test(prefix));
    expect(hours[0]).toBe("date=2026-11-25/hour=23/");
    expect(hours.at(-1)).toBe("date=2026-11-25/hour=00/");
    expect(hours).toHaveLength(24);
    expect(listed.at(-1)).toBe("date=2026-11-24/");
  });

  it("lists a day by hours whose table is crowded", async () => {
    const { write, walk, store } = createTestLog();
    const lastHour = write(midnightMs + 23 * hourMs);
    for (let index = 0; index < 1_001; index += 1) {
      const newestMs = midnightMs + 12 * hourMs + index * secondMs;
      const file = { hourMs: midnightMs + 12 * hourMs, newestMs, hash: "ab", predictions: 1 };
      store.objects.set(createTableKey("", file), "");
    }

    const [first, second] = await walk(midnightMs + dayMs - 1, midnightMs);
    expect(first).toEqual([lastHour]);
    expect(second).toHaveLength(1_001);
  });

  it("lists a crowded hour by minutes, what is compacted first", async () => {
    const { write, walk, store, listed } = createTestLog();
    const startMs = midnightMs + 2 * hourMs;
    for (let index = 0; index < 1_001; index += 1) write(startMs + 10 * minuteMs + index);
    const compacted = createTableKey("", {
      hourMs: startMs,
      newestMs: startMs + hourMs - 1,
      hash: "ab",
      predictions: 1,
    });
    store.objects.set(compacted, "");
    const last = write(startMs + hourMs - 1);
    const wanted = write(startMs + 20 * minuteMs);
    write(startMs + 20 * minuteMs - 1);

    expect(await walk(startMs + hourMs, startMs + 20 * minuteMs)).toEqual([[compacted], [last], [wanted]]);
    expect(listed.at(-1)).toBe("date=2026-11-25/hour=02/0220");

    const groups = await walk(startMs + hourMs, startMs);
    expect(groups.flat()).toHaveLength(1_005);
    expect(listed.slice(-2)).toEqual(["date=2026-11-25/hour=02/0200", "date=2026-11-25/hour=01/"]);
  });
});
