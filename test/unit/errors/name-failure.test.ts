import { expect, it } from "vitest";
import { StorageError } from "../../../shared/aws/storage-error.ts";
import { ModelError } from "../../../shared/errors/model-error.ts";
import { nameFailure } from "../../../shared/errors/name-failure.ts";
import { MlflowError } from "../../../shared/mlflow/index.ts";

const named = (name: string) => Object.assign(new Error("s3://clinic"), { name });
const coded = (code: string | number) => Object.assign(new Error("s3://clinic"), { code });

it.each([
  [new StorageError("GET", "s3://clinic/model", named("AccessDenied")), "AccessDenied"],
  [new StorageError("GET", "s3://clinic/model", coded("ECONNREFUSED")), "ECONNREFUSED"],
  [new StorageError("GET", "s3://clinic/model", new DOMException("", "TimeoutError")), "TimeoutError"],
  [
    Object.assign(new Error("10.0.3.12"), { errorCode: "TEMPORARILY_UNAVAILABLE" }),
    "TEMPORARILY_UNAVAILABLE",
  ],
  [new ModelError("s3://clinic/model has no files", { cause: new Error("s3://clinic") }), "ModelError"],
  [new ModelError("s3://clinic/model has no files"), "ModelError"],
  [
    new ModelError("a", { cause: new StorageError("GET", "s3://clinic/b", named("AccessDenied")) }),
    "AccessDenied",
  ],
  [
    new ModelError("a", {
      cause: new MlflowError("10.0.3.12", { errorCode: "CONNECTION_FAILED", cause: coded("ECONNREFUSED") }),
    }),
    "ECONNREFUSED",
  ],
  [
    new ModelError("a", { cause: new MlflowError("10.0.3.12", { errorCode: "PERMISSION_DENIED" }) }),
    "PERMISSION_DENIED",
  ],
  [coded("ENOSPC"), "ENOSPC"],
  [new ModelError("/tmp is full", { cause: coded("ENOSPC") }), "ENOSPC"],
  ["s3://clinic", "Error"],
  [undefined, "Error"],
])("names the kind of %s without its message", (error, kind) => {
  expect(nameFailure(error)).toBe(kind);
});
