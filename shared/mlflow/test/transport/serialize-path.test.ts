import { expect, it } from "vitest";
import { serializePath } from "../../transport/serialize-path.ts";

it("encodes a parameter whole, but keeps the slashes of an artifact's path", () => {
  const one = serializePath("/logged-models/{model_id}/tags/{tag_key}", {
    model_id: "m-1",
    tag_key: "a/b c",
  });
  expect(one).toBe("/logged-models/m-1/tags/a%2Fb%20c");
  expect(serializePath("/artifacts/{artifact_path}", { artifact_path: "1/é #?/x.bin" })).toBe(
    "/artifacts/1/%C3%A9%20%23%3F/x.bin",
  );
});

it("takes a value as it is, whatever it holds", () => {
  expect(serializePath("/{a}/{b}", { a: "$&{b}", b: 0 })).toBe("/%24%26%7Bb%7D/0");
});
