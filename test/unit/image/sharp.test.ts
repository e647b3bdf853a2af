import plainSharp from "sharp";
import { expect, test } from "vitest";
import { sharp } from "../../../shared/image/sharp.ts";

test("the decoder of SVG may not run, even if nothing before it refuses the file", async () => {
  const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>');
  await expect(sharp(bytes).metadata()).rejects.toThrow("unsupported image format");
});

test("neither may one that reads files by their name", async () => {
  expect(sharp).toBe(plainSharp);
  await expect(sharp(import.meta.filename).metadata()).rejects.toThrow();
});
