import { InputError } from "../errors/input-error.ts";

/**
 * Decodes the text of a table.
 *
 * @param file its name, for the message
 * @throws InputError when it is not UTF-8, as a table that Excel saved as "Unicode text" or in the encoding of the machine
 */
export function decodeTable(bytes: Uint8Array, file: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new InputError(
      `Expected UTF-8 in ${file} but it has other bytes: save it again as "CSV UTF-8", or convert it (iconv -f WINDOWS-1252 -t UTF-8; "Unicode text" is UTF-16)`,
      { cause },
    );
  }
}
