// Run by docker-compose.yml beside its other servers: registers the packaged model in an empty registry, runs the service and
// deletes expired photographs, all with the settings in the environment.
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { showStep } from "../progress.mjs";
import { projectRoot, serverlessProgram } from "../stack/paths.ts";
import { loadLocalSettings } from "../stack/settings.ts";
import { runExpiry } from "./expire-photographs.ts";
import { ensureRegisteredModel } from "./packaged-model.ts";

const { photographRetentionDays } = loadLocalSettings();
await showStep("Looking for a model in the registry", (say) => ensureRegisteredModel(process.env, say), {
  summarize: (line) => line,
});
// serverless-esbuild leaves 16 MB per start in the folder for temporary files, which a container that is restarted keeps.
const temporaryFolder = path.join(tmpdir(), "service");
rmSync(temporaryFolder, { recursive: true, force: true });
mkdirSync(temporaryFolder);
const service = spawn(process.execPath, [serverlessProgram, "offline", "start"], {
  cwd: projectRoot,
  // Without collecting garbage, esbuild's process, which stays, would hold 1.4 GB instead of 0.7.
  env: { GOGC: "100", ...process.env, TMPDIR: temporaryFolder },
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => service.kill("SIGTERM"));
service.once("exit", (code) => process.exit(code ?? 1));
await runExpiry(photographRetentionDays, new AbortController().signal);
