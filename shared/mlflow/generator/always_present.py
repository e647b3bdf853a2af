"""Fields that a response always has, found by watching the server; the descriptors call every field optional."""

import json
from pathlib import Path

Schemas = dict[str, dict]

LISTS = Path(__file__).resolve().parent / "always-present.json"


def require_always_present(schemas: Schemas, paths: dict[str, dict]) -> None:
    """Marks the listed fields as required; refuses a field that a request may leave out."""
    lists = json.loads(LISTS.read_text(encoding="utf-8"))
    in_requests = _reachable(_request_parts(paths), schemas)
    for name, fields in lists["answers"].items():
        if name in in_requests:
            raise ValueError(f"{name} is also part of a request: list it under 'requests and answers'")
        _require(schemas, name, fields)
    for name, fields in lists["requests and answers"].items():
        _require(schemas, name, fields)


def _require(schemas: Schemas, name: str, fields: list[str]) -> None:
    unknown = set(fields) - set(schemas[name]["properties"])
    if unknown:
        raise ValueError(f"{name} has no field {', '.join(sorted(unknown))}")
    schemas[name]["required"] = sorted(fields)


def _request_parts(paths: dict[str, dict]) -> list[dict]:
    operations = [operation for item in paths.values() for operation in item.values()]
    return [{key: operation.get(key) for key in ("parameters", "requestBody")} for operation in operations]


def _reachable(start: object, schemas: Schemas) -> set[str]:
    found: set[str] = set()
    pending = [json.dumps(start)]
    while pending:
        for part in pending.pop().split('"#/components/schemas/')[1:]:
            name = part.split('"', 1)[0]
            if name not in found:
                found.add(name)
                pending.append(json.dumps(schemas[name]))
    return found
