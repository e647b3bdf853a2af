import { expect, it } from "vitest";
import { createKeeper } from "../../../../../scripts/stack/servers/keep-running.ts";
import type { Service } from "../../../../../scripts/stack/servers/service.ts";

function createTestKeeper(start: (attempt: number) => Promise<void>) {
  const said: string[] = [];
  let attempts = 0;
  const service: Service = {
    start: () => start(++attempts),
    stop: async () => {},
  };
  const keeper = createKeeper({ say: (message) => said.push(message), pauseMs: 0 });
  const end = () => keeper.hasEnded("MLflow", service, "MLflow ended by itself.");
  return { end, keeper, said, attempts: () => attempts };
}

it("starts a server again that ended, and says both", async () => {
  const { end, said } = createTestKeeper(async () => {});
  await end();
  expect(said).toEqual(["MLflow ended by itself. Starting it again.", "MLflow runs again."]);
});

it("tries again when the start fails, and gives up after three", async () => {
  const { end, said, attempts } = createTestKeeper(async () => {
    throw new Error("Its port is taken.");
  });
  await end();
  expect(attempts()).toBe(3);
  expect(said).toEqual([
    "MLflow ended by itself. Starting it again.",
    "Its port is taken. Starting it again.",
    "Its port is taken. Starting it again.",
    "Its port is taken. It has ended 4 times within ten minutes, so it stays down. Once its log has shown you why: npm stop, then npm start.",
  ]);
});

it("gives up on a server that ends again and again", async () => {
  const { end, said, attempts } = createTestKeeper(async () => {});
  for (let ended = 0; ended < 5; ended += 1) await end();
  expect(attempts()).toBe(3);
  expect(said.at(-1)).toMatch(/^MLflow ended by itself\. It has ended 4 times/);
});

it("leaves a server down that was asked to stop", async () => {
  const { end, keeper, said, attempts } = createTestKeeper(async () => {});
  keeper.stop();
  await end();
  expect([attempts(), said]).toEqual([0, []]);
});

it("starts no server on a full disk, and counts no start for it", async () => {
  const said: string[] = [];
  let looks = 0;
  let starts = 0;
  const keeper = createKeeper({
    say: (message) => said.push(message),
    hasRoom: () => ++looks > 5,
    pauseMs: 0,
  });
  const service: Service = { start: async () => void starts++, stop: async () => {} };
  await keeper.hasEnded("PostgreSQL", service, "PostgreSQL ended by itself.");
  expect(starts).toBe(1);
  expect(said).toEqual([
    "PostgreSQL ended by itself. The disk is full: it is started again once there is room.",
    "PostgreSQL ended by itself. Starting it again.",
    "PostgreSQL runs again.",
  ]);
});
