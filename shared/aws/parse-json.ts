const decoder = new TextDecoder();

/**
 * Parses what an object in S3 holds as JSON.
 *
 * @param bytes text in UTF-8; undefined, for an object that is not there, is not JSON
 * @throws SyntaxError for anything but JSON
 */
export const parseJson = (bytes: Uint8Array | undefined): unknown => JSON.parse(decoder.decode(bytes));
