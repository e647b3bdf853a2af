import { randomBytes } from "node:crypto";
import { expect } from "vitest";
import { createRegisteredModel, type MlflowClient, unwrap } from "../../../../shared/mlflow/index.ts";
import { newExperiment, uniqueName } from "../scenario.ts";

export interface Account {
  username: string;
  password: string;
}

type Connect = (account: Account) => MlflowClient;

export async function newUser(admin: MlflowClient): Promise<Account> {
  const account = { username: uniqueName("user"), password: newPassword() };
  await unwrap(admin.POST("/api/2.0/mlflow/users/create", { body: account }));
  return account;
}

export async function users(admin: MlflowClient, connect: Connect): Promise<void> {
  const account = await newUser(admin);
  const { username } = account;
  const params = { query: { username } };
  const gotten = await unwrap(admin.GET("/api/2.0/mlflow/users/get", { params }));
  expect(gotten.user).toMatchObject({ username, is_admin: false });
  const listed = await unwrap(admin.GET("/api/2.0/mlflow/users/list"));
  expect(listed.users.map((user) => user.username)).toContain(username);
  const current = await unwrap(connect(account).GET("/api/2.0/mlflow/users/current"));
  expect(current).toMatchObject({ user: { username }, is_basic_auth: true });

  const own = { username, password: newPassword(), current_password: account.password };
  await unwrap(connect(account).PATCH("/api/2.0/mlflow/users/update-password", { body: own }));
  const old = connect(account).GET("/api/2.0/mlflow/users/current");
  await expect(unwrap(old)).rejects.toMatchObject({ errorCode: "UNAUTHENTICATED", status: 401 });
  const set = { username, password: newPassword() };
  await unwrap(admin.PATCH("/api/2.0/mlflow/users/update-password", { body: set }));
  await unwrap(admin.PATCH("/api/2.0/mlflow/users/update-admin", { body: { username, is_admin: true } }));
  expect((await unwrap(admin.GET("/api/2.0/mlflow/users/get", { params }))).user.is_admin).toBe(true);
  await unwrap(admin.DELETE("/api/2.0/mlflow/users/delete", { body: { username } }));
  const gone = admin.GET("/api/2.0/mlflow/users/get", { params });
  await expect(unwrap(gone)).rejects.toMatchObject({ errorCode: "RESOURCE_DOES_NOT_EXIST" });
}

export async function permissions(admin: MlflowClient, connect: Connect): Promise<void> {
  const account = await newUser(admin);
  const { username } = account;
  const user = connect(account);
  const experiment_id = await newExperiment(admin);
  const rename = { experiment_id, new_name: uniqueName("experiment") };
  const tryRename = () => unwrap(user.POST("/api/2.0/mlflow/experiments/update", { body: rename }));
  await expect(tryRename()).rejects.toMatchObject({ errorCode: "PERMISSION_DENIED", status: 403 });

  const resource = { username, resource_type: "experiment", resource_id: experiment_id };
  const grant = { ...resource, permission: "EDIT" as const };
  await unwrap(admin.POST("/api/3.0/mlflow/users/permissions/grant", { body: grant }));
  await tryRename();
  const one = { params: { query: resource } };
  const granted = await unwrap(admin.GET("/api/3.0/mlflow/users/permissions/get", one));
  expect(granted).toEqual({ allowed: true, permission: "EDIT" });
  const all = { params: { query: { username } } };
  const listed = await unwrap(admin.GET("/api/3.0/mlflow/users/permissions/list", all));
  const own = await unwrap(user.GET("/api/3.0/mlflow/users/current/permissions"));
  expect(own).toEqual(listed);
  expect(own.permissions).toMatchObject([{ resource_pattern: experiment_id, permission: "EDIT" }]);
  await unwrap(admin.POST("/api/3.0/mlflow/users/permissions/revoke", { body: resource }));
  await expect(tryRename()).rejects.toMatchObject({ errorCode: "PERMISSION_DENIED" });
}

export async function roles(admin: MlflowClient, connect: Connect): Promise<void> {
  const account = await newUser(admin);
  const { username } = account;
  const create = { name: uniqueName("role"), workspace: "default", description: "reads models" };
  const { role } = await unwrap(admin.POST("/api/3.0/mlflow/roles/create", { body: create }));
  const role_id = role.id;
  const params = { query: { role_id } };
  const change = { role_id, description: "edits models" };
  await unwrap(admin.PATCH("/api/3.0/mlflow/roles/update", { body: change }));
  expect((await unwrap(admin.GET("/api/3.0/mlflow/roles/get", { params }))).role.description).toBe(
    "edits models",
  );
  const ofWorkspace = { params: { query: { workspace: ["default"] } } };
  const listed = await unwrap(admin.GET("/api/3.0/mlflow/roles/list", ofWorkspace));
  expect(listed.roles.map(({ id }) => id)).toContain(role_id);

  const name = uniqueName("model");
  await createRegisteredModel(admin, { name });
  const grant = {
    role_id,
    resource_type: "registered_model",
    resource_pattern: name,
    permission: "READ" as const,
  };
  const added = await unwrap(admin.POST("/api/3.0/mlflow/roles/permissions/add", { body: grant }));
  const role_permission_id = added.role_permission.id;
  const raise = { role_permission_id, permission: "EDIT" as const };
  await unwrap(admin.PATCH("/api/3.0/mlflow/roles/permissions/update", { body: raise }));
  const ofRole = await unwrap(admin.GET("/api/3.0/mlflow/roles/permissions/list", { params }));
  expect(ofRole.role_permissions).toMatchObject([{ resource_pattern: name, permission: "EDIT" }]);

  const assignment = { username, role_id };
  await unwrap(admin.POST("/api/3.0/mlflow/roles/assign", { body: assignment }));
  const holders = await unwrap(admin.GET("/api/3.0/mlflow/roles/users/list", { params }));
  expect(holders.assignments).toMatchObject([{ role_id }]);
  const ofUser = await unwrap(
    admin.GET("/api/3.0/mlflow/users/roles/list", { params: { query: { username } } }),
  );
  expect(ofUser.roles.map(({ id }) => id)).toContain(role_id);
  const update = { name, description: "edited by role" };
  await unwrap(connect(account).PATCH("/api/2.0/mlflow/registered-models/update", { body: update }));

  await unwrap(admin.DELETE("/api/3.0/mlflow/roles/unassign", { body: assignment }));
  await unwrap(admin.DELETE("/api/3.0/mlflow/roles/permissions/remove", { body: { role_permission_id } }));
  await unwrap(admin.DELETE("/api/3.0/mlflow/roles/delete", { body: { role_id } }));
}

function newPassword(): string {
  return randomBytes(16).toString("hex");
}
