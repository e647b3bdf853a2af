import { randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { parseUpload } from "../../../shared/http/parse-upload.ts";
import { createHttpEvent } from "../../support/http-events.ts";
import { createForm } from "../../support/multipart.ts";

const photograph = randomBytes(100_000);
const limits = { maxUploadBytes: 200_000 };
const filePart = { name: "file", fileName: "eye.jpg", contentType: "image/jpeg", content: photograph };

const parse = async (...request: Parameters<typeof parseUpload>) =>
  (await parseUpload(...request)).bytes as Uint8Array;
const refused = (status: number, code: string) => expect.objectContaining({ status, code });

describe("a multipart form", () => {
  it("gives the bytes of its file exactly", async () => {
    const bytes = await parse(createHttpEvent(createForm([filePart])), limits);
    expect(Buffer.compare(bytes, photograph)).toBe(0);
  });

  it("may have other fields beside the file", async () => {
    const form = createForm([{ name: "eye", content: "left" }, filePart, { ...filePart, name: "mask" }]);
    expect(await parse(createHttpEvent(form), limits)).toHaveLength(photograph.length);
  });

  it("gives a file whose bytes look like the boundary's beginning", async () => {
    const content = Buffer.from("\r\n--test-boundar\r\n--test-boundar");
    const form = createForm([{ ...filePart, content }]);
    expect(Buffer.from(await parse(createHttpEvent(form), limits)).equals(content)).toBe(true);
  });

  it.each([
    ["without the field", createForm([{ ...filePart, name: "image" }]), 422, "missing_file"],
    ["with text in the field", createForm([{ name: "file", content: "eye.jpg" }]), 422, "missing_file"],
    ["without any field", createForm([]), 422, "missing_file"],
    ["with two files", createForm([filePart, filePart]), 400, "invalid_request"],
    ["with an empty file", createForm([{ ...filePart, content: "" }]), 400, "invalid_request"],
    [
      "with a file over the limit",
      createForm([{ ...filePart, content: randomBytes(200_001) }]),
      413,
      "payload_too_large",
    ],
    [
      "with more parts than a form has",
      createForm(Array(1_001).fill({ name: "a", content: "" })),
      400,
      "invalid_request",
    ],
  ])("%s is refused", async (_, form, status, code) => {
    await expect(parse(createHttpEvent(form), limits)).rejects.toEqual(refused(status, code));
  });

  it.each([
    [
      "text",
      createForm([
        { name: "eye", content: "left" },
        { name: "file", content: "eye.jpg" },
      ]),
    ],
    ["the field eye", createForm([{ name: "eye", content: "left" }])],
  ])("says that it found %s instead of a file", async (received, form) => {
    await expect(parse(createHttpEvent(form), limits)).rejects.toThrow(
      `Expected a file in the form field file but received ${received}`,
    );
  });

  it("gives a file that comes in several pieces, up to the limit itself", async () => {
    const content = randomBytes(200_000);
    const bytes = await parse(createHttpEvent(createForm([{ ...filePart, content }])), limits);
    expect(Buffer.compare(bytes, content)).toBe(0);
  });

  it.each([
    ["is cut off", (body: Buffer) => body.subarray(0, 50_000)],
    ["is cut off in its header", (body: Buffer) => body.subarray(0, 40)],
    [
      "uses another boundary",
      (body: Buffer) => Buffer.from(body.toString("latin1").replaceAll("test-", "best-"), "latin1"),
    ],
    ["is not a form", () => Buffer.from("just text")],
  ])("that %s is refused", async (_, breakBody) => {
    const { contentType, body } = createForm([filePart]);
    const event = createHttpEvent({ contentType, body: breakBody(body) });
    await expect(parseUpload(event, limits)).rejects.toEqual(refused(400, "invalid_request"));
  });

  it("without a boundary in its content type is refused", async () => {
    const event = createHttpEvent({ ...createForm([filePart]), contentType: "multipart/form-data" });
    await expect(parseUpload(event, limits)).rejects.toEqual(refused(400, "invalid_request"));
  });
});

/** A form written line by line, as clients that build it by hand do. */
function writeForm(lines: (string | Uint8Array)[], newline = "\r\n"): Buffer {
  return Buffer.concat(lines.flatMap((line, i) => [Buffer.from(i === 0 ? "" : newline), Buffer.from(line)]));
}
const disposition = 'Content-Disposition: form-data; name="file"; filename="eye.jpg"';
const type = "Content-Type: image/jpeg";
const parseForm = (body: Buffer, contentType = "multipart/form-data; boundary=b") =>
  parse(createHttpEvent({ contentType, body }), limits);

describe("a form as clients in the field write it", () => {
  const plain = writeForm(["--b", disposition, type, "", photograph, "--b--", ""]);

  it.each<[kind: string, body: Buffer, contentType?: string]>([
    ["the content type in upper case", plain, "MULTIPART/FORM-DATA; BOUNDARY=b"],
    ["a quoted boundary and a charset", plain, 'multipart/form-data; charset=utf-8; boundary="b"'],
    ["blanks around the boundary", plain, "multipart/form-data ;boundary = b ; charset=utf-8"],
    [
      "a boundary with signs",
      writeForm(["------=_Part_1_2.3'()+,/:?", disposition, "", photograph, "------=_Part_1_2.3'()+,/:?--"]),
      "multipart/form-data; boundary=----=_Part_1_2.3'()+,/:?",
    ],
    ["lines that end with LF", writeForm(["--b", disposition, type, "", photograph, "--b--", ""], "\n")],
    ["a last boundary without dashes", writeForm(["--b", disposition, "", photograph, "--b", ""])],
    ["no line after the last boundary", writeForm(["--b", disposition, "", photograph, "--b--"])],
    [
      "text before and after",
      writeForm(["Hello", "--b", disposition, "", photograph, "--b--", "--b", "bye"]),
    ],
    ["a line before the first boundary", writeForm(["", "--b", disposition, "", photograph, "--b--"])],
    ["blanks after the boundary", writeForm(["--b  ", disposition, "", photograph, "--b-- "])],
    [
      "upper-case headers",
      writeForm(["--b", disposition.toUpperCase().replace('"FILE"', '"file"'), "", photograph, "--b--"]),
    ],
    [
      "a field name without quotes",
      writeForm(["--b", "content-disposition:form-data;name=file;filename=eye.jpg", "", photograph, "--b--"]),
    ],
    [
      "an attachment",
      writeForm([
        "--b",
        'Content-Disposition: attachment; name="file"; filename="a.jpg"',
        "",
        photograph,
        "--b--",
      ]),
    ],
    [
      "an attachment without a name",
      writeForm(["--b", 'Content-Disposition: attachment; filename="a.jpg"', "", photograph, "--b--"]),
    ],
    [
      "a file name in RFC 5987's form",
      writeForm([
        "--b",
        "Content-Disposition: form-data; name=file; filename*=UTF-8''%e2%82%ac.jpg",
        "",
        photograph,
        "--b--",
      ]),
    ],
    [
      "a file name in RFC 2231's pieces",
      writeForm([
        "--b",
        'Content-Disposition: form-data; name=file; filename*0="a"; filename*1="b.jpg"',
        "",
        photograph,
        "--b--",
      ]),
    ],
    [
      "a file name with quotes and semicolons",
      writeForm([
        "--b",
        'Content-Disposition: form-data; name="file"; filename="a\\"; name=\\"x.jpg"',
        "",
        photograph,
        "--b--",
      ]),
    ],
    [
      "a folded header",
      writeForm([
        "--b",
        'Content-Disposition: form-data;\r\n name="file";\r\n\tfilename="a.jpg"',
        "",
        photograph,
        "--b--",
      ]),
    ],
    [
      "an image without a file name",
      writeForm(["--b", 'Content-Disposition: form-data; name="file"', type, "", photograph, "--b--"]),
    ],
    [
      "bytes without a file name or a type",
      writeForm(["--b", 'Content-Disposition: form-data; name="file"', "", photograph, "--b--"]),
    ],
    [
      "base64, in lines",
      writeForm([
        ...["--b", disposition, "Content-Transfer-Encoding: base64", ""],
        ...[photograph.toString("base64").replace(/.{76}/g, "$&\r\n"), "--b--"],
      ]),
    ],
    [
      "binary named",
      writeForm(["--b", disposition, "Content-Transfer-Encoding: BINARY", "", photograph, "--b--"]),
    ],
    [
      "an empty file input beside it",
      writeForm([
        ...["--b", 'Content-Disposition: form-data; name="file"; filename=""', "", ""],
        ...["--b", disposition, "", photograph, "--b--"],
      ]),
    ],
    [
      "a part that is nobody's",
      writeForm(["--b", "", "lost", "--b", "X: y", "--b", disposition, "", photograph, "--b--"]),
    ],
    [
      "1,000 fields",
      writeForm([
        ...Array(999).fill(["--b", 'Content-Disposition: form-data; name="a"', "", "1"]).flat(),
        ...["--b", disposition, "", photograph, "--b--"],
      ]),
    ],
  ])("with %s gives the bytes exactly", async (_, body, contentType) => {
    expect(Buffer.compare(await parseForm(body, contentType), photograph)).toBe(0);
  });

  it("in quoted-printable gives the bytes it stands for", async () => {
    const encoding = "Content-Transfer-Encoding: quoted-printable";
    const bytes = await parseForm(writeForm(["--b", disposition, encoding, "", "=FF=d8=\r\nA=3D", "--b--"]));
    expect(Buffer.from(bytes)).toEqual(Buffer.from("\xff\xd8A=", "latin1"));
  });

  it("keeps the bytes that look like ends of lines", async () => {
    const bytes = Buffer.from("\r\n\n\r");
    for (const newline of ["\r\n", "\n"]) {
      expect(
        Buffer.from(await parseForm(writeForm(["--b", disposition, "", bytes, "--b--"], newline))),
      ).toEqual(bytes);
    }
  });

  it.each<[kind: string, body: Buffer, contentType: string | undefined, detail: RegExp, status?: number]>([
    ["no boundary", plain, "multipart/form-data", /boundary=x, but received none: leave the content type/],
    ["another boundary", plain, "multipart/form-data; boundary=c", /without that boundary/],
    ["its end lost", plain.subarray(0, -10), undefined, /that was cut off$/],
    ["its headers lost", plain.subarray(0, 30), undefined, /that was cut off$/],
    [
      "bytes that are declared as quoted-printable",
      writeForm(["--b", disposition, "Content-Transfer-Encoding: quoted-printable", "", photograph, "--b--"]),
      undefined,
      /^Expected quoted-printable text in the form field file, .* but received other characters$/,
    ],
    ["gzip", gzipSync(plain), undefined, /received gzip: send the form uncompressed/],
    [
      "a form in the form",
      writeForm(["--b", disposition, "Content-Type: multipart/mixed; boundary=c", "", "--c", "--b--"]),
      undefined,
      /a form within the form/,
    ],
    [
      "an unknown encoding",
      writeForm(["--b", disposition, "Content-Transfer-Encoding: x-uuencode", "", "x", "--b--"]),
      undefined,
      /the transfer encoding x-uuencode/,
    ],
    [
      "broken base64",
      writeForm(["--b", disposition, "Content-Transfer-Encoding: base64", "", "****", "--b--"]),
      undefined,
      /Expected base64 in the form field file/,
    ],
    [
      "1,001 fields",
      createForm(Array(1_001).fill({ name: "a", content: "" }), "b").body,
      undefined,
      /1000 fields/,
    ],
    [
      "another name",
      writeForm(["--b", disposition.replace('"file"', '"image"'), "", photograph, "--b--"]),
      undefined,
      /^Expected a file in the form field file but received the field image$/,
      422,
    ],
  ])("with %s is refused by name", async (_, body, contentType, detail, status = 400) => {
    await expect(parseForm(body, contentType)).rejects.toMatchObject({
      status,
      message: expect.stringMatching(detail),
    });
  });
});

describe("what the caller wrote", () => {
  const typed = "Maria Silva 1961-02-03 OD.jpg";
  const encoded = (name: string, encoding: string) => ({
    contentType: "multipart/form-data; boundary=b",
    body: Buffer.from(
      `--b\r\nContent-Disposition: form-data; name="${name}"\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n****\r\n--b--`,
    ),
  });

  it.each([
    ["the name of a field", createForm([{ ...filePart, name: typed }])],
    ["the name of a field in base64", encoded(typed, "base64")],
    ["a transfer encoding", encoded("file", typed)],
    ["a media type", { contentType: typed, body: photograph }],
    [
      "a content encoding",
      { contentType: "image/jpeg", headers: { "content-encoding": typed }, body: photograph },
    ],
  ])("as %s is in the answer and not in the record", async (_, request) => {
    await expect(parse(createHttpEvent(request), limits)).rejects.toMatchObject({
      message: expect.stringMatching(/maria silva/i),
      recorded: expect.not.stringMatching(/maria/i),
    });
  });

  it.each([
    ["the name of a field", encoded("n".repeat(10_000), "base64")],
    ["a media type", { contentType: "n".repeat(10_000), body: photograph }],
  ])("as %s is cut", async (_, request) => {
    await expect(parse(createHttpEvent(request), limits)).rejects.toMatchObject({
      message: expect.not.stringContaining("n".repeat(100)),
    });
  });
});

it.each(["gzip", "br", "deflate", "aws-chunked"])("a body in %s is refused by name", async (encoding) => {
  const event = createHttpEvent({
    contentType: "image/jpeg",
    headers: { "content-encoding": encoding },
    body: photograph,
  });
  await expect(parseUpload(event, limits)).rejects.toMatchObject({
    status: 415,
    message: expect.stringContaining(encoding),
  });
});

const base64 = photograph.toString("base64");

it.each<[kind: string, contentType: string, body: string | Uint8Array]>([
  ["a form's field", ...(Object.values(createForm([{ name: "file", content: base64 }])) as [string, Buffer])],
  ["JSON", "application/json", JSON.stringify({ eye: "left", size: 1, image: base64 })],
  ["JSON alone", "application/json", JSON.stringify(base64)],
  ["JSON in JSON", "application/json", JSON.stringify({ instances: [{ image: { b64: base64 } }] })],
  ["a urlencoded field", "application/x-www-form-urlencoded", `eye=left&file=${encodeURIComponent(base64)}`],
])("a long text in %s is taken for the photograph, so that it is named", async (_, contentType, body) => {
  const bytes = await parse(createHttpEvent({ contentType, body }), limits);
  expect(Buffer.from(bytes).toString()).toBe(base64);
});

it.each<[kind: string, contentType: string, body: string]>([
  ["JSON", "application/json", JSON.stringify({ image: "a".repeat(200_000) })],
  ["JSON with an id", "application/json", JSON.stringify({ upload_id: "", note: "a".repeat(200_000) })],
  ["a urlencoded form", "application/x-www-form-urlencoded", `file=${"a".repeat(200_000)}`],
  ["an image", "image/jpeg", "é".repeat(100_001)],
])("text over the limit is refused by its size: %s", async (_, contentType, body) => {
  const event = { ...createHttpEvent({ contentType, body }), body, isBase64Encoded: false };
  await expect(parseUpload(event, limits)).rejects.toMatchObject({
    status: 413,
    message: `Expected at most 200000 bytes but received ${Buffer.byteLength(body)}`,
  });
});

describe("a raw body", () => {
  it.each(["image/jpeg", "IMAGE/PNG", "image/tiff; charset=binary", "application/octet-stream"])(
    "of type %s is the photograph itself",
    async (contentType) => {
      const bytes = await parse(createHttpEvent({ contentType, body: photograph }), limits);
      expect(Buffer.compare(bytes, photograph)).toBe(0);
    },
  );

  it.each([
    ["empty", { contentType: "image/jpeg", body: new Uint8Array() }, 400, "invalid_request"],
    ["absent", { contentType: "image/jpeg" }, 400, "invalid_request"],
    ["over the limit", { contentType: "image/jpeg", body: randomBytes(200_001) }, 413, "payload_too_large"],
    ["JSON", { contentType: "application/json", body: "{}" }, 415, "unsupported_media_type"],
    [
      "a urlencoded form",
      { contentType: "application/x-www-form-urlencoded", body: "file=a" },
      415,
      "unsupported_media_type",
    ],
    ["of no type", { body: photograph }, 415, "unsupported_media_type"],
  ])("that is %s is refused", async (_, parts, status, code) => {
    await expect(parse(createHttpEvent(parts), limits)).rejects.toEqual(refused(status, code));
  });

  it.each([
    [
      { contentType: "application/json; charset=utf-8", body: "{}" },
      "but received application/json without upload_id",
    ],
    [{ contentType: " Text/Plain ; charset=utf-8", body: "{}" }, "but received text/plain"],
    [{ body: photograph }, "but received no content type"],
    [{ contentType: "image/jpeg", body: "" }, "but received an empty body"],
  ])("says what it received: %j", async (parts, message) => {
    await expect(parse(createHttpEvent(parts), limits)).rejects.toThrow(new RegExp(`${message}$`));
  });
});
