"""What the server tells about itself, without credentials."""

from hand_written.builder import BOOLEAN, STRING, json_content, nullable, operation, record, reference

SERVER = "Server"

SCHEMAS = {
    "ServerInfo": record(
        {
            "store_type": nullable(STRING),
            "workspaces_enabled": BOOLEAN,
            "trace_archival_enabled": BOOLEAN,
            "multipart_uploads_enabled": BOOLEAN,
            "multipart_downloads_enabled": BOOLEAN,
            "presigned_upload_run_id_supported": BOOLEAN,
            "presigned_upload_model_id_supported": BOOLEAN,
            "features_enabled": {"type": "object", "additionalProperties": BOOLEAN},
        }
    )
}


def _text(content_type: str) -> dict:
    return {content_type: {"schema": STRING}}


PATHS = {
    "/health": {
        "get": operation("getHealth", SERVER, "Tell that the server runs", content=_text("text/plain"))
    },
    "/version": {"get": operation("getVersion", SERVER, "Tell the version", content=_text("text/html"))},
    "/api/3.0/mlflow/server-info": {
        "get": operation(
            "getServerInfo", SERVER, "Tell which services are on", content=json_content(reference("ServerInfo"))
        )
    },
}

for item in PATHS.values():
    item["get"]["security"] = []
