/** Words that libvips and sharp put before and after what a decoder said. */
const wrapping =
  /^(?:Input (?:buffer|file) (?:has corrupt header|contains unsupported image format)|Warning treated as error due to failOn setting)(?::\s*)?/;
const namesTheFailure =
  /premature|truncat|corrupt|not enough|read error|unexpected|checksum|error|invalid|fail/i;

/**
 * Why a decoder gave up, from libvips' message, which names no path and holds nothing of the file. Its first lines are
 * warnings, so the last line that names a failure is taken.
 */
export function reasonOf(cause: unknown): string {
  if (!(cause instanceof Error)) return String(cause);
  const lines = cause.message
    .split("\n")
    .map((line) => line.trim().replace(wrapping, ""))
    .filter((line) => line !== "" && !/^error in tile/.test(line));
  const said = lines.findLast((line) => namesTheFailure.test(line)) ?? lines.at(-1) ?? "unknown reason";
  return said.replace(
    /^(?:tiff2vips|vips2tiff|VipsJpeg|vipspng|gifload_buffer|gifload|webp2vips|heifload_buffer|heif|webp): /,
    "",
  );
}
