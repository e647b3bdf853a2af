import path from "node:path";
import { findFreePort } from "../../../scripts/stack/ports.ts";
import { createService, endWithOwner } from "../../../scripts/stack/service.ts";
import type { EngineName } from "../../../shared/contracts/model.ts";
import { startOfflineServer } from "../../support/service.ts";
import { type PeerPython, peerFolder } from "../peer.ts";

export interface Server {
  address: string;
  stop(): Promise<void>;
}

/** One way to serve the model, and how it is started. */
export interface Contestant {
  name: string;
  start(): Promise<Server>;
}

const startTimeoutMs = 90_000;

/** This service under serverless-offline, with everything tracked. */
export function ours(engine: EngineName, environment: Record<string, string>): Contestant {
  return {
    name: `this service, ${engine}, all tracked`,
    start: () => startOfflineServer({ environment: { ...environment, INFERENCE_ENGINE: engine } }),
  };
}

/** How the peer writes to MLflow: see peer/app.py. */
export type PeerTracking = "none" | "batched" | "each";

const trackingNames: Record<PeerTracking, string> = {
  none: "no tracking",
  batched: "one MLflow call each",
  each: "14 MLflow calls each",
};

/**
 * FastAPI and TensorFlow with the same model.
 *
 * @param folder for its log
 */
export function peer(
  tracking: PeerTracking,
  { python, environment }: PeerPython,
  variables: Record<string, string>,
  folder: string,
): Contestant {
  return {
    name: `FastAPI + TensorFlow, ${trackingNames[tracking]}`,
    async start() {
      const port = await findFreePort();
      const address = `http://127.0.0.1:${port}`;
      const uvicorn = ["-m", "uvicorn", "app:app", "--port", String(port), "--log-level", "warning"];
      const [program, parameters] = endWithOwner("TERM", python, uvicorn);
      const server = createService({
        name: "uvicorn",
        program,
        parameters,
        directory: peerFolder,
        environment: { ...environment, ...variables, TRACKING: tracking, PYTHONDONTWRITEBYTECODE: "1" },
        logFile: path.join(folder, `peer-${tracking}.log`),
        isReady: async () => (await fetch(`${address}/openapi.json`).catch(() => undefined)) !== undefined,
        startTimeoutMs,
      });
      await server.start();
      return { address, stop: server.stop };
    },
  };
}
