import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { connect } from "node:net";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { findStackProcesses } from "../../../scripts/stack/processes/processes.ts";
import { findClientEnvironment } from "../../../scripts/stack/running-stack.ts";
import { startStack } from "../../../scripts/stack/stack.ts";
import { useOwnStack } from "../../support/stack.ts";
import { keptData, leaveData, readData } from "./stack-client.ts";

describe("a running stack", () => {
  const clientSettings = { MLFLOW_MODEL_NAME: "retina" };
  const stack = useOwnStack({ clientSettings });
  const readCommandLines = () => spawnSync("ps", ["-eo", "args"], { encoding: "utf8" }).stdout;

  it("refuses a second owner of its folder", async () => {
    await expect(startStack({ directory: stack().directory })).rejects.toThrow(
      `is running already (process ${process.pid}). End it with: npm stop`,
    );
  });

  it("tells its clients where it is, and which model its service serves", () => {
    expect(findClientEnvironment(stack().directory, {})).toMatchObject({ ...stack().env, ...clientSettings });
  });

  it("loses nothing when its parts are stopped and started again", async () => {
    await leaveData(stack());
    const addresses = { mlflow: stack().mlflowUrl, s3: stack().s3Url, postgres: stack().postgresUrl };
    for (const name of ["mlflow", "s3", "postgres"] as const) {
      await stack()[name].stop();
      expect(await tryToConnect("127.0.0.1", readPort(addresses[name]))).toBe("ECONNREFUSED");
      await stack()[name].start();
    }
    expect(await readData(stack())).toEqual(keptData);
  });

  it("listens on 127.0.0.1 alone", async () => {
    const ports = [stack().mlflowUrl, stack().s3Url, stack().postgresUrl].map(readPort);
    for (const port of ports) {
      expect(await tryToConnect("127.0.0.1", port)).toBe("connected");
      // Another address of the same machine: whoever listens on all of them would answer.
      expect(await tryToConnect("127.0.0.2", port)).toBe("ECONNREFUSED");
    }
  });

  it("shows its secrets neither in command lines nor in logs, and in no file that others may read", () => {
    const directory = stack().directory;
    const secretFile = path.join(directory, "secrets.json");
    const secrets = Object.values<string>(JSON.parse(readFileSync(secretFile, "utf8")));
    const logs = readdirSync(directory).filter((name) => name.endsWith(".log"));
    const shown = [
      readCommandLines(),
      ...logs.map((name) => readFileSync(path.join(directory, name), "utf8")),
    ];
    expect(statSync(secretFile).mode & 0o777).toBe(0o600);
    expect(logs).toEqual(expect.arrayContaining(["mlflow.log", "postgres.log", "s3.log"]));
    expect(secrets).toHaveLength(5);
    for (const secret of secrets) expect(shown.filter((text) => text.includes(secret))).toEqual([]);
  });

  it("ends every process it started", async () => {
    const directory = stack().directory;
    expect(findStackProcesses(directory).length).toBeGreaterThanOrEqual(3);
    await stack().stop();
    expect(findStackProcesses(directory)).toEqual([]);
  });
});

describe("with authentication", () => {
  const stack = useOwnStack({ auth: true });
  const search = async (authorization: string) => {
    const address = `${stack().mlflowUrl}/api/2.0/mlflow/experiments/search?max_results=1`;
    return (await fetch(address, { headers: authorization === "" ? {} : { authorization } })).status;
  };

  it("lets the administrator in, and nobody else", async () => {
    const { username, password } = stack().admin;
    expect(await search("")).toBe(401);
    expect(await search(`Basic ${btoa(`${username}:wrong`)}`)).toBe(401);
    expect(await search(`Basic ${btoa(`${username}:${password}`)}`)).toBe(200);
    expect(stack().env).toMatchObject({
      MLFLOW_TRACKING_USERNAME: username,
      MLFLOW_TRACKING_PASSWORD: password,
    });
  });
});

function readPort(address: string): number {
  return Number(new URL(address).port);
}

function tryToConnect(host: string, port: number): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once("connect", () => {
      socket.destroy();
      resolve("connected");
    });
    socket.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
  });
}
