/** AVIF files made on the spot: containers (ISO 14496-12, ISO 23008-12) around coded pictures. */

export interface AvifItem {
  type?: string;
  data: Buffer;
  /** Names or content of its properties, in their order; the last byte of a box's name may not repeat. */
  properties: Buffer[];
  /** Names of properties that are marked as essential. */
  essential?: string[];
}

export interface AvifOptions {
  brands?: string[];
  references?: [kind: string, from: number, ...to: number[]][];
  primary?: number;
}

export function box(name: string, ...content: (Buffer | number[])[]): Buffer {
  const body = Buffer.concat(content.map((part) => Buffer.from(part as Buffer)));
  const head = Buffer.alloc(8);
  head.writeUInt32BE(body.length + 8);
  head.write(name, 4, "latin1");
  return Buffer.concat([head, body]);
}

const u16 = (value: number) => [value >> 8, value & 255];
const u32 = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];

export const ispe = (width: number, height = width) => box("ispe", u32(0), u32(width), u32(height));
export const pixi = (...depths: number[]) => box("pixi", u32(0), [depths.length, ...depths]);
/** 8 bits; the third byte has grey and subsampling in it. */
export const av1C = (flags: number) => box("av1C", [0x81, 0, flags, 0]);
export const nclx = (matrix: number, isFullRange = true) =>
  box("colr", Buffer.from("nclx"), u16(1), u16(13), u16(matrix), [isFullRange ? 0x80 : 0]);
export const auxC = (type: string) => box("auxC", u32(0), Buffer.from(`${type}\0`));

/** The items have the numbers 1, 2, 3... */
export function writeAvif(
  items: AvifItem[],
  { brands = ["avif", "mif1", "miaf"], references = [], primary = 1 }: AvifOptions = {},
): Buffer {
  const ftyp = box("ftyp", Buffer.from(brands[0] as string), u32(0), Buffer.from(brands.join("")));
  const build = (dataAt: number) => {
    let at = dataAt;
    const locations = items.map(({ data }, i) => {
      const location = [...u16(i + 1), ...u16(0), ...u16(1), ...u32(at), ...u32(data.length)];
      at += data.length;
      return location;
    });
    return box("meta", u32(0), describe(items, locations, references, primary));
  };
  const start = ftyp.length + build(0).length + 8;
  return Buffer.concat([ftyp, build(start), box("mdat", ...items.map(({ data }) => data))]);
}

function describe(
  items: AvifItem[],
  locations: number[][],
  references: [kind: string, from: number, ...to: number[]][],
  primary: number,
): Buffer {
  const types = items.map(({ type = "av01" }, i) =>
    box("infe", [2, 0, 0, 0], u16(i + 1), u16(0), Buffer.from(`${type}\0`)),
  );
  const properties = items.flatMap((item) => item.properties);
  let index = 0;
  const associations = items.map((item, i) => [
    ...u16(i + 1),
    item.properties.length,
    ...item.properties.map((property) => {
      index++;
      return index | (item.essential?.includes(property.toString("latin1", 4, 8)) ? 0x80 : 0);
    }),
  ]);
  return Buffer.concat([
    box("hdlr", u32(0), u32(0), Buffer.from("pict"), Buffer.alloc(13)),
    box("pitm", u32(0), u16(primary)),
    box("iloc", u32(0), [0x44, 0], u16(items.length), locations.flat()),
    box("iinf", u32(0), u16(items.length), ...types),
    ...(references.length === 0 ? [] : [box("iref", u32(0), ...references.map(writeReference))]),
    box("iprp", box("ipco", ...properties), box("ipma", u32(0), u32(items.length), associations.flat())),
  ]);
}

const writeReference = ([kind, from, ...to]: [string, number, ...number[]]) =>
  box(kind, u16(from), u16(to.length), to.flatMap(u16));

/** The coded picture in an AVIF of one, as sharp writes it: what its box `mdat` holds. */
export const codedPictureOf = (avif: Buffer): Buffer => avif.subarray(avif.indexOf("mdat", 0, "latin1") + 4);
