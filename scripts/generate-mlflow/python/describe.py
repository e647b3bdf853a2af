"""Writes the OpenAPI 3.1 document of the installed MLflow's REST API to standard output.

    python describe.py [--docs]

`--docs` adds MLflow's own comments, for a copy that stays on this machine.
"""

import json
import sys

from installed_server import VERSION
from doc_comments import DocComments
from handler_checks import RequestChecks, read_handler_checks
from operations import describe_operation, list_endpoints
from overlay import read_overlay
from schemas import SchemaBook
from server_routes import flask_routes

NOT_IMPLEMENTED = "_not_implemented"


def build_document(with_comments: bool) -> dict:
    routes = flask_routes()
    book = SchemaBook(DocComments(with_comments))
    checks = read_handler_checks()
    paths: dict[str, dict] = {}
    for endpoint in list_endpoints():
        served_by = routes.get((endpoint.http_method, endpoint.path))
        if served_by is None:
            raise RuntimeError(f"The server has no route for {endpoint.http_method} {endpoint.path}")
        is_implemented = served_by != NOT_IMPLEMENTED
        message = endpoint.method.input_type.full_name
        operation = describe_operation(endpoint, book, checks[message] if is_implemented else RequestChecks())
        if not is_implemented:
            operation["x-mlflow-not-implemented"] = True
        paths.setdefault(endpoint.path, {})[endpoint.http_method.lower()] = operation
    overlay = read_overlay()
    overlay.apply(paths, book.schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "MLflow REST API", "version": VERSION},
        "servers": [{"url": "http://127.0.0.1:5000"}],
        "security": [{}, {"basic": []}, {"bearer": []}],
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(book.schemas.items())),
            "responses": overlay.responses,
            "securitySchemes": {
                "basic": {"type": "http", "scheme": "basic"},
                "bearer": {"type": "http", "scheme": "bearer"},
            },
        },
    }


def main() -> None:
    document = build_document(with_comments="--docs" in sys.argv[1:])
    json.dump(document, sys.stdout, indent=1, ensure_ascii=False)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
