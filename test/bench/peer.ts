import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { ensureInstaller, runUv } from "../../scripts/python/ensure-environment.ts";
import { ensureKerasEnvironment } from "../../scripts/python/keras-environment.ts";
import { hashFiles } from "../../scripts/stack/hash-files.ts";
import { localFolder, projectRoot } from "../../scripts/stack/paths.ts";
import { withLock } from "../../shared/resilience/lock.mjs";

export const peerFolder = path.join(projectRoot, "test/bench/peer");

const requirements = path.join(peerFolder, "requirements.txt");
/** Packages of their own, beside the environment that the tests compare with. */
const packagesFolder = path.join(localFolder, "bench-peer");
const completeFile = path.join(packagesFolder, ".complete");

export interface PeerPython {
  python: string;
  environment: Record<string, string>;
}

/** Python with TensorFlow, Keras, ONNX Runtime, and what the peer needs besides; installed unless it is there. */
export async function ensurePeerPython(say: (message: string) => void): Promise<PeerPython> {
  const python = await ensureKerasEnvironment(say);
  await withLock(packagesFolder, async () => {
    const digest = hashFiles([requirements]);
    if (existsSync(completeFile) && readFileSync(completeFile, "utf8") === digest) return;
    say("installing OpenCV, LitServe, uvloop and three small packages from PyPI");
    rmSync(packagesFolder, { recursive: true, force: true });
    const target = ["--target", packagesFolder, "--python", python];
    const locked = ["--system-certs", "--require-hashes", "--no-deps"];
    await runUv(await ensureInstaller(say), ["pip", "install", ...locked, ...target, "-r", requirements]);
    writeFileSync(completeFile, digest);
  });
  const environment = { ...(process.env as Record<string, string>), PYTHONPATH: packagesFolder };
  return { python, environment };
}
