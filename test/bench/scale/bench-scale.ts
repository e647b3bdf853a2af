import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { closeAtEnd } from "../closing.ts";
import { renderTable } from "../table.ts";
import { renderScale } from "./render-scale.ts";

/** A tenth of a crowded hour: what a function does for all of it takes ten times as long, and no more memory. */
const objects = Number(process.env.BENCH_LOG_OBJECTS ?? 50_000);
const latencyMs = 15;

interface Compaction {
  seconds: number;
  processorSeconds: number;
  peakMb: number;
  objectsCompacted: number;
}

/** The compaction of an hour, measured, and the estimate of docs/scale.md. */
export async function benchScale(): Promise<string> {
  const compaction = await measureCompaction();
  const table = renderTable(
    ["objects of one record", "seconds", "processor seconds", "peak memory MB", "records per second"],
    [
      [
        String(compaction.objectsCompacted),
        compaction.seconds,
        compaction.processorSeconds,
        compaction.peakMb,
        compaction.objectsCompacted / compaction.seconds,
      ],
    ],
  );
  return `Compaction of an hour, each request of S3 ${latencyMs} ms:\n\n${table}\n\n${renderScale()}`;
}

async function measureCompaction(): Promise<Compaction> {
  const server = spawn(process.execPath, [script("synthetic-s3.ts"), String(objects), String(latencyMs)], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  closeAtEnd(() => {
    server.kill();
  });
  const [endpoint] = (await once(createInterface({ input: server.stdout }), "line")) as [string];
  const keys = { AWS_ACCESS_KEY_ID: "key", AWS_SECRET_ACCESS_KEY: "secret" };
  const worker = spawn(process.execPath, [script("compact-hour.ts"), endpoint], {
    stdio: ["ignore", "pipe", "inherit"],
    env: { ...process.env, ...keys },
  });
  const [line] = (await once(createInterface({ input: worker.stdout }), "line")) as [string];
  return JSON.parse(line);
}

const script = (name: string) => join(import.meta.dirname, name);
