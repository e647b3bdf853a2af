"""Writes the OpenAPI 3.1 document of the installed MLflow's REST API to standard output.

    python describe.py [--docs]

`--docs` adds MLflow's own comments, for a copy that stays on this machine. Fails when the server has a route that
is neither described nor left out on purpose.
"""

import json
import sys

import errors
from always_present import require_always_present
from doc_comments import DocComments
from hand_written import artifacts, basic_auth, server, tracking, workspaces
from handler_checks import RequestChecks, read_handler_checks
from installed_server import VERSION
from left_out import left_out_routes
from operations import describe_operation, list_endpoints
from schemas import SchemaBook
from server_routes import every_route, flask_routes, without_page_twin

NOT_IMPLEMENTED = "_not_implemented"
WHERE_TO_CHANGE_ROUTES = (
    "In shared/mlflow/generator, describe a new route in hand_written/ or list it in left_out.py with its reason; "
    "remove a route that is no longer served from both."
)
HAND_WRITTEN = (artifacts, basic_auth, server, tracking, workspaces)


def build_document(with_comments: bool) -> dict:
    book = SchemaBook(DocComments(with_comments))
    paths = describe_services(book)
    schemas = book.schemas | errors.SCHEMAS
    for module in HAND_WRITTEN:
        schemas |= getattr(module, "SCHEMAS", {})
        for path, item in module.PATHS.items():
            paths.setdefault(path, {}).update(item)
    require_always_present(schemas, paths)
    return {
        "openapi": "3.1.0",
        "info": {"title": "MLflow REST API", "version": VERSION},
        "servers": [{"url": "http://127.0.0.1:5000"}],
        "security": [{}, {"basic": []}, {"bearer": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": errors.RESPONSES,
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def describe_services(book: SchemaBook) -> dict[str, dict]:
    """Every endpoint of the four services; marks those that the server routes to nothing."""
    routes = flask_routes()
    checks = read_handler_checks()
    paths: dict[str, dict] = {}
    for endpoint in list_endpoints():
        is_implemented = routes[endpoint.http_method, endpoint.path] != NOT_IMPLEMENTED
        message = endpoint.method.input_type.full_name
        operation = describe_operation(endpoint, book, checks[message] if is_implemented else RequestChecks())
        if not is_implemented:
            operation["x-mlflow-not-implemented"] = True
        paths.setdefault(endpoint.path, {})[endpoint.http_method.lower()] = operation
    return paths


def check_completeness(document: dict) -> None:
    described = {(method.upper(), path) for path, item in document["paths"].items() for method in item}
    known = described | left_out_routes()
    served = every_route()
    missing = sorted(route for route in served if route not in known and without_page_twin(route) not in known)
    gone = sorted(known - served)
    if missing or gone:
        lines = [f"not described: {' '.join(route)}" for route in missing]
        lines += [f"no longer served: {' '.join(route)}" for route in gone]
        raise SystemExit("\n".join([*lines, WHERE_TO_CHANGE_ROUTES]))


def main() -> None:
    document = build_document(with_comments="--docs" in sys.argv[1:])
    check_completeness(document)
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
