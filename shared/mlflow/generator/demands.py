"""What a request must contain, and its limits: the handler's checks, corrected by what a running server does."""

import json
from pathlib import Path

from google.protobuf.descriptor import Descriptor
from mlflow.protos import databricks_pb2

from handler_checks import RequestChecks

CORRECTIONS = json.loads((Path(__file__).resolve().parent / "corrections.json").read_text(encoding="utf-8"))


def required_fields(message: Descriptor, checks: RequestChecks) -> set[str]:
    """The descriptor's own marks count too: some handlers check a field only after reading it."""
    more = set(CORRECTIONS["required"].get(message.name, []))
    fewer = set(CORRECTIONS["optional"].get(message.name, []))
    return (_declared(message) | checks.required | more) - fewer


def field_bounds(message: Descriptor, checks: RequestChecks) -> dict[str, tuple[int | None, int | None]]:
    """Limits of numbers and of the lengths of lists, by field."""
    return checks.bounds | {name: tuple(limits) for name, limits in CORRECTIONS["bounds"].get(message.name, {}).items()}


def _declared(message: Descriptor) -> set[str]:
    option = databricks_pb2.validate_required
    return {field.name for field in message.fields if field.GetOptions().Extensions[option]}
