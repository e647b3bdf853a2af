import path from "node:path";

/** The service that shows what its functions receive, for serverless-offline. */
export const echoService = {
  directory: path.resolve("test/fixtures/echo-service"),
  environment: { GREETING: "hi" },
  readyPath: "/echo",
};

/** What the echo service answers with. */
export interface Echo {
  event: Record<string, unknown> & {
    headers: Record<string, string>;
    requestContext: Record<string, unknown>;
  };
  hasBody: boolean;
  sha256: string;
  events: number;
  context: Record<string, unknown>;
  environment: Record<string, unknown>;
}

/** What a client sees when a function gives no answer, and how the echo service is made to give none. */
export const failures: [what: string, path: string, status: number, message: string][] = [
  ["throws", "/throw", 500, "Internal Server Error"],
  ["ends its process", "/crash", 500, "Internal Server Error"],
  ["hangs", "/hang", 504, "Endpoint request timed out"],
  ["blocks", "/block", 504, "Endpoint request timed out"],
];
