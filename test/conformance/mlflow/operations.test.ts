import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createMlflowClient, type MlflowClient, unwrap } from "../../../shared/mlflow/index.ts";
import { useOwnStack, useSharedStack } from "../../support/stack.ts";
import { createConformanceChecker } from "./conformance-checker.ts";
import { listRoutes, loadDocument } from "./openapi-document.ts";
import { renderReport, reportFile } from "./render-report.ts";
import * as access from "./scenarios/users-and-permissions.ts";
import { scenarios, scenariosOfUser } from "./scenarios.ts";

const document = loadDocument();
const checker = createConformanceChecker(document);

function connect(trackingUri: string, account: Partial<access.Account> = {}): MlflowClient {
  return createMlflowClient({ trackingUri, ...account, fetch: checker.fetch, maxAttempts: 1 });
}

afterEach(() => expect(checker.takeProblems()).toEqual([]));

describe("a server open to all", () => {
  const { mlflowUrl, bucket } = useSharedStack();

  it.each(Object.entries(scenarios))("answers as described: %s", async (_name, scenario) => {
    await scenario(connect(mlflowUrl), { mlflowUrl, bucket });
  });
});

describe("a server with access control", () => {
  const stack = useOwnStack({ auth: true });
  const connectAs = (account: access.Account) => connect(stack().mlflowUrl, account);
  const { users, permissions, roles } = access;
  let user: access.Account;

  beforeAll(async () => {
    user = await access.newUser(connectAs(stack().admin));
  });

  it.each(Object.entries({ users, permissions, roles }))(
    "answers an administrator: %s",
    async (_name, scenario) => {
      await scenario(connectAs(stack().admin), connectAs);
    },
  );

  it.each(Object.entries(scenariosOfUser))(
    "answers a user without special rights: %s",
    async (_name, scenario) => {
      const { mlflowUrl, bucket } = stack();
      await scenario(connectAs(user), { mlflowUrl, bucket });
    },
  );

  it("refuses a stranger and a user who asks for an administrator's", async () => {
    const body = { username: "another", password: "a long password" };
    const call = connectAs(user).POST("/api/2.0/mlflow/users/create", { body });
    await expect(unwrap(call)).rejects.toMatchObject({ errorCode: "PERMISSION_DENIED", status: 403 });
    const search = connect(stack().mlflowUrl).POST("/api/2.0/mlflow/experiments/search", { body: {} });
    await expect(unwrap(search)).rejects.toMatchObject({ errorCode: "UNAUTHENTICATED", status: 401 });
  });
});

describe("the report", () => {
  it("is of at least 120 operations, and every operation but those it names", async () => {
    expect(checker.answers.size).toBeGreaterThanOrEqual(120);
    await expect(renderReport(document, checker.answers)).toMatchFileSnapshot(reportFile);
  });

  it("has an answer of success for every operation but those that this server cannot carry out", () => {
    const refusedOnly = listRoutes(document)
      .map(({ operation }) => operation.operationId)
      .filter((id) => ![...(checker.answers.get(id) ?? [])].some((status) => status < 300));
    expect(refusedOnly.sort()).toEqual(
      [...notImplemented, ...withWorkspaces, ...withJobs, ...elsewhere].sort(),
    );
  });
});

const notImplemented = ["searchDatasets", "searchUnifiedTraceHandler", "getOnlineTraceDetails"];
const withWorkspaces = [
  "createWorkspace",
  "deleteWorkspace",
  "getWorkspace",
  "listWorkspaces",
  "updateWorkspace",
];
const withJobs = ["create", "get", "cancel", "delete"].map((verb) => `${verb}PromptOptimizationJob`);
/** Sends to a public address, which no test may do. */
const elsewhere = ["testWebhook"];
