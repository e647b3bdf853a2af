import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";

const svg = `Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>')`;

/** Opens a picture in a process of its own, since what may run is a setting of the whole process. */
function open(picture: string): string {
  const program = `
    import plainSharp from "sharp";
    import { sharp } from "./shared/image/sharp.ts";
    if (sharp !== plainSharp) throw new Error("these are two libraries");
    console.log(await sharp(${picture}).metadata().then(({ format }) => format, ({ message }) => message));`;
  const parameters = ["--input-type=module-typescript", "--eval", program];
  const { stdout, stderr } = spawnSync(process.execPath, parameters, { encoding: "utf8" });
  return stdout.trim() || stderr;
}

test("the decoder of SVG may not run, even if nothing before it refuses the file", () => {
  expect(open(svg)).toContain("unsupported image format");
});

test("a decoder that reads files by their name may not run", () => {
  expect(open('"models/eye-disease/sample/normal-left-eye-cc0.jpg"')).toContain("unsupported");
});
