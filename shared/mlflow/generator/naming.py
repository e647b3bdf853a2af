"""Names and summaries, made from MLflow's own identifiers."""

import re

from google.protobuf.descriptor import Descriptor, EnumDescriptor

SERVICE_TAGS = {
    "MlflowService": "Tracking",
    "ModelRegistryService": "Model registry",
    "MlflowArtifactsService": "Artifact proxy",
    "WebhookService": "Webhooks",
}

# Two services have an operation of this name; the artifact proxy's one lists files of the proxy.
OPERATION_NAMES = {("MlflowArtifactsService", "listArtifacts"): "listProxiedArtifacts"}


class SchemaNames:
    """Gives each message or enum one short component name, prefixed by its package only on a clash."""

    def __init__(self) -> None:
        self._name_of: dict[str, str] = {}
        self._taken: set[str] = set()

    def __call__(self, descriptor: Descriptor | EnumDescriptor) -> str:
        full_name = descriptor.full_name
        if full_name not in self._name_of:
            parts = full_name.split(".")
            name = "".join(part for part in parts if part[0].isupper())
            if name in self._taken:
                name = parts[1].capitalize() + name
            self._taken.add(name)
            self._name_of[full_name] = name
        return self._name_of[full_name]


def operation_name(service: str, method: str, http_method: str, is_alternative: bool) -> str:
    name = OPERATION_NAMES.get((service, method), method[0].lower() + method[1:])
    return f"{name}With{http_method.capitalize()}" if is_alternative else name


def summary(operation: str) -> str:
    """`getMetricHistory` becomes "Get metric history"."""
    words = re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[A-Z]|V?\d+", operation)
    return " ".join([words[0].capitalize(), *(word.lower() for word in words[1:])])


def openapi_path(path: str, major_version: int) -> str:
    """Turns a descriptor's path into the server's own, with plain `{name}` parameters."""
    plain = re.sub(r"\{(?:\w+\.)+(\w+)\}", r"{\1}", path)
    return f"/api/{major_version}.0{flask_path(plain)}"


def flask_path(rule: str) -> str:
    return re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule)


def path_parameters(path: str) -> list[str]:
    return re.findall(r"\{(\w+)\}", path)
