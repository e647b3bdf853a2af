import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  preparePixels,
  sufficientSide,
  usePixels,
} from "../../../../shared/image/preprocessing/prepare-pixels.ts";
import { findRetinaDisc } from "../../../../shared/image/retina-disc.ts";
import { modelContractSchema } from "../../../../shared/schemas/model.ts";
import { compareImages, decodeFile, readReference, references } from "../../../support/image-references.ts";

const labels = ["a", "b"];
const contractOf = (parts: object) => modelContractSchema.parse({ labels, ...parts });
const square = (side: number, rest: object = {}) => ({ height: side, width: side, channels: 3, ...rest });
const discContract = contractOf({
  input: square(52),
  preprocessing: { kind: "retina_disc", crop_size: 64 },
});

describe("preparePixels", () => {
  test.each(Object.keys(references.boxes))(
    "crops, masks and resizes a disc as OpenCV does: %s",
    async (name) => {
      const image = await decodeFile(readReference(`disc-${name}.png`));
      const expected = await decodeFile(readReference(`disc-${name}.prepared.png`));
      const { data, width, height } = preparePixels(image, discContract);
      const { largest, share } = compareImages({ data: Uint8Array.from(data), width, height }, expected);
      expect(largest).toBeLessThanOrEqual(1);
      expect(share).toBeLessThan(0.001);
    },
  );

  test("resizes the whole picture as Pillow does where a version says nothing else", async () => {
    const image = await decodeFile(readReference("noise.png"));
    const [width, height] = references.sizes.smaller as [number, number];
    const contract = contractOf({ input: { width, height, channels: 3 }, preprocessing: { kind: "resize" } });
    const pixels = preparePixels(image, contract);
    expect([pixels.width, pixels.height]).toEqual([width, height]);
    const expected = await decodeFile(readReference("noise.smaller.pillow-bicubic.png"));
    expect([...pixels.data]).toEqual([...expected.data]);
  });

  test("maps 0..255 onto the version's range of values", () => {
    const image = { data: Uint8Array.of(0, 51, 255), width: 1, height: 1 };
    const pixels = (value_range: [number, number]) => [
      ...preparePixels(
        image,
        contractOf({ input: square(1, { value_range }), preprocessing: { kind: "resize" } }),
      ).data,
    ];
    expect(pixels([0, 255])).toEqual([0, 51, 255]);
    expect(pixels([-1, 1])).toEqual([-1, Math.fround(-0.6), 1]);
    expect(pixels([0, 1])).toEqual([0, Math.fround(0.2), 1]);
  });

  test("makes pixels of a picture of one pixel, and of one a thousand times as wide as high", () => {
    for (const [width, height] of [
      [1, 1],
      [1000, 1],
    ] as const) {
      const image = { data: new Uint8Array(width * height * 3).fill(120), width, height };
      expect(preparePixels(image, discContract).data).toHaveLength(52 * 52 * 3);
    }
  });

  test("blackens what lies outside the circle", () => {
    const image = { data: new Uint8Array(80 * 80 * 3).fill(200), width: 80, height: 80 };
    const { data } = preparePixels(image, discContract);
    expect([...data.slice(0, 3)]).toEqual([0, 0, 0]);
    expect(data[(26 * 52 + 26) * 3]).toBe(200);
  });
});

describe("sufficientSide", () => {
  test("is the crop for a disc and twice the input for a plain resize", () => {
    expect(sufficientSide(discContract)).toBe(64);
    const resize = contractOf({
      input: { height: 100, width: 120, channels: 3 },
      preprocessing: { kind: "resize" },
    });
    expect(sufficientSide(resize)).toBe(240);
  });
});

/**
 * Left, top, right and bottom of the retina as the Python of the model's training finds them: in the sample, and in
 * twelve photographs that are not part of the project and are used where they lie beside it.
 */
const { sample, ...others } = JSON.parse(
  readFileSync(new URL("../../../fixtures/image/photograph-boxes.json", import.meta.url), "utf8"),
) as Record<string, [number, number, number, number]>;
const fundus = new URL("../../../../../shared/fundus/", import.meta.url);

async function findBox(photograph: URL): Promise<number[]> {
  const { left, top, right, bottom } = findRetinaDisc(await decodeFile(readFileSync(photograph)));
  return [left, top, right, bottom];
}

describe("usePixels", () => {
  const contract = contractOf({ input: square(1), preprocessing: { kind: "resize" } });
  const pictureOf = (...values: number[]) => ({ data: Uint8Array.from(values), width: 1, height: 1 });
  const use = (values: number[]) => usePixels(pictureOf(...values), contract, async ({ data }) => data);

  test("gives the next picture the same array, with its own values", async () => {
    const first = await use([1, 2, 3]);
    expect([...first]).toEqual([1, 2, 3]);
    const second = await use([4, 5, 6]);
    expect(second).toBe(first);
    expect([...second]).toEqual([4, 5, 6]);
  });

  test("gives pictures that are used at once an array each", async () => {
    const gate = Promise.withResolvers<void>();
    const waiting = usePixels(pictureOf(7, 8, 9), contract, async ({ data }) => {
      await gate.promise;
      return [...data];
    });
    await use([1, 1, 1]);
    gate.resolve();
    expect(await waiting).toEqual([7, 8, 9]);
  });

  test("keeps no array that may still be read after a failure", async () => {
    let failed: Float32Array | undefined;
    const failure = usePixels(pictureOf(1, 2, 3), contract, async ({ data }) => {
      failed = data;
      throw new Error("lost");
    });
    await expect(failure).rejects.toThrow("lost");
    expect(await use([4, 5, 6])).not.toBe(failed);
  });

  test("serves versions of other sizes", async () => {
    await use([1, 2, 3]);
    const wider = { data: Uint8Array.of(1, 2, 3, 4, 5, 6), width: 2, height: 1 };
    expect([...(await usePixels(wider, contract, async ({ data }) => data))]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe("the retina is found where the training's Python finds it", () => {
  test("in the sample", async () => {
    const file = new URL("../../../../models/eye-disease/sample/normal-left-eye-cc0.jpg", import.meta.url);
    expect(await findBox(file)).toEqual(sample);
  });

  test.skipIf(!existsSync(fundus))("in the twelve photographs of ../shared/fundus", async () => {
    for (const [name, box] of Object.entries(others)) {
      expect(await findBox(new URL(name, fundus)), name).toEqual(box);
    }
  });
});
