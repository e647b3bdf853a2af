import { tmpdir } from "node:os";
import path from "node:path";
import { expect, it } from "vitest";
import { assertDiskSpace } from "../../../../scripts/stack/assert-disk-space.ts";
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
