"""Which fields a request must have: what its handler checks, corrected by what was seen at a running server."""

import json
from pathlib import Path

from google.protobuf.descriptor import Descriptor
from mlflow.protos import databricks_pb2

from handler_checks import RequestChecks

CORRECTIONS = json.loads((Path(__file__).resolve().parent.parent / "corrections.json").read_text(encoding="utf-8"))


def required_fields(message: Descriptor, checks: RequestChecks) -> set[str]:
    """The descriptor's own marks count too: some handlers check a field only after reading it."""
    more = set(CORRECTIONS["required"].get(message.name, []))
    fewer = set(CORRECTIONS["optional"].get(message.name, []))
    return (_declared(message) | checks.required | more) - fewer


def _declared(message: Descriptor) -> set[str]:
    option = databricks_pb2.validate_required
    return {field.name for field in message.fields if field.GetOptions().Extensions[option]}
