import { expect, test } from "vitest";
import { parseTrackingUri } from "../tracking-uri.ts";

test("takes credentials out of an address", () => {
  expect(parseTrackingUri("https://ana:p%40ss@mlflow.example.org/base/")).toEqual({
    address: "https://mlflow.example.org/base",
    username: "ana",
    password: "p@ss",
  });
});

test.each(["localhost:5000", "mlflow.example.org:5000/base"])("says that %s lacks http://", (address) => {
  expect(() => parseTrackingUri(address)).toThrow(
    `but received ${address} without http:// or https:// before it`,
  );
});

test("names only the scheme of another store, and says what to give instead", () => {
  const refuse = () => parseTrackingUri("postgresql://mlflow:secret@db/mlflow");
  expect(refuse).toThrow(/received a postgresql: address\. Run the MLflow server on that store/);
  expect(refuse).not.toThrow(/secret/);
});
