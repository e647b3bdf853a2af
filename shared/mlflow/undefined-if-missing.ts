import { MlflowError } from "./error.ts";

/**
 * Turns RESOURCE_DOES_NOT_EXIST into undefined. For a missing alias MLflow has no such code: see
 * get-version-by-alias.ts.
 */
export async function undefinedIfMissing<Value>(value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof MlflowError && error.errorCode === "RESOURCE_DOES_NOT_EXIST") return undefined;
    throw error;
  }
}
