import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findStackProcesses } from "../../../scripts/stack/processes/processes.ts";
import { startStack } from "../../../scripts/stack/stack.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "fundus-stack-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

it("names a port in use, who holds it and what changes it, before it starts anything", async () => {
  const holder = createServer().listen(0, "127.0.0.1");
  await once(holder, "listening");
  const { port } = holder.address() as AddressInfo;
  const message = `Port ${port}, wanted by MLflow, is in use by process ${process.pid} (`;

  const starting = startStack({ directory, ports: { mlflow: port } });
  await expect(starting).rejects.toThrow(message);
  await expect(starting).rejects.toThrow("MLFLOW_PORT=<port>");
  // The folder was given back: the same again, not "running already".
  await expect(startStack({ directory, ports: { mlflow: port } })).rejects.toThrow(message);
  expect(existsSync(path.join(directory, "postgres"))).toBe(false);
  holder.close();
});

it("shows the log of a server that cannot start, and stops the others", async () => {
  mkdirSync(path.join(directory, "postgres"), { mode: 0o700 });
  writeFileSync(path.join(directory, "postgres/PG_VERSION"), "9\n");

  const message = await startStack({ directory }).then(
    () => "started",
    (error: Error) => error.message,
  );
  expect(message).toContain("PostgreSQL ended while it was starting");
  expect(message).toContain("could not access the server configuration file");
  expect(findStackProcesses(directory)).toEqual([]);
});
