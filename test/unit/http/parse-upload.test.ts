import { randomBytes } from "node:crypto";
import { describe, expect, it } from "vitest";
import { parseUpload } from "../../../shared/http/parse-upload.ts";
import { createHttpEvent } from "../../support/http-events.ts";
import { createForm } from "../../support/multipart.ts";

const photograph = randomBytes(100_000);
const limits = { maxUploadBytes: 200_000 };
const filePart = { name: "file", fileName: "eye.jpg", contentType: "image/jpeg", content: photograph };

const refused = (status: number, code: string) => expect.objectContaining({ status, code });

describe("a multipart form", () => {
  it("gives the bytes of its file exactly", async () => {
    const bytes = await parseUpload(createHttpEvent(createForm([filePart])), limits);
    expect(Buffer.compare(bytes, photograph)).toBe(0);
  });

  it("may have other fields beside the file", async () => {
    const form = createForm([{ name: "eye", content: "left" }, filePart, { ...filePart, name: "mask" }]);
    expect(await parseUpload(createHttpEvent(form), limits)).toHaveLength(photograph.length);
  });

  it("gives a file whose bytes look like the boundary's beginning", async () => {
    const content = Buffer.from("\r\n--test-boundar\r\n--test-boundar");
    const form = createForm([{ ...filePart, content }]);
    expect(Buffer.from(await parseUpload(createHttpEvent(form), limits)).equals(content)).toBe(true);
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
      createForm(Array(40).fill({ name: "a", content: "" })),
      400,
      "invalid_request",
    ],
  ])("%s is refused", async (_, form, status, code) => {
    await expect(parseUpload(createHttpEvent(form), limits)).rejects.toEqual(refused(status, code));
  });

  it.each([
    [
      "text",
      createForm([
        { name: "eye", content: "left" },
        { name: "file", content: "eye.jpg" },
      ]),
    ],
    ["no such field", createForm([{ name: "eye", content: "left" }])],
  ])("says that it found %s instead of a file", async (received, form) => {
    await expect(parseUpload(createHttpEvent(form), limits)).rejects.toThrow(
      `Expected a file in the form field file but received ${received}`,
    );
  });

  it("gives a file that comes in several pieces, up to the limit itself", async () => {
    const content = randomBytes(200_000);
    const bytes = await parseUpload(createHttpEvent(createForm([{ ...filePart, content }])), limits);
    expect(Buffer.compare(bytes, content)).toBe(0);
  });

  it.each([
    ["is cut off", (body: Buffer) => body.subarray(0, 50_000)],
    ["is cut off in its header", (body: Buffer) => body.subarray(0, 40)],
    [
      "uses another boundary",
      (body: Buffer) => Buffer.from(body.toString("latin1").replaceAll("test-", "best-"), "latin1"),
    ],
    ["is no form", () => Buffer.from("just text")],
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

describe("a raw body", () => {
  it.each(["image/jpeg", "IMAGE/PNG", "image/tiff; charset=binary", "application/octet-stream"])(
    "of type %s is the photograph itself",
    async (contentType) => {
      const bytes = await parseUpload(createHttpEvent({ contentType, body: photograph }), limits);
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
    await expect(parseUpload(createHttpEvent(parts), limits)).rejects.toEqual(refused(status, code));
  });

  it.each([
    [{ contentType: "application/json; charset=utf-8", body: "{}" }, "but received application/json"],
    [{ contentType: " Text/Plain ; charset=utf-8", body: "{}" }, "but received text/plain"],
    [{ body: photograph }, "but received no content type"],
    [{ contentType: "image/jpeg", body: "" }, "but received an empty body"],
  ])("says what it received: %j", async (parts, message) => {
    await expect(parseUpload(createHttpEvent(parts), limits)).rejects.toThrow(new RegExp(`${message}$`));
  });
});
