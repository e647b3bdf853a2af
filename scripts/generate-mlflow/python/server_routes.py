"""The routes that the installed server answers, as (method, path) pairs."""

from installed_server import app, create_fastapi_app
from naming import flask_path

Route = tuple[str, str]


def flask_routes(application=app) -> dict[Route, str]:
    """Each route with the name of the function behind it."""
    return {
        (method, flask_path(rule.rule)): rule.endpoint
        for rule in application.url_map.iter_rules()
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }


def fastapi_routes() -> set[Route]:
    paths = create_fastapi_app().openapi()["paths"]
    return {(method.upper(), path) for path, item in paths.items() for method in item}


def without_page_twin(route: Route) -> Route:
    """The pages of MLflow's UI call every route of the API a second time under /ajax-api."""
    method, path = route
    return method, path.replace("/ajax-api/", "/api/", 1)
