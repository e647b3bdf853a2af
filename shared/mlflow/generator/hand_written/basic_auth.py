"""Users, roles and permissions of a server that runs with `--app-name basic-auth`."""

from hand_written.builder import (
    BOOLEAN,
    INTEGER,
    STRING,
    Fields,
    array,
    json_content,
    nullable,
    operation,
    record,
    reference,
)

TAG = "Users and permissions"

USER: Fields = {"id": INTEGER, "username": STRING, "is_admin": BOOLEAN}
GRANT: Fields = {"resource_type": STRING, "resource_pattern": STRING, "permission": reference("Permission")}
RESOURCE: Fields = {"username": STRING, "resource_type": STRING, "resource_id": STRING}

SCHEMAS = {
    "Permission": {"type": "string", "enum": ["READ", "USE", "EDIT", "MANAGE", "NO_PERMISSIONS", "DENY"]},
    "User": record(USER),
    "UserWithRoles": record({**USER, "roles": array(reference("Role"))}),
    "Role": record(
        {
            "id": INTEGER,
            "name": STRING,
            "workspace": STRING,
            "description": nullable(STRING),
            "permissions": array(reference("RolePermission")),
        }
    ),
    "RolePermission": record({"id": INTEGER, "role_id": INTEGER, **GRANT}),
    "RoleAssignment": record({"id": INTEGER, "user_id": INTEGER, "role_id": INTEGER}),
    "PermissionOfUser": record({"role_id": INTEGER, "role_name": STRING, "workspace": STRING, **GRANT}),
    "PermissionsOfUser": record({"is_admin": BOOLEAN, "permissions": array(reference("PermissionOfUser"))}),
}


def _call(name: str, summary: str, answer: Fields | str | None = None, **request: Fields) -> dict:
    """`answer` describes the response: its fields or the name of its schema; by default an empty object."""
    schema = reference(answer) if isinstance(answer, str) else record(answer or {})
    return operation(name, TAG, summary, content=json_content(schema), **request)


USERS = {
    "2.0/mlflow/users/create": {
        "post": _call(
            "createUser", "Create user", {"user": reference("User")}, body={"username": STRING, "password": STRING}
        )
    },
    "2.0/mlflow/users/get": {
        "get": _call("getUser", "Get user", {"user": reference("User")}, query={"username": STRING})
    },
    "2.0/mlflow/users/list": {
        "get": _call("listUsers", "List users", {"users": array(reference("UserWithRoles"))})
    },
    "2.0/mlflow/users/current": {
        "get": _call(
            "getCurrentUser", "Get the user who asks", {"user": reference("User"), "is_basic_auth": BOOLEAN}
        )
    },
    "2.0/mlflow/users/update-password": {
        "patch": _call(
            "updateUserPassword",
            "Change a password; one's own needs the current one",
            body={"username": STRING, "password": STRING, "current_password?": STRING},
        )
    },
    "2.0/mlflow/users/update-admin": {
        "patch": _call(
            "updateUserAdmin", "Make a user an administrator, or not", body={"username": STRING, "is_admin": BOOLEAN}
        )
    },
    "2.0/mlflow/users/delete": {"delete": _call("deleteUser", "Delete user", body={"username": STRING})},
    "3.0/mlflow/users/roles/list": {
        "get": _call(
            "listUserRoles", "List a user's roles", {"roles": array(reference("Role"))}, query={"username": STRING}
        )
    },
}

PERMISSIONS = {
    "3.0/mlflow/users/current/permissions": {
        "get": _call("listCurrentUserPermissions", "List permissions of the user who asks", "PermissionsOfUser")
    },
    "3.0/mlflow/users/permissions/list": {
        "get": _call(
            "listUserPermissions", "List a user's permissions", "PermissionsOfUser", query={"username": STRING}
        )
    },
    "3.0/mlflow/users/permissions/get": {
        "get": _call(
            "getUserPermission",
            "Get what a user may do with a resource",
            {"allowed": BOOLEAN, "permission": reference("Permission")},
            query=RESOURCE,
        )
    },
    "3.0/mlflow/users/permissions/grant": {
        "post": _call(
            "grantUserPermission",
            "Grant a user a permission",
            body={**RESOURCE, "permission": reference("Permission")},
        )
    },
    "3.0/mlflow/users/permissions/revoke": {
        "post": _call("revokeUserPermission", "Take a permission from a user", body=RESOURCE)
    },
}

ROLES = {
    "3.0/mlflow/roles/create": {
        "post": _call(
            "createRole",
            "Create role",
            {"role": reference("Role")},
            body={"name": STRING, "workspace": STRING, "description?": nullable(STRING)},
        )
    },
    "3.0/mlflow/roles/get": {
        "get": _call("getRole", "Get role", {"role": reference("Role")}, query={"role_id": INTEGER})
    },
    "3.0/mlflow/roles/list": {
        "get": _call(
            "listRoles", "List roles", {"roles": array(reference("Role"))}, query={"workspace?": array(STRING)}
        )
    },
    "3.0/mlflow/roles/update": {
        "patch": _call(
            "updateRole",
            "Change a role's name or description",
            {"role": reference("Role")},
            body={"role_id": INTEGER, "name?": STRING, "description?": STRING},
        )
    },
    "3.0/mlflow/roles/delete": {"delete": _call("deleteRole", "Delete role", body={"role_id": INTEGER})},
    "3.0/mlflow/roles/assign": {
        "post": _call(
            "assignRole",
            "Give a user a role",
            {"assignment": reference("RoleAssignment")},
            body={"username": STRING, "role_id": INTEGER},
        )
    },
    "3.0/mlflow/roles/unassign": {
        "delete": _call("unassignRole", "Take a role from a user", body={"username": STRING, "role_id": INTEGER})
    },
    "3.0/mlflow/roles/users/list": {
        "get": _call(
            "listRoleUsers",
            "List who has a role",
            {"assignments": array(reference("RoleAssignment"))},
            query={"role_id": INTEGER},
        )
    },
    "3.0/mlflow/roles/permissions/list": {
        "get": _call(
            "listRolePermissions",
            "List a role's permissions",
            {"role_permissions": array(reference("RolePermission"))},
            query={"role_id": INTEGER},
        )
    },
    "3.0/mlflow/roles/permissions/add": {
        "post": _call(
            "addRolePermission",
            "Add a permission to a role",
            {"role_permission": reference("RolePermission")},
            body={"role_id": INTEGER, **GRANT},
        )
    },
    "3.0/mlflow/roles/permissions/update": {
        "patch": _call(
            "updateRolePermission",
            "Change a permission of a role",
            {"role_permission": reference("RolePermission")},
            body={"role_permission_id": INTEGER, "permission": reference("Permission")},
        )
    },
    "3.0/mlflow/roles/permissions/remove": {
        "delete": _call(
            "removeRolePermission", "Remove a permission from a role", body={"role_permission_id": INTEGER}
        )
    },
}

PATHS = {f"/api/{path}": item for path, item in {**USERS, **PERMISSIONS, **ROLES}.items()}
