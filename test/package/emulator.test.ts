import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { EnvironmentOptions, ExecutionEnvironment } from "../support/lambda/start-environment.ts";
import { startFunction } from "../support/lambda/start-function.ts";

/** What the emulator must keep of Lambda's rules, or the tests on it would prove nothing: seen by a function that looks around. */

const task = mkdtempSync(join(tmpdir(), "probe-task-"));
const layers = mkdtempSync(join(tmpdir(), "probe-layers-"));
const started: ExecutionEnvironment[] = [];

const probe = `
import { createRequire } from "node:module";
import { readdirSync, writeFileSync } from "node:fs";
let ticks = 0;
setInterval(() => { ticks += 1; }, 10);
const callExtensions = (path, headers, body) =>
  fetch("http://" + process.env.AWS_LAMBDA_RUNTIME_API + "/2020-01-01/extension/" + path, { method: "POST", headers, body });
const register = async (events) => {
  const answer = await callExtensions("register", { "lambda-extension-name": "probe-" + events }, JSON.stringify({ events }));
  return [answer.status, (await answer.json()).errorType];
};
const refusedAtInit = await register(["INVOKE", "SHUTDOWN"]);
const attempt = (work) => { try { work(); return "done"; } catch (error) { return error.code; } };
const questions = {
  write: (path) => attempt(() => writeFileSync(path, new Uint8Array(10))),
  fill: (megabytes) => attempt(() => writeFileSync("/tmp/full", new Uint8Array(megabytes * 1e6))),
  list: (path) => readdirSync(path),
  requireEsModule: () => attempt(() => createRequire(import.meta.url)("./module.mjs")),
  node: () => ({ version: process.version, directory: process.cwd(), paths: process.env.NODE_PATH, host: process.env.SECRET_OF_THE_HOST }),
  ticks: () => ticks,
  registerTooLate: () => register(["INVOKE"]),
  refusedAtInit: () => refusedAtInit,
};
export const handler = ({ ask, about }) => Promise.resolve(questions[ask](about));
`;

beforeAll(() => {
  mkdirSync(join(task, "functions"));
  writeFileSync(join(task, "functions/probe.mjs"), probe);
  writeFileSync(join(task, "functions/module.mjs"), "export default 1;");
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((environment) => environment.kill()));
});
afterAll(() => {
  for (const folder of [task, layers]) rmSync(folder, { recursive: true });
});

async function start(options: Partial<EnvironmentOptions> = {}): Promise<ExecutionEnvironment> {
  const environment = await startFunction(
    "functions/probe.handler",
    { task, layers },
    { env: {}, ...options },
  );
  started.push(environment);
  return environment;
}

const ask = async (environment: ExecutionEnvironment, question: string, about?: unknown): Promise<unknown> =>
  (await environment.invoke({ ask: question, about })).payload;

describe("files", () => {
  it.each(["/var/task/x", "/var/task/functions/probe.mjs", "/opt/x", "/x", "/var/x", "/usr/x"])(
    "%s cannot be written",
    async (path) => {
      expect(await ask(await start(), "write", path)).toBe("EROFS");
    },
  );

  it("/tmp is each environment's own, empty and bounded", async () => {
    const [one, other] = await Promise.all([start(), start()]);
    expect(await ask(one, "write", "/tmp/x")).toBe("done");
    expect([await ask(one, "list", "/tmp"), await ask(other, "list", "/tmp")]).toEqual([["x"], []]);
    expect(await ask(one, "fill", 1_100)).toBe("ENOSPC");
  });

  it("holds nothing of this machine but system libraries", async () => {
    const names = (await ask(await start(), "list", "/")) as string[];
    expect(names.filter((name) => ["home", "root", "work", "srv"].includes(name))).toEqual([]);
  });
});

describe("the runtime", () => {
  it("is Node 22 with the flags and variables of nodejs22.x, and none of this process's", async () => {
    process.env.SECRET_OF_THE_HOST = "x";
    const environment = await start();
    expect(await ask(environment, "node")).toEqual({
      version: expect.stringMatching(/^v22\./),
      directory: "/var/task",
      paths: expect.stringContaining("/opt/nodejs/node_modules"),
    });
    expect(await ask(environment, "requireEsModule")).toBe("ERR_REQUIRE_ESM");
  });

  it("takes no extension after init, and none that asks for SHUTDOWN", async () => {
    const environment = await start();
    expect(await ask(environment, "registerTooLate")).toEqual([403, "Extension.RegistrationClosed"]);
    expect(await ask(environment, "refusedAtInit")).toEqual([
      403,
      "ShutdownEventNotSupportedForInternalExtension",
    ]);
  });
});

describe("between events", () => {
  it("time stands still for the function", async () => {
    const environment = await start();
    const before = (await ask(environment, "ticks")) as number;
    await sleep(2_000);
    expect((await ask(environment, "ticks")) as number, "of 200").toBeLessThan(before + 100);
  });

  it("it would go on if it were not frozen", async () => {
    const environment = await start({ freeze: false });
    const before = (await ask(environment, "ticks")) as number;
    await sleep(2_000);
    expect((await ask(environment, "ticks")) as number, "of 200").toBeGreaterThan(before + 20);
  });
});

describe("shutdown", () => {
  it("is SIGKILL at once where no extension is registered", async () => {
    const environment = await start();
    const startedMs = performance.now();
    expect(await environment.shutdown()).toEqual({ code: null, signal: "SIGKILL" });
    expect(performance.now() - startedMs).toBeLessThan(400);
  });
});
