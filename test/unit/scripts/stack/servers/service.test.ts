import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createService, type ServiceOptions } from "../../../../../scripts/stack/servers/service.ts";

let directory = "";

beforeEach(() => {
  directory = mkdtempSync(path.join(tmpdir(), "fundus-service-"));
});

afterEach(() => {
  rmSync(directory, { recursive: true, force: true });
});

/** A server that is a line of shell; it is ready when its log says so. */
function createShellService(script: string, options: Partial<ServiceOptions> = {}) {
  const logFile = path.join(directory, "server.log");
  return createService({
    name: "The server",
    program: "sh",
    parameters: ["-c", script],
    environment: { PATH: process.env.PATH ?? "" },
    directory,
    logFile,
    isReady: async () => readFileSync(logFile, "utf8").includes("ready"),
    startTimeoutMs: 10_000,
    ...options,
  });
}

it("starts, stops and starts again", async () => {
  const service = createShellService("echo ready; sleep 60 & wait");
  await service.start();
  await expect(service.start()).rejects.toThrow("The server is running already.");
  await service.stop();
  await service.stop();
  await service.start();
  await service.stop();
});

it("shows the end of the log when it ends while it is starting", async () => {
  const service = createShellService("echo the disk is full; exit 3");
  await expect(service.start()).rejects.toThrow(
    /The server ended while it was starting.*\nthe disk is full$/,
  );
});

it("says why a program cannot be started", async () => {
  const service = createShellService("", { program: "/nowhere/server" });
  await expect(service.start()).rejects.toThrow("spawn /nowhere/server ENOENT");
});

it("gives up on a server that never gets ready", async () => {
  const service = createShellService("sleep 60", { startTimeoutMs: 100 });
  await expect(service.start()).rejects.toThrow("was not ready after 0.1 s");
});

it("reports an end that nobody asked for, and no other", async () => {
  const onUnexpectedEnd = vi.fn();
  const service = createShellService("echo ready; until [ -e end ]; do sleep 0.1; done", { onUnexpectedEnd });
  await service.start();
  writeFileSync(path.join(directory, "end"), "");
  await vi.waitFor(() => expect(onUnexpectedEnd).toHaveBeenCalledOnce(), { timeout: 10_000 });
  expect(onUnexpectedEnd).toHaveBeenCalledWith(expect.stringContaining("The server ended by itself"));

  onUnexpectedEnd.mockClear();
  const stopped = createShellService("echo ready; sleep 60 & wait", { onUnexpectedEnd });
  await stopped.start();
  await stopped.stop();
  expect(onUnexpectedEnd).not.toHaveBeenCalled();
});

it("keeps the log of the start before", async () => {
  const service = createShellService("echo ready $$; sleep 60 & wait");
  await service.start();
  const first = readFileSync(path.join(directory, "server.log"), "utf8");
  await service.stop();
  await service.start();
  await service.stop();
  expect(readFileSync(path.join(directory, "server.log.previous"), "utf8")).toBe(first);
});
