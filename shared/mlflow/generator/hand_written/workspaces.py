"""Workspace operations that succeed with another status than 200, or take parameters that their descriptor lacks."""

from hand_written.builder import STRING, json_content, operation, reference

TRACKING = "Tracking"

PATHS = {
    "/api/3.0/mlflow/workspaces": {
        "post": operation(
            "createWorkspace",
            TRACKING,
            "Create workspace",
            body=reference("CreateWorkspace"),
            content=json_content(reference("CreateWorkspaceResponse")),
            status="201",
        )
    },
    "/api/3.0/mlflow/workspaces/{workspace_name}": {
        "delete": operation(
            "deleteWorkspace",
            TRACKING,
            "Delete workspace",
            path={"workspace_name": STRING},
            query={"mode?": {**STRING, "enum": ["RESTRICT", "CASCADE", "SET_DEFAULT"]}},
            status="204",
        )
    },
}
