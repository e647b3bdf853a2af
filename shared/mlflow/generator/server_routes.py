"""The routes of the installed server, as (method, path) pairs."""

import os
import secrets
import tempfile
from pathlib import Path

from installed_server import app, create_fastapi_app
from naming import flask_path

Route = tuple[str, str]


def flask_routes() -> dict[Route, str]:
    """Each route with the name of the function behind it."""
    return {
        (method, flask_path(rule.rule)): rule.endpoint
        for rule in app.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def every_route() -> set[Route]:
    """All routes, with those of access control and of FastAPI; changes the application, so call it last."""
    with tempfile.TemporaryDirectory() as folder:
        _add_access_control(Path(folder))
        return set(flask_routes()) | _fastapi_routes()


def without_page_twin(route: Route) -> Route:
    """MLflow serves every route of its API a second time under /ajax-api, for its UI."""
    method, path = route
    return method, path.replace("/ajax-api/", "/api/", 1)


def _fastapi_routes() -> set[Route]:
    paths = create_fastapi_app().openapi()["paths"]
    return {(method.upper(), path) for path, item in paths.items() for method in item}


def _add_access_control(folder: Path) -> None:
    settings = folder / "auth.ini"
    settings.write_text(
        "[mlflow]\n"
        "default_permission = READ\n"
        f"database_uri = sqlite:///{folder}/auth.db\n"
        "admin_username = admin\n"
        f"admin_password = {secrets.token_hex(16)}\n"
        "authorization_function = mlflow.server.auth:authenticate_request_basic_auth\n",
        encoding="utf-8",
    )
    os.environ["MLFLOW_AUTH_CONFIG_PATH"] = str(settings)
    os.environ["MLFLOW_FLASK_SERVER_SECRET_KEY"] = secrets.token_hex(16)
    from mlflow.server.auth import create_app

    create_app(app)
