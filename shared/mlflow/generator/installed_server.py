"""The installed MLflow server, imported with every optional service of its REST API switched on."""

import os
import warnings

os.environ["MLFLOW_ENABLE_WORKSPACES"] = "true"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["_MLFLOW_SERVER_SERVE_ARTIFACTS"] = "true"
os.environ["_MLFLOW_SERVER_ARTIFACT_DESTINATION"] = "./artifacts"
warnings.simplefilter("ignore")

from mlflow.server import app, handlers  # noqa: E402
from mlflow.server.fastapi_app import create_fastapi_app  # noqa: E402
from mlflow.version import VERSION  # noqa: E402

__all__ = ["VERSION", "app", "create_fastapi_app", "handlers"]
