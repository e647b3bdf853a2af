import dicomParser, { type DataSet } from "dicom-parser";
import { RequestError } from "../../../errors/request-error.ts";
import { sharp } from "../../sharp.ts";
import { examineJpeg } from "../jpeg/jpeg.ts";
import { decodeJpeg2000 } from "../jpeg2000/jpeg2000.ts";
import { maximumPixels as maximumJpeg2000Pixels, readJpeg2000Header } from "../jpeg2000/jpeg2000-header.ts";
import type { PictureSource } from "../picture-source.ts";
import { refuse, refuseDamaged } from "../refuse.ts";
import { type PixelDescription, readPixelDescription } from "./dicom-description.ts";
import { renderPixels } from "./dicom-pixels.ts";

type Encoding = "uncompressed" | "jpeg" | "jpeg2000";

/** Transfer syntaxes that are read (DICOM PS3.5, section 10 and annex A). */
const encodings: Record<string, Encoding> = {
  "1.2.840.10008.1.2": "uncompressed",
  "1.2.840.10008.1.2.1": "uncompressed",
  "1.2.840.10008.1.2.2": "uncompressed",
  "1.2.840.10008.1.2.4.50": "jpeg",
  "1.2.840.10008.1.2.4.51": "jpeg",
  "1.2.840.10008.1.2.4.90": "jpeg2000",
  "1.2.840.10008.1.2.4.91": "jpeg2000",
};
const unknownEncodings: [name: string, transferSyntax: RegExp][] = [
  ["Deflate", /^1\.2\.840\.10008\.1\.2\.1\.99$/],
  ["run lengths (RLE)", /^1\.2\.840\.10008\.1\.2\.5$/],
  ["lossless JPEG", /^1\.2\.840\.10008\.1\.2\.4\.(?:57|70)$/],
  ["JPEG-LS", /^1\.2\.840\.10008\.1\.2\.4\.8[01]$/],
  ["multi-component JPEG 2000", /^1\.2\.840\.10008\.1\.2\.4\.9[23]$/],
  ["video (MPEG or HEVC)", /^1\.2\.840\.10008\.1\.2\.4\.10\d/],
  ["JPEG XL", /^1\.2\.840\.10008\.1\.2\.4\.11\d/],
  ["High-Throughput JPEG 2000", /^1\.2\.840\.10008\.1\.2\.4\.20\d/],
];

const valueRepresentations =
  "AE AS AT CS DA DS DT FD FL IS LO LT OB OD OF OL OV OW PN SH SL SQ SS ST SV TM UC UI UL UN UR US UT UV".split(
    " ",
  );
/** Those whose length has four bytes and follows two reserved ones (PS3.5, 7.1.2). */
const longValueRepresentations = "OB OD OF OL OV OW SQ SV UC UN UR UT UV".split(" ");
/** 128 bytes for any use, then `DICM` (PS3.10, 7.1). */
const prefixBytes = 132;

/**
 * Examines a DICOM file of one frame (PS3.10): ophthalmic photography, or any other object with pixels. Only the
 * elements of the image pixel module are read. No other element, and above all none of the patient's, leaves this
 * module.
 *
 * @throws RequestError when the file is incomplete or holds several frames, or the encoding of its pixels is not
 *   supported
 */
export function examineDicom(bytes: Uint8Array, maximumPixels: number): PictureSource {
  try {
    return examineElements(bytes, maximumPixels);
  } catch (error) {
    if (error instanceof RequestError) throw error;
    // The parser's message may quote the file, and with it the patient, so it is not passed on.
    throw refuseDamaged("DICOM file", "its data elements cannot be read: it is cut or damaged");
  }
}

function examineElements(bytes: Uint8Array, maximumPixels: number): PictureSource {
  // The parser would inflate a deflated file to any size, so the transfer syntax is checked first.
  const fileMeta = dicomParser.readPart10Header(bytes);
  if (!isGapless(fileMeta)) throw refuseDamaged("DICOM file", "an element of its header is there twice");
  const transferSyntax = readTransferSyntax(fileMeta);
  const encoding = encodings[transferSyntax];
  if (encoding === undefined) {
    const name =
      unknownEncodings.find(([, pattern]) => pattern.test(transferSyntax))?.[0] ?? "an unknown encoding";
    throw refuse(`a DICOM file compressed with ${name}, which cannot be decoded here`);
  }
  const dataSet = dicomParser.parseDicom(bytes);
  if (dataSet.warnings.length > 0 || !isOrderly(dataSet) || !isGapless(dataSet)) {
    throw refuseDamaged("DICOM file", "its data elements are damaged");
  }
  if (dataSet.elements.x7fe00010 === undefined) throw refuseDamaged("DICOM file", "it holds no picture");
  const description = readPixelDescription(dataSet, encoding);
  const { width, height, mode, photometric } = description;
  if (encoding === "uncompressed") {
    const pixels = readPlainPixels(dataSet);
    const isSwapped = transferSyntax === "1.2.840.10008.1.2.2" && dataSet.elements.x7fe00010?.vr !== "OB";
    return {
      header: { width, height, mode },
      open: () => renderPixels(pixels, description, isSwapped),
    };
  }
  const frame = joinFragments(dataSet);
  if (encoding === "jpeg") {
    const jpeg = { ...examineJpegFrame(frame, photometric, maximumPixels), announced: { width, height } };
    const isShownAsStored = description.window === undefined && description.rescale[0] >= 0;
    return description.samples === 3 || isShownAsStored ? jpeg : renderGreyJpeg(jpeg, description);
  }
  const header = readJpeg2000Header(frame);
  if (header.width !== width || header.height !== height || header.components !== description.samples) {
    throw refuseDamaged("DICOM file", "its JPEG 2000 picture does not have the size that the file declares");
  }
  return {
    header: { width, height, mode },
    maximumPixels: maximumJpeg2000Pixels,
    open: async () => {
      const samples = await decodeJpeg2000(frame, header);
      const data = new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength);
      const allocated = header.bits > 8 ? 16 : 8;
      return renderPixels(data, { ...description, bitsAllocated: allocated, isPlanar: false }, false);
    },
  };
}

/** Digits and dots, padded with one NUL to an even length (PS3.5, 9.1). The parser would stop at the first NUL. */
function readTransferSyntax({ elements, byteArray }: DataSet): string {
  const { dataOffset = 0, length = 0 } = elements.x00020010 ?? {};
  return Buffer.from(byteArray.subarray(dataOffset, dataOffset + length))
    .toString("latin1")
    .replace(/[\0 ]$/, "");
}

/**
 * Whether each element begins where the one before it ends, and the first behind the prefix. A gap shows an element
 * that is there twice: the parser keeps the last, and another reader may take the first. After a sequence there is no
 * check, because the parser does not say where it ends.
 */
function isGapless({ elements }: DataSet): boolean {
  const ascending = Object.values(elements).sort((first, second) => first.dataOffset - second.dataOffset);
  let end: number | undefined = prefixBytes;
  for (const { vr, dataOffset, length, items, hadUndefinedLength } of ascending) {
    const headerBytes = longValueRepresentations.includes(vr ?? "") ? 12 : 8;
    if (end !== undefined && dataOffset - headerBytes !== end) return false;
    end = items || hadUndefinedLength ? undefined : dataOffset + length;
  }
  return true;
}

/**
 * Whether tags outside the file's own group ascend, and value representations are those of PS3.5, 6.2. The implicit
 * transfer syntax has none.
 */
function isOrderly({ elements }: DataSet): boolean {
  const tags = Object.keys(elements).filter((tag) => !tag.startsWith("x0002"));
  return (
    tags.every((tag, i) => i === 0 || tag > (tags[i - 1] as string)) &&
    Object.values(elements).every(({ vr }) => valueRepresentations.includes(vr ?? "UN"))
  );
}

function readPlainPixels(dataSet: DataSet): Uint8Array {
  const element = dataSet.elements.x7fe00010;
  if (element === undefined || element.fragments || element.hadUndefinedLength)
    throw refuseDamaged("DICOM file", "its pixels are encapsulated, or have no end");
  return dataSet.byteArray.subarray(element.dataOffset, element.dataOffset + element.length);
}

/**
 * The only frame of encapsulated pixel data (PS3.5, A.4). Frames are counted, whatever NumberOfFrames says, by the
 * fragments that begin one.
 */
function joinFragments(dataSet: DataSet): Uint8Array {
  const { fragments = [], basicOffsetTable = [] } = dataSet.elements.x7fe00010 ?? {};
  if (fragments.length === 0) throw refuseDamaged("DICOM file", "it holds no compressed picture");
  const parts = fragments.map(({ position, length }) =>
    Buffer.from(dataSet.byteArray.subarray(position, position + length)),
  );
  const begun = parts.filter((part) => ["ffd8ff", "ff4fff"].includes(part.toString("hex", 0, 3))).length;
  const frames = Math.max(begun, basicOffsetTable.length);
  if (frames > 1) throw refuse(`a DICOM file of ${frames} frames (one is read)`);
  return Buffer.concat(parts);
}

/**
 * libjpeg takes a JPEG that says nothing about its colours for YCbCr; where the DICOM file says RGB, an Adobe segment
 * is added that says so too.
 */
function examineJpegFrame(frame: Uint8Array, photometric: string, maximumPixels: number): PictureSource {
  const start = Buffer.from(frame.buffer, frame.byteOffset, Math.min(frame.length, 64)).toString("latin1");
  if (photometric !== "RGB" || /JFIF|Adobe/.test(start)) return examineJpeg(frame, maximumPixels);
  const adobe = Buffer.from("\xff\xee\0\x0eAdobe\0\x64\0\0\0\0\0", "latin1");
  return examineJpeg(Buffer.concat([frame.subarray(0, 2), adobe, frame.subarray(2)]), maximumPixels);
}

/** The samples of a grey JPEG, through the window and the rescale of the file around it. */
function renderGreyJpeg(jpeg: PictureSource, description: PixelDescription): PictureSource {
  if (jpeg.header?.mode !== "L" || description.bitsStored !== 8) {
    throw refuse(
      "a DICOM file with a window or a rescale for a JPEG that is not plain grey of 8 bits: export it uncompressed",
    );
  }
  return {
    ...jpeg,
    open: async () => {
      const { input, options } = await jpeg.open();
      const picture = sharp(input, { ...options, limitInputPixels: false });
      const samples = await picture.toColourspace("b-w").raw({ depth: "uchar" }).toBuffer();
      return renderPixels(samples, { ...description, bitsAllocated: 8 }, false);
    },
  };
}
