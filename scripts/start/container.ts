// Run by docker-compose.yml beside its other servers: registers the packaged model in an empty registry and runs the service,
// both with the settings in the environment.
import { spawn } from "node:child_process";
import { showStep } from "../progress.mjs";
import { projectRoot, serverlessProgram } from "../stack/paths.ts";
import { ensureRegisteredModel } from "./packaged-model.ts";

await showStep("Looking for a model in the registry", (say) => ensureRegisteredModel(process.env, say), {
  summarize: (line) => line,
});
const service = spawn(process.execPath, [serverlessProgram, "offline", "start"], {
  cwd: projectRoot,
  stdio: "inherit",
});
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => service.kill("SIGTERM"));
service.once("exit", (code) => process.exit(code ?? 1));
