import { MlflowError } from "./error.ts";

/** Turns "does not exist" into undefined; MLflow answers it with 404, for an alias with 400. */
export async function undefinedIfMissing<Value>(value: Promise<Value>): Promise<Value | undefined> {
  try {
    return await value;
  } catch (error) {
    if (error instanceof MlflowError && error.errorCode === "RESOURCE_DOES_NOT_EXIST") return undefined;
    throw error;
  }
}
