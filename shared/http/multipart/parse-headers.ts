/** Lines of `Name: value`, by name in lower case; a line that begins with a blank continues the one before. */
export function parseHeaders(head: string): Map<string, string> {
  const headers = new Map<string, string>();
  for (const line of head.replace(/\r?\n[ \t]+/g, " ").split(/\r?\n/)) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim());
  }
  return headers;
}

const parameter = /;\s*([^\s=;"]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;]*))/g;

/**
 * The parameters of a header value, e.g. `form-data; name="file"; filename="eye.jpg"`, by name in lower case. Names in
 * the extended forms of RFC 5987 and RFC 2231 (`filename*`, `filename*0`) become their plain name. Their values are not
 * decoded: nothing here reads a file's name.
 */
export function parseParameters(header: string): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [, name = "", quoted, plain = ""] of header.matchAll(parameter)) {
    const key = (name.split("*")[0] as string).toLowerCase();
    parameters[key] ??= quoted === undefined ? plain.trim() : quoted.replace(/\\(["\\])/g, "$1");
  }
  return parameters;
}
