import type { IncomingMessage } from "node:http";

/** The parts of osls, serverless-offline and hapi that the plugins here touch. */

export interface FunctionDefinition {
  name: string;
  handler: string;
  memorySize?: number;
  /** Seconds. */
  timeout?: number;
  environment?: Record<string, unknown>;
  events?: { httpApi?: string | { method: string; path: string } }[];
}

export interface Serverless {
  serviceDir: string;
  service: {
    provider: {
      region: string;
      memorySize?: number;
      timeout?: number;
      environment?: Record<string, unknown>;
    };
    custom: {
      "serverless-offline": { location?: string };
      "lambda-rules"?: { start?: Record<string, unknown> };
    };
    getAllFunctions(): string[];
    getFunction(functionKey: string): FunctionDefinition;
  };
  pluginManager: { plugins: object[] };
}

/** A request as hapi gives it before its handler runs. */
export interface HapiRequest {
  method: string;
  path: string;
  /** The body as sent: routes are made with `parse: false`. Absent for GET, null when there is none. */
  payload?: Buffer | null;
  route: { method: string; path: string };
  url: URL;
  info: { received: number; remoteAddress: string };
  raw: { req: IncomingMessage };
  response: HapiResponse | HapiError;
}

export interface HapiResponse {
  isBoom?: false;
  code(status: number): HapiResponse;
  header(name: string, value: string, options?: { append: boolean }): HapiResponse;
  charset(name: string): HapiResponse;
  takeover(): HapiResponse;
}

export interface HapiError {
  isBoom: true;
  message: string;
  output: { statusCode: number; payload: unknown };
}

export interface HapiToolkit {
  continue: symbol;
  response(body?: Buffer | string): HapiResponse;
}

type Extension = (request: HapiRequest, toolkit: HapiToolkit) => unknown;

interface HapiRoute {
  settings: {
    response: { ranges: boolean };
    /** Absent where the method has no body. `override` stands in for the request's content type. */
    payload?: { override?: string } | null;
  };
}

export interface HapiServer {
  settings: { compression: false | { minBytes: number } };
  table(): HapiRoute[];
  ext(event: "onPreHandler" | "onPreResponse", extension: Extension): void;
}
