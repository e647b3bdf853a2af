import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it, vi } from "vitest";
import { assertDiskSpace, watchDisk } from "../../../../scripts/stack/disk-space.ts";
import { StackError } from "../../../../scripts/stack/stack-error.ts";

const folder = path.join(tmpdir(), "not", "there", "yet");

it("lets what fits pass", () => {
  expect(() => assertDiskSpace(folder, 1)).not.toThrow();
});

it("says how much room is missing", () => {
  expect(() => assertDiskSpace(folder, 1e18)).toThrow(StackError);
  expect(() => assertDiskSpace(folder, 1e18)).toThrow(
    /^Expected 1000000000000 MB of free disk space for .*yet but found \d+ MB\. Make room and run the same command again\.$/,
  );
});

it("says once that the disk is full, and once that it has room again", async () => {
  const said: string[] = [];
  const readings = [900e6, 49e6, 20e6, 60e6, 30e6, 120e6, 80e6];
  let index = -1;
  const end = watchDisk("/data", {
    say: (message) => said.push(message),
    everyMs: 1,
    read: () => readings[Math.min(++index, readings.length - 1)] as number,
  });
  await vi.waitFor(() => expect(index).toBeGreaterThan(readings.length), { timeout: 10_000 });
  end();
  expect(said).toEqual([
    expect.stringMatching(/^The disk of \/data is full \(49 MB free\): .* Make room/),
    "The disk of /data has room again (120 MB free).",
  ]);
});
