import path from "node:path";
import { ensureEnvironment } from "../../../../scripts/python/ensure-environment.ts";

/** Installs Schemathesis into a virtual environment of its own, unless it is there; returns its program. */
export async function installSchemathesis(): Promise<string> {
  const folder = await ensureEnvironment({
    name: "schemathesis",
    requirements: path.join(import.meta.dirname, "requirements.txt"),
    contents: "Schemathesis",
  });
  return path.join(folder, "bin/schemathesis");
}
