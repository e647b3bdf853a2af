import path from "node:path";
import { findFreePort } from "../../../scripts/stack/ports.ts";
import { fetchStatus } from "../../../scripts/stack/servers/fetch-status.ts";
import { createService, endWithOwner } from "../../../scripts/stack/servers/service.ts";
import type { EngineName } from "../../../shared/schemas/model.ts";
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

/** How a peer is started: its program, and what it says of itself. */
interface Peer {
  name: string;
  /** Behind `python`, with PORT for its port. */
  command: string[];
  variables?: Record<string, string>;
}

const uvicorn = ["-m", "uvicorn", "app:app", "--port", "PORT", "--log-level", "warning"];
const fastapi = (engine: string, tracking: string, name: string): Peer => ({
  name: `FastAPI + ${name}`,
  command: uvicorn,
  variables: { ENGINE: engine, TRACKING: tracking },
});

/** The same model and crop in Python: see peer/app.py and peer/lit_app.py. */
export const peers: readonly Peer[] = [
  fastapi("tensorflow", "none", "TensorFlow, no tracking"),
  fastapi("onnxruntime", "none", "onnxruntime, one thread, no tracking"),
  { name: "LitServe + onnxruntime, one thread, no tracking", command: ["lit_app.py", "PORT"] },
  fastapi("tensorflow", "batched", "TensorFlow, one MLflow call each"),
  fastapi("tensorflow", "each", "TensorFlow, 14 MLflow calls each"),
];

/** @param folder for its log */
export function peer(
  { name, command, variables: own }: Peer,
  { python, environment }: PeerPython,
  variables: Record<string, string>,
  folder: string,
): Contestant {
  return {
    name,
    async start() {
      const port = await findFreePort();
      const address = `http://127.0.0.1:${port}`;
      const parameters = command.map((parameter) => (parameter === "PORT" ? String(port) : parameter));
      const [program, all] = endWithOwner("TERM", python, parameters);
      const server = createService({
        name: "peer",
        program,
        parameters: all,
        directory: peerFolder,
        environment: { ...environment, ...variables, ...own, PYTHONDONTWRITEBYTECODE: "1" },
        logFile: path.join(folder, `${name.replace(/\W+/g, "-")}.log`),
        isReady: async () => (await fetchStatus(`${address}/openapi.json`)) !== undefined,
        startTimeoutMs,
      });
      await server.start();
      return { address, stop: server.stop };
    },
  };
}
