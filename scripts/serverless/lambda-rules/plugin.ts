import { resolve } from "node:path";
import { type AccessSettings, accessSettings } from "../../../shared/settings/access.ts";
import { readAwsCredentials } from "../../../shared/settings/aws-credentials.ts";
import { loadSettings } from "../../../shared/settings/load-settings.ts";
import { writeEntries } from "./entries.ts";
import { createFunctionPool } from "./environments/function-pool.ts";
import { outliveFullDisk } from "./environments/outlive-full-disk.ts";
import { createAuthorizeRequest } from "./gateway/authorize-request.ts";
import type { CorsConfiguration } from "./gateway/cors.ts";
import { createGateway } from "./gateway/gateway.ts";
import type { HapiServer, Serverless } from "./serverless-types.ts";

interface ServerlessLog {
  error(message: string): void;
  notice(message: string): void;
}

interface Offline {
  internals?(): { getApiGatewayServer(): HapiServer };
}

/**
 * Lambda's and API Gateway's rules behind serverless-offline. serverless-offline finds the functions and schedules of
 * serverless.yml, opens the port and fires the schedules; every request and event is then handled here.
 *
 * | serverless-offline alone | here |
 * |---|---|
 * | a thread, with a model of its own, for each simultaneous event | one execution environment per function; for predict up to one per processor (function-pool.ts) |
 * | no SIGTERM before the end | SIGTERM, then 500 ms (execution-environment.ts) |
 * | a raw image body arrives as broken text, repeated headers get lost | the event of payload format 2.0 (gateway-event.ts) |
 * | a crash or a timeout is answered 200 | 500, 504 (gateway-response.ts) |
 * | no keys, tokens or signatures | checked as AUTH says, like API Gateway (authorize-request.ts) |
 * | unreadable content types refused, responses compressed, no limit of 6 MB | as API Gateway does it (gateway.ts) |
 *
 * `custom.lambda-rules.start` names functions and the event that each gets when the server starts, so that the first request
 * finds them warm.
 */
export default class LambdaRules {
  readonly hooks: Record<string, () => void | Promise<void>>;

  constructor(serverless: Serverless, _options: unknown, { log }: { log: ServerlessLog }) {
    outliveFullDisk(process.stdout, process.stderr);
    const pool = createFunctionPool(serverless);
    this.hooks = {
      "before:offline:start": () => {
        throw new Error(
          "Expected `serverless offline start`: `serverless offline` alone has no hook after its start",
        );
      },
      "before:offline:start:init": () => {
        setNativeSettings(serverless);
        const offline = serverless.service.custom["serverless-offline"];
        // serverless-esbuild, whose hooks run before these, has set the folder of its bundles.
        const bundles = resolve(serverless.serviceDir, offline.location ?? ".");
        pool.useBundles(bundles);
        offline.location = `${bundles}-entries`;
        offline.useInProcess = true;
        writeEntries(offline.location, serverless, pool);
      },
      "after:offline:start:init": () => {
        const { listener } = findServer(serverless);
        for (const event of ["request", "checkContinue"]) listener.removeAllListeners(event);
        listener.on(
          "request",
          createGateway({
            routes: mapRoutes(serverless),
            invoke: pool.invoke,
            cors: completeCors(serverless),
            authorize: createAuthorizeRequest({
              access: readAccess(serverless),
              invokeAuthorizer: (event) => pool.invoke("authorize", event),
              credentials: readAwsCredentials(),
            }),
            onFailure: (functionKey, error) =>
              log.error(`${functionKey}: ${error instanceof Error ? error.message : error}`),
          }),
        );
        const events = serverless.service.custom["lambda-rules"]?.start ?? {};
        for (const [functionKey, event] of Object.entries(events)) {
          pool.invoke(functionKey, event).catch((error) => log.error(`${functionKey}: ${error.message}`));
        }
        log.notice("Lambda's and API Gateway's rules apply");
      },
      // After an edited file, the next event starts an environment with the new code.
      "offline:functionsUpdated:cleanup": () => pool.shutdown(),
      "before:offline:start:end": () => pool.shutdown(),
    };
  }
}

/** Native libraries read the process's own environment, not that of a worker thread. */
function setNativeSettings({ service }: Serverless): void {
  const value = service.provider.environment?.ORT_DISABLE_TELEMETRY;
  if (typeof value === "string") process.env.ORT_DISABLE_TELEMETRY = value;
}

/** The tests run other services behind this plugin, which have no setting AUTH. */
function readAccess({ service }: Serverless): AccessSettings {
  const named = Object.entries(service.provider.environment ?? {}).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string",
  );
  return loadSettings({ access: accessSettings }, Object.fromEntries(named)).access;
}

function mapRoutes({ service }: Serverless): Map<string, string> {
  const routes = new Map<string, string>();
  for (const functionKey of service.getAllFunctions()) {
    for (const { httpApi } of service.getFunction(functionKey).events ?? []) {
      if (httpApi === undefined) continue;
      const route = typeof httpApi === "string" ? httpApi : `${httpApi.method.toUpperCase()} ${httpApi.path}`;
      routes.set(route === "*" || route === "* *" ? "$default" : route, functionKey);
    }
  }
  return routes;
}

/** Adds the defaults that a deployment gets where serverless.yml says `cors: true` or leaves a part out. */
function completeCors({ service }: Serverless): CorsConfiguration | undefined {
  const cors = service.provider.httpApi?.cors;
  if (cors === undefined || cors === false) return undefined;
  return {
    allowedOrigins: ["*"],
    allowedHeaders: ["Content-Type", "Authorization"],
    allowedMethods: ["OPTIONS", "GET", "POST"],
    ...(cors === true ? {} : cors),
  };
}

function findServer(serverless: Serverless): HapiServer {
  const offline = serverless.pluginManager.plugins.find((p) => p.constructor.name === "ServerlessOffline");
  const server = (offline as Offline | undefined)?.internals?.().getApiGatewayServer();
  if (typeof server?.listener?.on === "function") return server;
  throw new Error(
    "Expected serverless-offline to show its HTTP server (internals().getApiGatewayServer()), but it does not: " +
      "use the version that package-lock.json names, and run the end-to-end tests with a newer one",
  );
}
