import { gradient, side } from "./tiff-files.ts";

export const transferSyntaxes = {
  implicitLittleEndian: "1.2.840.10008.1.2",
  explicitLittleEndian: "1.2.840.10008.1.2.1",
  explicitBigEndian: "1.2.840.10008.1.2.2",
  jpegBaseline: "1.2.840.10008.1.2.4.50",
  jpeg2000Lossless: "1.2.840.10008.1.2.4.90",
  runLengths: "1.2.840.10008.1.2.5",
};

export const patient = "Secret^Patient";

export interface DicomOptions {
  transferSyntax?: string;
  /** Numbers are written as US, texts under their own VR: [VR, value]. Undefined leaves an element out. */
  elements?: Record<string, number | number[] | [vr: string, value: string | Uint8Array] | undefined>;
  /** Pixels as they are, or the one compressed frame. */
  pixels?: Uint8Array;
  /** Fragments behind the first, where pixels are compressed, and places of frames before it. */
  moreFragments?: Uint8Array[];
  offsets?: Uint8Array;
  pixelVr?: "OB" | "OW";
}

/** Tags as group and element, 8 hexadecimal digits. */
const base: NonNullable<DicomOptions["elements"]> = {
  "00080060": ["CS", "OP"],
  "00100010": ["PN", patient],
  "00280002": 3,
  "00280004": ["CS", "RGB"],
  "00280006": 0,
  "00280010": side,
  "00280011": side,
  "00280100": 8,
  "00280101": 8,
  "00280102": 7,
  "00280103": 0,
};
export const grey: NonNullable<DicomOptions["elements"]> = {
  "00280002": 1,
  "00280004": ["CS", "MONOCHROME2"],
  "00280006": undefined,
};

/** Writes a DICOM file of the gradient, or of the pixels given. */
export function writeDicom(options: DicomOptions = {}): Buffer {
  const {
    transferSyntax = transferSyntaxes.explicitLittleEndian,
    pixels = gradient,
    pixelVr = "OB",
    moreFragments = [],
    offsets = Buffer.alloc(0),
  } = options;
  const isBig = transferSyntax === transferSyntaxes.explicitBigEndian;
  const isImplicit = transferSyntax === transferSyntaxes.implicitLittleEndian;
  const number = (value: number, size: 2 | 4, big = isBig): Buffer => {
    const buffer = Buffer.alloc(size);
    if (big) buffer.writeUIntBE(value, 0, size);
    else buffer.writeUIntLE(value, 0, size);
    return buffer;
  };
  const element = (
    tag: string,
    vr: string,
    value: Uint8Array,
    { length = value.length, meta = false } = {},
  ) => {
    const big = isBig && !meta;
    const head = [tag.slice(0, 4), tag.slice(4)].map((part) => number(Number.parseInt(part, 16), 2, big));
    const isLong = /^O[BW]|SQ|UN|UT/.test(vr);
    const size =
      isImplicit && !meta
        ? number(length, 4)
        : Buffer.concat([
            Buffer.from(vr),
            ...(isLong ? [Buffer.alloc(2), number(length, 4, big)] : [number(length, 2, big)]),
          ]);
    return Buffer.concat([...head, size, value]);
  };
  const even = (value: string | Uint8Array, padding: string): Buffer => {
    const bytes = Buffer.from(value as string);
    return bytes.length % 2 === 0 ? bytes : Buffer.concat([bytes, Buffer.from(padding)]);
  };
  const syntax = element("00020010", "UI", even(transferSyntax, "\0"), { meta: true });
  const elements = Object.entries({ ...base, ...options.elements })
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([tag, value]) => {
      if (value === undefined) return [];
      if (Array.isArray(value) && typeof value[0] === "string") {
        return [element(tag, value[0], even(value[1] as string, " "))];
      }
      return [
        element(tag, "US", Buffer.concat([value as number | number[]].flat().map((v) => number(v, 2)))),
      ];
    });
  const isCompressed =
    transferSyntax.startsWith("1.2.840.10008.1.2.4") || transferSyntax === transferSyntaxes.runLengths;
  const item = (tagElement: number, value: Uint8Array) =>
    Buffer.concat([number(0xfffe, 2), number(tagElement, 2), number(value.length, 4), value]);
  const data = isCompressed
    ? element(
        "7fe00010",
        "OB",
        Buffer.concat([
          item(0xe000, offsets),
          ...[pixels, ...moreFragments].map((fragment) => item(0xe000, even(fragment, "\0"))),
          item(0xe0dd, Buffer.alloc(0)),
        ]),
        { length: 0xffffffff },
      )
    : element("7fe00010", pixelVr, even(pixels, "\0"));
  return Buffer.concat([
    Buffer.alloc(128),
    Buffer.from("DICM"),
    element("00020000", "UL", number(syntax.length, 4, false), { meta: true }),
    syntax,
    ...elements,
    data,
  ]);
}
