import path from "node:path";
import { ensureEnvironment } from "../../../../scripts/python/ensure-environment.ts";

/** Installs Schemathesis into a virtual environment of its own, unless it is there; returns its program. */
export async function installSchemathesis(): Promise<string> {
  const programs = await ensureEnvironment(
    "schemathesis",
    path.join(import.meta.dirname, "requirements.txt"),
  );
  return path.join(programs, "schemathesis");
}
