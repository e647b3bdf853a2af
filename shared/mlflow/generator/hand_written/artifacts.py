"""Files: the artifact proxy, and the routes for files of runs, model versions, logged models and traces."""

from hand_written.builder import BYTES, NONEMPTY, STRING, operation

FILE = {"*/*": {"schema": BYTES}}
PROXY = "Artifact proxy"
FILES = "Artifact files"

PATHS = {
    "/api/2.0/mlflow-artifacts/artifacts/{artifact_path}": {
        "get": operation(
            "downloadArtifact", PROXY, "Download a file", path={"artifact_path": STRING}, content=FILE
        ),
        "put": operation(
            "uploadArtifact", PROXY, "Upload a file", path={"artifact_path": STRING}, upload=True
        ),
    },
    "/get-artifact": {
        "get": operation(
            "getRunArtifact",
            FILES,
            "Download a file of a run",
            query={"run_id": NONEMPTY, "path": NONEMPTY},
            content=FILE,
        )
    },
    "/model-versions/get-artifact": {
        "get": operation(
            "getModelVersionArtifact",
            FILES,
            "Download a file of a model version",
            query={"name": NONEMPTY, "version": NONEMPTY, "path": NONEMPTY},
            content=FILE,
        )
    },
    "/ajax-api/2.0/mlflow/logged-models/{model_id}/artifacts/files": {
        "get": operation(
            "getLoggedModelArtifact",
            FILES,
            "Download a file of a logged model",
            path={"model_id": STRING},
            query={"artifact_file_path": NONEMPTY},
            content=FILE,
        )
    },
    "/ajax-api/2.0/mlflow/upload-artifact": {
        "post": operation(
            "uploadRunArtifact",
            FILES,
            "Upload a file of up to 10 MB to a run",
            query={"run_uuid": NONEMPTY, "path": NONEMPTY},
            upload=True,
        )
    },
    **{
        f"/ajax-api/{version}.0/mlflow/get-trace-artifact": {
            "get": operation(
                f"getTraceArtifactV{version}",
                FILES,
                "Download the spans of a trace, or one of its attachments",
                query={"request_id": NONEMPTY, "path?": STRING},
                content=FILE,
            )
        }
        for version in (2, 3)
    },
}
