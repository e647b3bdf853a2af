import { expect, test } from "vitest";
import { describeFields, describeType } from "../../../../functions/docs/describe-schema.ts";
import type { JsonSchema } from "../../../../functions/docs/openapi-document.ts";

const schemas: Record<string, JsonSchema> = {
  Place: {
    type: "object",
    required: ["name"],
    properties: { name: { type: "string", description: "Where" } },
  },
};
const place: JsonSchema = { $ref: "#/components/schemas/Place" };

test.each<[JsonSchema, string]>([
  [{ type: "string" }, "string"],
  [{ type: "string", format: "uuid" }, "string (uuid)"],
  [{ type: "number", minimum: 0, maximum: 100 }, "number 0..100"],
  [{ type: "integer", minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, "integer ≥ 0"],
  [{ type: "string", enum: ["a", "b"] }, '"a" or "b"'],
  [{ const: 1 }, "1"],
  [{ anyOf: [{ type: "number" }, { type: "null" }] }, "number or null"],
  [{ type: "array", items: { type: "string" } }, "list of string"],
  [place, "object"],
  [{}, "anything"],
])("the type of %j is %s", (schema, words) => {
  expect(describeType(schema, schemas)).toBe(words);
});

test("fields are listed with their paths, through references, maps, lists and what may be null", () => {
  const schema: JsonSchema = {
    type: "object",
    required: ["here"],
    properties: {
      here: place,
      there: { anyOf: [place, { type: "null" }] },
      many: { type: "array", items: place },
    },
    additionalProperties: { type: "number" },
  };
  const fields = describeFields(schema, schemas).map(({ path, isRequired }) => [path, isRequired]);
  expect(fields).toEqual([
    ["here", true],
    ["here.name", true],
    ["there", false],
    ["there.name", true],
    ["many", false],
    ["many.[]", true],
    ["many.[].name", true],
    ["*", false],
  ]);
});
