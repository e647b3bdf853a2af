/**
 * Whether a client prefers another content type to JSON (RFC 9110, section 12.5.1). A client that accepts anything,
 * such as curl, gets JSON.
 *
 * @param accept the header, e.g. `text/html,application/xhtml+xml;q=0.9`
 */
export function prefersType(
  accept: string | undefined,
  type: "text/html" | "text/plain" | "image/png",
): boolean {
  const ranges = parseAccept(accept ?? "*/*");
  return qualityOf(ranges, type) > qualityOf(ranges, "application/json");
}

interface MediaRange {
  name: string;
  /** 0..1 */
  quality: number;
}

function parseAccept(accept: string): MediaRange[] {
  return accept.split(",").map((part) => {
    const [name = "", ...parameters] = part.split(";").map((piece) => piece.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith("q="));
    return { name, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
  });
}

/** The most specific range decides. */
function qualityOf(ranges: MediaRange[], type: string): number {
  const candidates = [type, `${type.split("/")[0]}/*`, "*/*"];
  const found = candidates
    .map((name) => ranges.find((range) => range.name === name))
    .find((range) => range !== undefined);
  return found?.quality ?? 0;
}
