import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { APIGatewayProxyEventV2 } from "aws-lambda";
import { createGateway } from "../../../scripts/serverless/lambda-rules/gateway/gateway.ts";
import {
  FunctionError,
  TimeoutError,
} from "../../../scripts/serverless/lambda-rules/gateway/gateway-response.ts";
import type { Answer } from "./runtime-api.ts";
import type { ExecutionEnvironment } from "./start-environment.ts";

export interface GatewayOptions<Function> {
  /** Route key, e.g. `POST /predict` or `$default`, to the function that answers it. */
  routes: Map<string, Function>;
  /** Starts an environment of a function, when its first request comes or the one before has ended. */
  start(target: Function): Promise<ExecutionEnvironment>;
}

export interface Gateway {
  /** http://127.0.0.1:port */
  address: string;
  stop(): Promise<void>;
}

/** The gateway of `npm start` in front of packaged functions, one environment per function. */
export async function startGateway<Function>({ routes, start }: GatewayOptions<Function>): Promise<Gateway> {
  const functions = new Map<Function, FunctionQueue>();
  const queueOf = (target: Function): FunctionQueue => {
    const queue = functions.get(target) ?? new FunctionQueue(() => start(target));
    functions.set(target, queue);
    return queue;
  };
  const server = createServer(
    createGateway({
      routes,
      invoke: async (target, event) => readPayload(await queueOf(target).invoke(event)),
    }),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      server.close();
      await Promise.all([...functions.values()].map((queue) => queue.stop()));
    },
  };
}

/** @throws TimeoutError, FunctionError */
function readPayload({ ok, payload }: Answer): unknown {
  if (ok) return payload;
  if (errorTypeOf(payload) === "Sandbox.Timedout") throw new TimeoutError(JSON.stringify(payload));
  throw new FunctionError(JSON.stringify(payload));
}

/** Gives a function's environment one event at a time, each once the one before has settled. */
class FunctionQueue {
  readonly #start: () => Promise<ExecutionEnvironment>;
  #environment: ExecutionEnvironment | undefined;
  #settled: Promise<unknown> = Promise.resolve();

  constructor(start: () => Promise<ExecutionEnvironment>) {
    this.#start = start;
  }

  async invoke(event: APIGatewayProxyEventV2): Promise<Answer> {
    const turn = this.#settled;
    const finished = Promise.withResolvers<void>();
    this.#settled = finished.promise;
    await turn;
    try {
      this.#environment ??= await this.#start();
    } catch (error) {
      finished.resolve();
      return { ok: false, payload: { errorType: "Init", errorMessage: String(error) }, clientMs: 0 };
    }
    const { answered, settled } = this.#environment.start(event);
    void settled.then(({ payload }) => {
      if (hasEnded(payload)) this.#environment = undefined;
      finished.resolve();
    });
    return answered;
  }

  async stop(): Promise<void> {
    await this.#settled;
    await this.#environment?.shutdown();
  }
}

/** What Lambda says of an environment that is gone. */
const endings = ["Runtime.ExitError", "Sandbox.Timedout"];
const errorTypeOf = (payload: unknown) => (payload as { errorType?: string } | null)?.errorType ?? "";
const hasEnded = (payload: unknown) => endings.includes(errorTypeOf(payload));
