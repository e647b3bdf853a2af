import { createServer } from "node:net";
import { findPortHolder } from "./processes/port-holder.ts";
import { StackError } from "./stack-error.ts";

/** Ports of the three services, all on 127.0.0.1. */
export interface StackPorts {
  postgres: number;
  s3: number;
  mlflow: number;
}

/** A requested port: who will listen there, and the setting that changes it. */
export interface WantedPort {
  port: number;
  owner: string;
  setting: string;
}

const owners: Record<keyof StackPorts, { owner: string; setting: string }> = {
  postgres: { owner: "PostgreSQL", setting: "POSTGRES_PORT" },
  s3: { owner: "the S3 server", setting: "S3_PORT" },
  mlflow: { owner: "MLflow", setting: "MLFLOW_PORT" },
};
const serviceNames = ["postgres", "s3", "mlflow"] as const;

/** Below 32768, where Linux's range of ports for outgoing connections begins. */
const lowestFreePort = 20_000;
const highestFreePort = 32_000;

/** Describes who wants the given ports, and which settings change them. */
export function describeWantedPorts(ports: Partial<StackPorts>): WantedPort[] {
  return serviceNames.flatMap((name) => {
    const port = ports[name];
    return port === undefined ? [] : [{ port, ...owners[name] }];
  });
}

/** Completes the given ports with free ones, no two of them alike. */
export async function chooseStackPorts(ports: Partial<StackPorts>): Promise<StackPorts> {
  const chosen = { ...ports };
  const taken = new Set(Object.values(ports));
  for (const name of serviceNames) chosen[name] ??= await findFreePort(undefined, taken);
  return chosen as StackPorts;
}

/**
 * Checks that nobody is listening on the ports.
 *
 * @throws StackError naming each taken port, who holds it, and the setting that changes it
 */
export async function assertPortsFree(wanted: WantedPort[]): Promise<void> {
  const problems = describeClashes(wanted);
  for (const { port, owner, setting } of wanted) {
    const reason = await tryToListen(port);
    if (reason === "EADDRINUSE") {
      const holder = findPortHolder(port);
      const heldBy =
        holder === undefined ? "another program" : `process ${holder.processId} (${holder.command})`;
      problems.push(
        `Port ${port}, wanted by ${owner}, is in use by ${heldBy}. End that, or choose another port: ${setting}=<port>.`,
      );
    } else if (reason !== undefined) {
      problems.push(
        `Port ${port} cannot be used by ${owner} (${reason}). Choose another: ${setting}=<port>.`,
      );
    }
  }
  if (problems.length > 0) throw new StackError(problems.join("\n"));
}

function describeClashes(wanted: WantedPort[]): string[] {
  return wanted.flatMap(({ port, owner, setting }, index) => {
    const first = wanted.slice(0, index).find((other) => other.port === port);
    if (first === undefined) return [];
    return [`Port ${port} is wanted by ${first.owner} and by ${owner}. Choose another: ${setting}=<port>.`];
  });
}

/**
 * Finds a port on 127.0.0.1 on which nobody listens and that is not among those `taken`, to which it is added; with
 * `alsoFree`, the port that many above it is free and added too.
 */
export async function findFreePort(alsoFree?: number, taken = new Set<number>()): Promise<number> {
  for (let attempt = 0; attempt < 100; attempt += 1) {
    const port = lowestFreePort + Math.floor(Math.random() * (highestFreePort - lowestFreePort));
    const candidates = alsoFree === undefined ? [port] : [port, port + alsoFree];
    if (candidates.some((candidate) => taken.has(candidate))) continue;
    const reasons = await Promise.all(candidates.map(tryToListen));
    if (reasons.some((reason) => reason !== undefined)) continue;
    for (const candidate of candidates) taken.add(candidate);
    return port;
  }
  throw new StackError(`No free port found between ${lowestFreePort} and ${highestFreePort}.`);
}

/** Tries to listen on a port. Returns undefined on success, else the system's error code. */
function tryToListen(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen({ port, host: "127.0.0.1", exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
