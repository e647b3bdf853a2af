import { expect, it } from "vitest";
import { rememberTaps } from "../../../../shared/image/resizing/taps.ts";

it("weights are computed once for the sizes that were used last, and those of sixty-four are kept", () => {
  const computed: string[] = [];
  const taps = rememberTaps((inputSize, outputSize) => {
    computed.push(`${inputSize} ${outputSize}`);
    return { groups: 1, starts: new Int32Array(1), weights: new Float32Array(4) };
  });
  const first = taps(1, 8);
  expect(taps(1, 8)).toBe(first);
  expect(taps(1, 9)).not.toBe(first);
  for (let size = 2; size <= 63; size += 1) taps(size, 8);
  expect(computed).toHaveLength(64);
  taps(1, 8);
  taps(64, 8);
  expect(computed).toHaveLength(65);
  // The one that was used longest ago has made room.
  taps(1, 8);
  taps(2, 8);
  expect(computed).toHaveLength(65);
  taps(1, 9);
  expect(computed.at(-1)).toBe("1 9");
});
