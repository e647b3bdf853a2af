import { expect, it } from "vitest";
import { parseS3Address } from "../../../shared/aws/s3-address.ts";

it.each([
  ["s3://bucket/folder/key.json", { bucket: "bucket", key: "folder/key.json" }],
  ["s3://bucket/", { bucket: "bucket", key: "" }],
  ["s3://bucket", { bucket: "bucket", key: "" }],
  ["s3://", undefined],
  ["mlflow-artifacts:/1/2", undefined],
  ["https://s3://bucket/key", undefined],
])("reads %s", (address, expected) => {
  expect(parseS3Address(address)).toEqual(expected);
});
