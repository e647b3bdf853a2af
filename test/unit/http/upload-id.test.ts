import { expect, it } from "vitest";
import { parseUpload } from "../../../shared/http/parse-upload.ts";
import { createHttpEvent } from "../../support/http-events.ts";
import { createForm } from "../../support/multipart.ts";

const id = "7d0cfa3e-6f2b-4f7e-9a55-0c3a5b0f6c11";
const json = "application/json; charset=utf-8";
const urlEncoded = "application/x-www-form-urlencoded";
const limits = { maxUploadBytes: 1_000 };
const parse = (body: string | Buffer, contentType = json) =>
  parseUpload(createHttpEvent({ contentType, body }), limits);
const field = (content: string) => ({ name: "upload_id", content });
const file = (content: string) => ({ name: "file", fileName: "eye.jpg", contentType: "image/jpeg", content });

it.each([
  ["JSON", `{"upload_id": "${id.toUpperCase()}"}`, json],
  ["JSON with a byte order mark", `\uFEFF{"upload_id": "${id}"}`, json],
  ["a form of names and values", `a=1&upload_id=${id}`, urlEncoded],
])("An id is read from %s", async (_, body, contentType) => {
  expect(await parse(body, contentType)).toEqual({ uploadId: id });
});

it.each([
  ["alone", [field(id)]],
  ["among others, with blanks around it", [{ name: "eye", content: "left" }, field(` ${id}\r\n`)]],
  ["beside a file input that was left alone", [file(""), field(id)]],
  ["beside a file of blanks", [file(" "), field(id)]],
])("An id is read from a form's text field: %s", async (_, parts) => {
  const { contentType, body } = createForm(parts);
  expect(await parse(body, contentType)).toEqual({ uploadId: id });
});

it.each(["", "  ", "\t\r\n"])("A photograph is taken beside an id that was left empty: %j", async (blank) => {
  const { contentType, body } = createForm([field(blank), file("pixels")]);
  expect(await parse(body, contentType)).toEqual({ bytes: Buffer.from("pixels") });
});

it.each([
  [
    "a photograph beside it",
    [field(id), file("pixels")],
    "Expected a photograph in file or an upload_id but received both",
  ],
  ["a second one", [field(id), field(id)], "Expected one upload_id but received 2"],
])("An id with %s is refused: which is meant?", async (_, parts, message) => {
  const { contentType, body } = createForm(parts);
  await expect(parse(body, contentType)).rejects.toEqual(expect.objectContaining({ status: 400, message }));
});

it("An id beside an attachment without a name is refused, too", async () => {
  const { contentType, body } = createForm([field(id), file("pixels")]);
  const attachment = body.toString().replace('form-data; name="file"', "attachment");
  await expect(parse(attachment, contentType)).rejects.toMatchObject({
    status: 400,
    message: "Expected a photograph in file or an upload_id but received both",
  });
});

const picture = "QUJD".repeat(30);
const both =
  "Expected a photograph or an upload_id but received both: a text of 120 characters is taken for a photograph";
it.each([
  ["a picture in JSON", JSON.stringify({ upload_id: id, instances: [{ b64: picture }] }), json, both],
  ["a picture beside it", `file=${picture}&upload_id=${id}`, urlEncoded, both],
  ["a second one", `upload_id=${id}&upload_id=${id}`, urlEncoded, "Expected one upload_id but received 2"],
])("An id with %s is refused in text: which is meant?", async (_, body, contentType, message) => {
  await expect(parse(body, contentType)).rejects.toMatchObject({ status: 400, message });
});

it("A picture as text is taken beside an id that was left empty", async () => {
  expect(await parse(`upload_id=&file=${picture}`, urlEncoded)).toEqual({ bytes: Buffer.from(picture) });
});

it.each([
  ["other JSON", '{"file": "eye.jpg"}', json],
  ["no object", "null", json],
  ["other names and values", "file=eye.jpg", urlEncoded],
])("A request with %s is of a kind that is not taken", async (_, body, contentType) => {
  await expect(parse(body, contentType)).rejects.toEqual(
    expect.objectContaining({ status: 415, code: "unsupported_media_type" }),
  );
});

const unreadable = "Expected JSON with upload_id but received JSON that cannot be read";
it.each([
  ["broken JSON", `{"upload_id": "${id}",}`, json, unreadable],
  ["JSON in UTF-16", Buffer.from(`\uFEFF{"upload_id": "${id}"}`, "utf16le"), json, unreadable],
  ["blanks as JSON", " \n", json, "Expected a photograph but received an empty body"],
  ["nothing as JSON", "", json, "Expected a photograph but received an empty body"],
  ["nothing as a form", "", urlEncoded, "Expected a photograph but received an empty body"],
])("A request with %s is refused for what it is", async (_, body, contentType, message) => {
  await expect(parse(body, contentType)).rejects.toMatchObject({
    status: 400,
    code: "invalid_request",
    message,
  });
});

it.each(['"../../mlflow/model"', '"photographs/x"', '""', "5", "null", `["${id}"]`, `"${id}/x"`])(
  "%s is not an id: nothing but what POST /uploads gave can be named",
  async (value) => {
    const refused = expect.objectContaining({ status: 400, code: "invalid_request" });
    await expect(parse(`{"upload_id": ${value}}`)).rejects.toEqual(refused);
    const { contentType, body } = createForm([field(value)]);
    await expect(parse(body, contentType)).rejects.toEqual(refused);
  },
);
