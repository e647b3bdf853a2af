import { Busboy, type BusboyFileStream, type BusboyInstance } from "@fastify/busboy";
import { RequestError } from "../errors/request-error.ts";

/** More than any real form has, few enough that a form of millions of parts costs nothing. */
const maxParts = 32;

/**
 * Reads the one file in a field of a multipart form. Other fields are allowed and ignored.
 *
 * @param contentType the request's header, with its boundary
 * @throws RequestError 400 for a broken form or two files in the field, 422 when the field has no file
 */
export async function parseMultipartFile(
  body: Uint8Array,
  contentType: string,
  fieldName: string,
): Promise<Uint8Array> {
  const { files, sawText } = await readForm(body, contentType, fieldName);
  if (files.length > 1) {
    throw new RequestError(
      "invalid_request",
      `Expected one file in ${fieldName} but received ${files.length}`,
    );
  }
  const [file] = files;
  if (file !== undefined) return file;
  const received = sawText ? "text" : "no such field";
  throw new RequestError(
    "missing_file",
    `Expected a file in the form field ${fieldName} but received ${received}`,
  );
}

interface Form {
  files: Uint8Array[];
  sawText: boolean;
}

function readForm(body: Uint8Array, contentType: string, fieldName: string): Promise<Form> {
  return new Promise((resolve, reject) => {
    const refuse = (cause: unknown) => reject(brokenForm(cause));
    const files: Buffer[][] = [];
    let sawText = false;

    let parser: BusboyInstance;
    try {
      parser = new Busboy({ headers: { "content-type": contentType }, limits: { parts: maxParts } });
    } catch (cause) {
      return refuse(cause);
    }
    parser.on("file", (name: string, stream: BusboyFileStream) => {
      stream.on("error", refuse);
      if (name === fieldName) files.push(collect(stream));
      else stream.resume();
    });
    parser.on("field", (name: string) => {
      sawText ||= name === fieldName;
    });
    parser.on("partsLimit", () => refuse(new Error(`more than ${maxParts} parts`)));
    parser.on("error", refuse);
    parser.on("finish", () => resolve({ files: files.map(join), sawText }));
    parser.end(body);
  });
}

function collect(stream: BusboyFileStream): Buffer[] {
  const chunks: Buffer[] = [];
  stream.on("data", (chunk: Buffer) => chunks.push(chunk));
  return chunks;
}

/** A file most often comes as one chunk, a view of the body; it is not copied, which would bring on garbage collections. */
function join(chunks: Buffer[]): Buffer {
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks);
}

function brokenForm(cause: unknown): RequestError {
  return new RequestError(
    "invalid_request",
    "Expected a complete multipart form whose boundary is the one in the content type but received a broken one",
    { cause },
  );
}
