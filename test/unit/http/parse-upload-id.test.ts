import { expect, it } from "vitest";
import { parseUploadId } from "../../../shared/http/parse-upload-id.ts";
import { createHttpEvent } from "../../support/http-events.ts";

const id = "7d0cfa3e-6f2b-4f7e-9a55-0c3a5b0f6c11";
const parse = (body: string, contentType = "application/json; charset=utf-8") =>
  parseUploadId(createHttpEvent({ contentType, body }));

it("An id is read from JSON", () => {
  expect(parse(`{"upload_id": "${id.toUpperCase()}"}`)).toBe(id);
});

it.each([
  ["another type", `{"upload_id": "${id}"}`, "image/jpeg"],
  ["other JSON", '{"file": "eye.jpg"}', undefined],
  ["no object", "null", undefined],
  ["broken JSON", "{", undefined],
])("A request with %s names none", (_, body, contentType) => {
  expect(parse(body, contentType)).toBeUndefined();
});

it.each(['"../../mlflow/model"', '"photographs/x"', '""', "5", "null", `["${id}"]`, `"${id}/x"`])(
  "%s is no id: nothing but what POST /uploads gave can be named",
  (value) => {
    expect(() => parse(`{"upload_id": ${value}}`)).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_request" }),
    );
  },
);
