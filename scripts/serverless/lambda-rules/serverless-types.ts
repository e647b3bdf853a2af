import type { Server } from "node:http";
import type { CorsConfiguration } from "./gateway/cors.ts";

/** The parts of osls and serverless-offline that these plugins use. */

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
      httpApi?: { cors?: boolean | Partial<CorsConfiguration> };
    };
    custom: {
      "serverless-offline": { location?: string; useInProcess?: boolean };
      "lambda-rules"?: { start?: Record<string, unknown> };
    };
    getAllFunctions(): string[];
    getFunction(functionKey: string): FunctionDefinition;
  };
  pluginManager: { plugins: object[] };
}

/** serverless-offline's HTTP server, a hapi server: https://hapi.dev/api/#-serverlistener */
export interface HapiServer {
  listener: Server;
}
