import { readFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { createFunctionPool, type FunctionPool } from "./function-pool.ts";
import { addGateway } from "./gateway.ts";
import type { HapiServer, Serverless } from "./serverless-types.ts";

/** What is corrected below was read in this version; another one needs the tests of test/e2e before this number. */
const knownVersion = "14.8.2";

interface Log {
  error(message: string): void;
  notice(message: string): void;
}

interface Offline {
  internals?(): { getApiGatewayServer(): HapiServer };
}

interface LambdaClass {
  prototype: {
    get(functionKey: string): {
      setClientContext(context: unknown): void;
      setEvent(event: unknown): void;
      runHandler(): Promise<unknown>;
    };
    cleanup(): Promise<void>;
  };
}

/**
 * The one place where serverless-offline is corrected to the rules of Lambda and API Gateway.
 *
 * | serverless-offline | here |
 * |---|---|
 * | a thread, with a model of its own, for each event at once | one execution environment a function (function-pool.ts) |
 * | no SIGTERM before the end | SIGTERM, then 500 ms (execution-environment.ts) |
 * | a raw image body arrives as broken text, repeated headers get lost | the event of payload format 2.0 (gateway-event.ts) |
 * | a crash or a timeout is answered 200 | 500, 504 (gateway-response.ts) |
 * | unreadable content types refused, answers compressed, ranges served | passed as they are (gateway.ts) |
 * | no limit of 6 MB, errors in hapi's form | 413 and `{error, detail}` (gateway.ts) |
 *
 * `custom.lambda-rules.start` names functions and the event each gets when the server starts, so that the first request
 * finds them warm.
 */
export default class LambdaRules {
  readonly hooks: Record<string, () => void | Promise<void>>;

  constructor(serverless: Serverless, _options: unknown, { log }: { log: Log }) {
    const pool = createFunctionPool(serverless);
    this.hooks = {
      "before:offline:start": () => {
        throw new Error(
          "Expected `serverless offline start`: `serverless offline` alone has no hook after its start",
        );
      },
      "before:offline:start:init": () => {
        setNativeSettings(serverless);
        return replaceFunctions(pool);
      },
      "after:offline:start:init": () => {
        try {
          addGateway(findServer(serverless), serverless, pool, log);
        } catch (error) {
          // An error of this hook would be lost, and the server would answer without the rules.
          log.error(error instanceof Error ? error.message : String(error));
          process.exit(1);
        }
        const events = serverless.service.custom["lambda-rules"]?.start ?? {};
        for (const [functionKey, event] of Object.entries(events)) {
          pool.invoke(functionKey, event).catch((error) => log.error(`${functionKey}: ${error.message}`));
        }
        log.notice("Lambda's and API Gateway's rules apply");
      },
    };
  }
}

/** Native libraries read the process's own environment; what a worker thread is given does not reach them. */
function setNativeSettings({ service }: Serverless): void {
  const value = service.provider.environment?.ORT_DISABLE_TELEMETRY;
  if (typeof value === "string") process.env.ORT_DISABLE_TELEMETRY = value;
}

/** Every way of serverless-offline to a function (schedules, its invoke endpoint) asks its Lambda for it. */
async function replaceFunctions(pool: FunctionPool): Promise<void> {
  assertKnownVersion();
  // A name TypeScript does not look up: the package has no types.
  const moduleName: string = "serverless-offline/lambda";
  const { default: Lambda } = (await import(moduleName)) as { default: LambdaClass };
  if (typeof Lambda?.prototype?.get !== "function" || typeof Lambda.prototype.cleanup !== "function") {
    throw changed("its class Lambda has no get and cleanup");
  }
  Lambda.prototype.get = (functionKey) => {
    let event: unknown;
    return {
      setClientContext() {},
      setEvent(given) {
        event = given;
      },
      runHandler: () => pool.invoke(functionKey, event),
    };
  };
  Lambda.prototype.cleanup = () => pool.shutdown();
}

function assertKnownVersion(): void {
  const path = findPackageJSON("serverless-offline", import.meta.url);
  const { version } = JSON.parse(readFileSync(path ?? "package.json", "utf8")) as { version: string };
  if (version !== knownVersion) throw changed(`its version is ${version}`);
}

function findServer(serverless: Serverless): HapiServer {
  const offline = serverless.pluginManager.plugins.find((p) => p.constructor.name === "ServerlessOffline");
  const server = (offline as Offline | undefined)?.internals?.().getApiGatewayServer();
  if (typeof server?.ext !== "function") throw changed("it does not show its HTTP server");
  return server;
}

function changed(how: string): Error {
  return new Error(
    `Expected serverless-offline ${knownVersion}, which lambda-rules corrects, but ${how}: ` +
      "read the table in scripts/serverless/lambda-rules/plugin.ts again and run the end-to-end tests",
  );
}
