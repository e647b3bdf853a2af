import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeEach, expect, it, vi } from "vitest";
import { tryLock, withLock } from "../../../shared/resilience/lock.mjs";

const lockModule = path.resolve(import.meta.dirname, "../../../shared/resilience/lock.mjs");
const resource = () => `test ${process.pid} ${Math.random()}`;

const platforms = ["linux", "darwin"] as const;

/** For the lock files of other systems than Linux. */
const folder = mkdtempSync(path.join(tmpdir(), "fundus-locks-"));
beforeEach(() => {
  vi.stubEnv("TMPDIR", folder);
});
afterEach(() => {
  vi.unstubAllEnvs();
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each(platforms)("is held by one at a time, %s", async (platform) => {
  const name = resource();
  const release = await tryLock(name, { platform });
  expect(release).toBeTypeOf("function");
  expect(await tryLock(name, { platform })).toBeUndefined();
  expect(await tryLock(resource(), { platform })).toBeTypeOf("function");
  release?.();
  expect(await tryLock(name, { platform })).toBeTypeOf("function");
});

it("does one piece of work after the other, and says that it waits", async () => {
  const name = resource();
  const events: string[] = [];
  const { promise: firstHolds, resolve: firstStarts } = Promise.withResolvers<void>();
  const { promise: secondWaits, resolve: secondStartsToWait } = Promise.withResolvers<void>();
  const first = withLock(name, async () => {
    firstStarts();
    await secondWaits;
    await new Promise((resolve) => setTimeout(resolve, 50));
    events.push("first ends");
  });
  await firstHolds;
  const second = withLock(
    name,
    () => events.push("second starts"),
    () => {
      events.push("second waits");
      secondStartsToWait();
    },
  );
  await Promise.all([first, second]);
  expect(events).toEqual(["second waits", "first ends", "second starts"]);
});

it("is free again after work that failed", async () => {
  const name = resource();
  await expect(withLock(name, () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(await tryLock(name)).toBeTypeOf("function");
});

/** Takes the lock in a process of its own, which is killed while it holds it. */
async function abandon(name: string, platform: NodeJS.Platform): Promise<void> {
  const holder = spawn(process.execPath, [
    "--input-type=module",
    "--eval",
    `import { tryLock } from ${JSON.stringify(lockModule)};
     await tryLock(${JSON.stringify(name)}, { platform: ${JSON.stringify(platform)} });
     console.log("held");
     setInterval(() => {}, 1000);`,
  ]);
  await once(holder.stdout, "data");
  expect(await tryLock(name, { platform })).toBeUndefined();
  holder.kill("SIGKILL");
  await once(holder, "exit");
}

it.each(platforms)("ends with the process that holds it, however that ends, %s", async (platform) => {
  const name = resource();
  for (const _ of ["once", "again"]) {
    await abandon(name, platform);
    const release = await tryLock(name, { platform });
    expect(release).toBeTypeOf("function");
    release?.();
  }
});

it.each(platforms)("is taken over by one of all that find it abandoned, %s", async (platform) => {
  const name = resource();
  await abandon(name, platform);
  const taken = await Promise.all(Array.from({ length: 10 }, () => tryLock(name, { platform })));
  expect(taken.filter((release) => release !== undefined)).toHaveLength(1);
});
