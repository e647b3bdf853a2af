import { once } from "node:events";
import { type AddressInfo, createServer, type Server } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import {
  assertPortsFree,
  chooseStackPorts,
  describeWantedPorts,
  findFreePort,
} from "../../../../scripts/stack/ports.ts";

let server: Server | undefined;

afterEach(() => {
  server?.close();
  vi.restoreAllMocks();
});

async function listen(): Promise<number> {
  server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

it("names who wants a port, who holds it and the setting that changes it", async () => {
  const port = await listen();
  const wanted = { port, owner: "the service", setting: "PORT" };
  await expect(assertPortsFree([wanted])).rejects.toThrow(
    new RegExp(
      `^Port ${port}, wanted by the service, is in use by process ${process.pid} \\(.+\\)\\. .* PORT=<port>\\.$`,
    ),
  );
});

it("names every port that is taken at once", async () => {
  const port = await listen();
  const wanted = [...describeWantedPorts({ mlflow: port }), { port, owner: "the service", setting: "PORT" }];
  const message = await assertPortsFree(wanted).catch((error: Error) => error.message);
  expect(message).toContain(
    `Port ${port} is wanted by MLflow and by the service. Choose another: PORT=<port>.`,
  );
  expect(message).toContain("MLFLOW_PORT=<port>");
});

it("accepts ports that nobody listens on", async () => {
  const port = await findFreePort(10_000);
  expect(port).toBeLessThan(32_000);
  await assertPortsFree(describeWantedPorts({ s3: port, postgres: port + 10_000 }));
});

/** Lets the ports be drawn from `draws`, in this order. */
function drawPorts(draws: number[]): void {
  for (const port of draws) vi.spyOn(Math, "random").mockReturnValueOnce((port - 20_000 + 0.5) / 12_000);
}

it("draws no port of the stack twice, and none that was given", async () => {
  drawPorts([23_456, 23_456, 23_457, 23_456, 23_458]);
  const ports = await chooseStackPorts({ mlflow: 23_457 });
  expect(ports).toEqual({ postgres: 23_456, s3: 23_458, mlflow: 23_457 });
});

it("draws no port whose second port is taken", async () => {
  drawPorts([21_000, 21_001]);
  await expect(findFreePort(10_000, new Set([31_000]))).resolves.toBe(21_001);
});
