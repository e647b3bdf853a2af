"""What no descriptor tells: written by hand in ../overlay, from watching the server."""

import json
from pathlib import Path

from always_present import require_always_present

FOLDER = Path(__file__).resolve().parent.parent / "overlay"
OPERATION_FILES = ("artifacts.json", "server.json")


class Overlay:
    def __init__(self, responses: dict, operations: list[dict], always_present: dict) -> None:
        self.responses = responses
        self._operations = operations
        self._always_present = always_present

    def apply(self, paths: dict[str, dict], schemas: dict[str, dict]) -> None:
        for file in self._operations:
            schemas.update(file.get("schemas", {}))
            for path, item in file["paths"].items():
                for method, operation in item.items():
                    paths.setdefault(path, {})[method] = operation
        require_always_present(schemas, paths, self._always_present)


def read_overlay() -> Overlay:
    errors = _read("errors.json")
    operations = [{"paths": {}, "schemas": errors["schemas"]}, *map(_read, OPERATION_FILES)]
    return Overlay(errors["responses"], operations, _read("always-present.json"))


def _read(name: str) -> dict:
    return json.loads((FOLDER / name).read_text(encoding="utf-8"))
