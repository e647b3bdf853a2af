import { RequestError } from "../../errors/request-error.ts";

/**
 * The bytes of a part that may be encoded for mail (RFC 2045, section 6), as some older clients do.
 *
 * @throws RequestError 400 for an unknown encoding, or content that is not in the encoding it declares
 */
export function decodeTransfer(content: Buffer, encoding: string, fieldName: string): Buffer {
  switch (encoding.toLowerCase()) {
    case "":
    case "binary":
    case "8bit":
    case "7bit":
      return content;
    case "base64":
      return decodeBase64(content, fieldName);
    case "quoted-printable":
      return decodeQuotedPrintable(content, fieldName);
    default:
      throw new RequestError(
        "invalid_request",
        `Expected the form field ${fieldName.slice(0, 40)} as it is or in base64 but received the transfer encoding ${encoding.slice(0, 40)}`,
        { recorded: "Expected a form field as it is or in base64 but received another transfer encoding" },
      );
  }
}

function decodeBase64(content: Buffer, fieldName: string): Buffer {
  const text = content.toString("latin1").replace(/\s/g, "");
  if (!/^[\w+/-]*={0,2}$/.test(text)) throw notEncoded("base64", fieldName);
  return Buffer.from(text, "base64");
}

/**
 * Refuses anything but printable ASCII and line ends: raw bytes under this label would be decoded to something else.
 */
function decodeQuotedPrintable(content: Buffer, fieldName: string): Buffer {
  const text = content.toString("latin1").replace(/=[ \t]*\r?\n/g, "");
  if (/[^\t\r\n\x20-\x7e]|=(?![\dA-F]{2})/i.test(text)) throw notEncoded("quoted-printable text", fieldName);
  const bytes = text.replace(/=(..)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1");
}

const notEncoded = (what: string, fieldName: string) =>
  new RequestError(
    "invalid_request",
    `Expected ${what} in the form field ${fieldName.slice(0, 40)}, as its transfer encoding says, but received other characters`,
    {
      recorded: `Expected ${what} in a form field, as its transfer encoding says, but received other characters`,
    },
  );
