import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { openSource } from "../../../../scripts/backup/source.ts";
import { runServerless } from "../../../../scripts/serverless/run-serverless.ts";
import { gateSettings } from "../../../../shared/settings/gate.ts";

const projectRoot = path.resolve(import.meta.dirname, "../../../..");
const text = readFileSync(path.join(projectRoot, "docker-compose.yml"), "utf8");
interface Service {
  image: string;
  command?: string[];
  build?: { dockerfile: string };
  environment: Record<string, string>;
  ports?: string[];
  volumes?: string[];
  logging?: { driver: string; options: Record<string, string> };
}
const compose: { services: Record<string, Service>; volumes: object } = parse(text, { merge: true });
const services = Object.values(compose.services);
const environmentOf = (name: string) => compose.services[name]?.environment ?? {};

it("has no key at its top that Compose 1.29 refuses, such as name", () => {
  const keys = Object.keys(compose).filter((key) => !key.startsWith("x-"));
  expect(keys.sort()).toEqual(["services", "volumes"]);
});

it("says how to make every secret it asks for", () => {
  const asked = new Set([...text.matchAll(/\$\{(\w+):\?/g)].map((match) => match[1]));
  const made = [...text.matchAll(/^# {3}(\w+)=.*openssl rand/gm)].map((match) => match[1]);
  expect(made.sort()).toEqual([...asked].sort());
});

it("pins every image to one version", () => {
  const dockerfile = readFileSync(path.join(projectRoot, "scripts/stack/Dockerfile"), "utf8");
  const images = [...services.map(({ image }) => image), /^FROM (\S+)/m.exec(dockerfile)?.[1]];
  expect(images.length).toBeGreaterThan(4);
  for (const image of images) expect(image).toMatch(/:\d+\.\d+(\.\d+)?(-[\w.-]+)?$/);
});

it("gives the image that is built from this project the project's version, which npm run release moves", () => {
  const { version } = JSON.parse(readFileSync(path.join(projectRoot, "package.json"), "utf8"));
  const built = services.filter(({ build }) => build !== undefined);
  expect(new Set(built.map(({ image }) => image))).toEqual(new Set([`fundus-lambda-servers:${version}`]));
});

it("limits what is kept of every container's output", () => {
  for (const { logging } of services) {
    expect(logging).toEqual({ driver: "json-file", options: { "max-size": "10m", "max-file": "3" } });
  }
});

it("gives MLflow accounts, and the service one of them", () => {
  const { MLFLOW_AUTH_CONFIG_PATH, ...mlflow } = environmentOf("mlflow");
  expect(compose.services.mlflow?.command).toContain("--app-name=basic-auth");
  expect(compose.services.mlflow?.volumes).toContain(
    `./scripts/stack/mlflow-auth.ini:${MLFLOW_AUTH_CONFIG_PATH}:ro`,
  );
  expect(environmentOf("api")).toMatchObject({
    MLFLOW_TRACKING_USERNAME: mlflow.MLFLOW_AUTH_ADMIN_USERNAME,
    MLFLOW_TRACKING_PASSWORD: mlflow.MLFLOW_AUTH_ADMIN_PASSWORD,
  });
});

it("backs up what MLflow and the service write to", () => {
  const { server, databases, places } = openSource(environmentOf("backup"));
  const backend = new URL(environmentOf("mlflow").MLFLOW_BACKEND_STORE_URI ?? "");
  const accounts = readFileSync(path.join(projectRoot, "scripts/stack/mlflow-auth.ini"), "utf8");
  expect(server).toMatchObject({ host: backend.hostname, port: backend.port, user: backend.username });
  expect(databases).toEqual([backend.pathname.slice(1)]);
  expect(accounts).toContain(`database_uri = ${backend.href}`);
  expect(places.map(({ bucket, prefix }) => `s3://${bucket}/${prefix}`)).toEqual([
    `${compose.services.mlflow?.command?.find((word) => word.startsWith("--artifacts"))?.split("=")[1]}/`,
    `s3://${environmentOf("api").INFERENCE_LOG_BUCKET}/`,
  ]);
});

/** Text of the program that the API's container runs. */
function readProgram(): string {
  const { command } = compose.services.api ?? {};
  const program = /scripts\/start\/\S+/.exec(command?.join(" ") ?? "")?.[0] ?? "";
  return readFileSync(path.join(projectRoot, program), "utf8");
}

it("collects the garbage of esbuild's process, which stays, unless GOGC says otherwise", () => {
  expect(readProgram()).toContain('env: { GOGC: "100", ...process.env,');
});

it("expires photographs: its service names their buckets, and how long they are kept", () => {
  expect(readProgram()).toContain("await runExpiry(");
  expect(environmentOf("api")).toMatchObject({
    UPLOAD_BUCKET: "uploads",
    PHOTOGRAPH_BUCKET: "photographs",
    PHOTOGRAPH_RETENTION_DAYS: expect.stringContaining("${PHOTOGRAPH_RETENTION_DAYS:-90}"),
  });
});

it("passes every setting of the service on, but those that say where the other containers are, or are AWS's", () => {
  const map = parse(readFileSync(path.join(projectRoot, "serverless.yml"), "utf8"), { logLevel: "silent" });
  const { environment } = map.provider as { environment: Record<string, string> };
  const ofFunctions = Object.keys(environment).filter(
    (name) => name === "AUTH" || environment[name]?.includes(`\${env:${name},`),
  );
  const used = JSON.stringify([environment, map.functions]);
  const params: [string, string][] = Object.entries(map.params.default);
  const ofParams = params
    .filter(([param]) => used.includes(`\${param:${param}}`))
    .flatMap(([, value]) => /env:(\w+),/.exec(value)?.[1] ?? []);
  const operators = [...ofFunctions, ...ofParams];
  const passed = Object.entries(environmentOf("api")).filter(([name, value]) =>
    value.startsWith(`\${${name}:-`),
  );
  const names = passed.map(([name]) => name);
  const missing = [...operators, ...Object.keys(gateSettings.in.shape), "CORS_ALLOWED_ORIGINS"].filter(
    (name) => !names.includes(name),
  );
  expect(operators.length).toBeGreaterThan(50);
  expect(missing.sort()).toEqual([
    "INFERENCE_LOG_PREFIX",
    "INFERENCE_LOG_SINK",
    "INFERENCE_LOG_STREAM",
    "MLFLOW_DEFAULT_ARTIFACT_ROOT",
    "MLFLOW_S3_ENDPOINT_URL",
    "MLFLOW_TRACKING_PASSWORD",
    "MLFLOW_TRACKING_TOKEN",
    "MLFLOW_TRACKING_URI",
    "MLFLOW_TRACKING_USERNAME",
    "MODEL_CACHE_DIRECTORY",
  ]);
});

it("gives a setting that nobody set its default, as a variable that is absent", async () => {
  const environment = Object.fromEntries(
    Object.entries(environmentOf("api")).map(([name, value]) => [
      name,
      value.replace(/\$\{\w+:\?[^}]*\}/g, "secret").replace(/\$\{\w+:-([^}]*)\}/g, "$1"),
    ]),
  );
  const printed = await runServerless(["print", "--format", "json"], {
    environment: { PATH: process.env.PATH, ...environment },
    timeoutMs: 60_000,
  });
  const { provider, functions } = JSON.parse(printed);
  expect(environment).toMatchObject({ MODEL_STAGE: "", PHOTOGRAPH_RETENTION_DAYS: "90" });
  expect(functions.drift.events).toMatchObject([
    { schedule: { rate: ["rate(1 hour)"] } },
    { schedule: { rate: ["cron(0 6 * * ? *)"] } },
  ]);
  expect(provider.environment).toMatchObject({
    ...{ AUTH: "none", MODEL_STAGE: "Production", DRIFT_WINDOW_SIZE: "100" },
    ...{ MLFLOW_TRACKING_URI: "http://mlflow:5000", MLFLOW_TRACKING_PASSWORD: "secret" },
  });
}, 60_000);

it("publishes S3 on this machine alone, at the address that callers are sent to", () => {
  expect(compose.services.s3?.ports).toEqual(["127.0.0.1:${S3_PORT:-8333}:8333"]);
  expect(environmentOf("api").UPLOAD_ENDPOINT_URL).toBe("${UPLOAD_ENDPOINT_URL:-http://localhost:8333}");
});

it("keeps what S3 stores encrypted, and its filer closed, as npm start does", () => {
  const signingKeys = ["WEED_JWT_FILER_SIGNING_KEY", "WEED_JWT_FILER_SIGNING_READ_KEY"];
  const local = readFileSync(path.join(projectRoot, "scripts/stack/servers/s3.ts"), "utf8");
  for (const flag of ["s3.encryptVolumeData", "filer.encryptVolumeData"]) {
    expect(compose.services.s3?.command).toContain(`-${flag}`);
    expect(local).toContain(`"${flag}": true`);
  }
  for (const name of signingKeys) {
    expect(environmentOf("s3")[name]).toBe(environmentOf("s3").AWS_SECRET_ACCESS_KEY);
    expect(local).toContain(`${name}: options.secretAccessKey`);
  }
});

it("documents every variable that moves a port", () => {
  const ports = services.flatMap((service) => service.ports ?? []);
  const names = ports.map((port) => /\$\{(\w+):-\d+\}/.exec(port)?.[1]);
  const document = readFileSync(path.join(projectRoot, "docs/compose.md"), "utf8");
  expect(names.sort()).toEqual(["MLFLOW_PORT", "PORT", "S3_PORT"]);
  expect(names.filter((name) => !document.includes(`\`${name}\``))).toEqual([]);
});
