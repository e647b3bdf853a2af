import type { DataSet } from "dicom-parser";
import { refuseDamaged } from "../refuse.ts";

const element = (tag: string) => `element ${tag.slice(1)} of its pixels`;

/**
 * The value representation of each element that is read here (DICOM PS3.6). A file may leave it out, and UN stands for
 * any.
 */
const representations: Record<string, string> = {
  x00280002: "US", x00280004: "CS", x00280006: "US", x00280008: "IS", x00280010: "US", x00280011: "US", x00280100: "US",
  x00280101: "US", x00280102: "US", x00280103: "US", x00281050: "DS", x00281051: "DS", x00281052: "DS", x00281053: "DS",
  x00281056: "CS", x00281101: "US SS", x00281102: "US SS", x00281103: "US SS", x00281201: "OW US", x00281202: "OW US",
  x00281203: "OW US", x00282000: "OB",
}; // biome-ignore format: a table

/**
 * @throws RequestError when an element has another value representation than the standard gives it, or an unsigned
 *   number is not a single one
 */
export function expectRepresentations({ elements }: DataSet): void {
  for (const [tag, expected] of Object.entries(representations)) {
    const found = elements[tag];
    if (found === undefined) continue;
    const isKnown = found.vr === undefined || found.vr === "UN" || expected.includes(found.vr);
    if (!isKnown || (expected === "US" && found.length !== 2)) {
      throw refuseDamaged("DICOM file", `${element(tag)} is invalid`);
    }
  }
}

/**
 * An element's text without the spaces or NULs that pad it (PS3.5, 6.2). The parser's own method stops at the first
 * NUL.
 */
export function readText({ elements, byteArray }: DataSet, tag: string): string | undefined {
  const found = elements[tag];
  if (found === undefined) return undefined;
  const bytes = byteArray.subarray(found.dataOffset, found.dataOffset + found.length);
  return Buffer.from(bytes)
    .toString("latin1")
    .replace(/[\0 ]+$/, "");
}

/**
 * The first of the numbers written as text (DS or IS).
 *
 * @throws RequestError when it is not a number: the parser's own method takes "20x5" for 20
 */
export function readNumber(dataSet: DataSet, tag: string): number | undefined {
  const text = readText(dataSet, tag)?.split("\\")[0]?.trim();
  if (text === undefined || text === "") return undefined;
  if (/^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i.test(text)) return Number(text);
  throw refuseDamaged("DICOM file", `${element(tag)} is not a number`);
}
