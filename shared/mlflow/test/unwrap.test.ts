import { describe, expect, it } from "vitest";
import { getRegisteredModel, MlflowError, unwrap } from "../index.ts";
import { createFakeServer, json, refusal } from "./fake-server.ts";

async function refuse(response: Response): Promise<MlflowError> {
  const { client } = createFakeServer([() => response], { maxAttempts: 1 });
  const call = unwrap(
    client.GET("/api/2.0/mlflow/experiments/get", { params: { query: { experiment_id: "1" } } }),
  );
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(MlflowError);
  return error as MlflowError;
}

describe("an MlflowError", () => {
  it("carries MLflow's code, message and status", async () => {
    const error = await refuse(refusal("RESOURCE_DOES_NOT_EXIST", 404, "No experiment 1"));
    expect(error).toMatchObject({
      errorCode: "RESOURCE_DOES_NOT_EXIST",
      status: 404,
      message: "No experiment 1",
    });
  });

  it("carries the request id that the server echoes", async () => {
    expect((await refuse(json({}, 500, { "x-request-id": "from-server" }))).requestId).toBe("from-server");
  });

  it("understands the newer routes, text, and HTML", async () => {
    const detail = await refuse(json({ detail: "no such server" }, 404));
    expect(detail).toMatchObject({ errorCode: "ENDPOINT_NOT_FOUND", message: "no such server" });
    const errors = await refuse(json({ detail: [{ loc: ["body"], msg: "missing" }] }, 422));
    expect(errors.message).toBe('[{"loc":["body"],"msg":"missing"}]');
    const host = await refuse(new Response("Invalid Host header", { status: 403 }));
    expect(host).toMatchObject({
      errorCode: "PERMISSION_DENIED",
      message: "MLflow answered 403: Invalid Host header",
    });
    const page = await refuse(
      new Response("<html>Bad gateway</html>", { status: 502, statusText: "Bad Gateway" }),
    );
    expect(page).toMatchObject({ errorCode: "INTERNAL_ERROR", message: "MLflow answered 502 Bad Gateway" });
    expect((await refuse(new Response("", { status: 401 }))).errorCode).toBe("UNAUTHENTICATED");
  });

  it("says so when a proxy sends a page instead of JSON", async () => {
    const error = await refuse(new Response("<html>Log in</html>", { status: 200 }));
    expect(error.errorCode).toBe("UNEXPECTED_ANSWER");
    expect(error.cause).toBeInstanceOf(SyntaxError);
  });
});

describe("a look-up by name", () => {
  it("gives undefined for what does not exist, and throws everything else", async () => {
    const missing = createFakeServer([() => refusal("RESOURCE_DOES_NOT_EXIST", 404)]);
    expect(await getRegisteredModel(missing.client, "none")).toBeUndefined();
    const wrong = createFakeServer([() => refusal("INVALID_PARAMETER_VALUE", 400)]);
    await expect(getRegisteredModel(wrong.client, "none")).rejects.toThrow(MlflowError);
    const page = createFakeServer([() => new Response("<html>", { status: 404 })]);
    await expect(getRegisteredModel(page.client, "none")).rejects.toThrow(MlflowError);
  });
});
