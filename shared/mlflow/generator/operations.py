"""OpenAPI operations of the RPCs that MLflow's server handles."""

import importlib
from collections.abc import Iterator
from dataclasses import dataclass

from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor
from mlflow.protos import databricks_pb2

import errors
from demands import field_bounds, required_fields
from handler_checks import RequestChecks
from naming import SERVICE_TAGS, openapi_path, operation_name, path_parameters, summary
from schemas import SchemaBook, is_message

# The four services that the open source server registers; the wheel holds others for Databricks.
PROTOCOL_MODULES = ("service_pb2", "model_registry_pb2", "mlflow_artifacts_pb2", "webhooks_pb2")


@dataclass(frozen=True)
class Endpoint:
    """One method and path of an RPC."""

    service: str
    method: MethodDescriptor
    http_method: str
    path: str
    version: str
    is_alternative: bool


def list_endpoints() -> Iterator[Endpoint]:
    for module in PROTOCOL_MODULES:
        file = importlib.import_module(f"mlflow.protos.{module}").DESCRIPTOR
        for service in file.services_by_name.values():
            for method in service.methods:
                yield from _endpoints(service.name, method)


def _endpoints(service: str, method: MethodDescriptor) -> Iterator[Endpoint]:
    for index, endpoint in enumerate(method.GetOptions().Extensions[databricks_pb2.rpc].endpoints):
        yield Endpoint(
            service=service,
            method=method,
            http_method=endpoint.method,
            path=openapi_path(endpoint.path, endpoint.since.major),
            version=f"{endpoint.since.major}.{endpoint.since.minor}",
            is_alternative=index > 0,
        )


@dataclass(frozen=True)
class _Request:
    """What the functions below share: the message, the handler's checks, and the fields that are only in the path."""

    http_method: str
    message: Descriptor
    checks: RequestChecks
    only_in_path: set[str]
    required: set[str]
    book: SchemaBook


def describe_operation(endpoint: Endpoint, book: SchemaBook, checks: RequestChecks) -> dict:
    message = endpoint.method.input_type
    name = operation_name(endpoint.service, endpoint.method.name, endpoint.http_method, endpoint.is_alternative)
    in_path = path_parameters(endpoint.path)
    only_in_path = set(in_path) - checks.required  # some handlers require a path parameter in the body as well
    required = required_fields(message, checks) - only_in_path
    request = _Request(endpoint.http_method, message, checks, only_in_path, required, book)
    operation: dict = {"operationId": name, "tags": [SERVICE_TAGS[endpoint.service]], "summary": summary(name)}
    parameters = [_path_parameter(message, parameter, book) for parameter in in_path]
    if endpoint.http_method == "GET":
        parameters += _query_parameters(request)
    elif body := _request_body(request):
        operation["requestBody"] = body
    if parameters:
        operation["parameters"] = parameters
    operation["responses"] = {"200": _json_response(book.message(endpoint.method.output_type)), **errors.BY_STATUS}
    operation["x-mlflow-since"] = endpoint.version
    return operation


def _path_parameter(message: Descriptor, name: str, book: SchemaBook) -> dict:
    field = message.fields_by_name.get(name)
    schema = book.field(field) if field else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _query_parameters(request: _Request) -> Iterator[dict]:
    for field in request.message.fields:
        if field.name in request.only_in_path or is_message(field):
            continue
        schema = request.book.field(field)
        _limit(schema, field, request.checks)
        parameter = {"name": field.name, "in": "query", "schema": schema}
        if field.name in request.required:
            parameter["required"] = True
        yield parameter


def _request_body(request: _Request) -> dict | None:
    schema = request.book.request(request.message, request.only_in_path, request.required)
    properties = request.book.resolve(schema).get("properties")
    if not properties:
        return None
    for name in properties:
        properties[name] = _body_field(properties[name], request.message.fields_by_name[name], request)
    # The server refuses a POST without a content type, and so without a body, even if every field is optional.
    is_required = bool(request.required) or request.http_method == "POST"
    return {"required": is_required, "content": {"application/json": {"schema": schema}}}


def _body_field(schema: dict, field: FieldDescriptor, request: _Request) -> dict:
    _limit(schema, field, request.checks)
    if field.name in request.checks.nested:
        demanded = sorted(request.checks.nested[field.name])
        schema["items"] = {"allOf": [schema["items"]], "required": demanded}
    return _without_unspecified(schema, field) if field.name in request.required and field.enum_type else schema


def _without_unspecified(schema: dict, field: FieldDescriptor) -> dict:
    """A required enum may not have its zero value, which stands for a missing one."""
    zero = field.enum_type.values_by_number.get(0)
    if zero is None or not zero.name.endswith("UNSPECIFIED"):
        return schema
    return {"allOf": [schema], "not": {"const": zero.name}}


def _limit(schema: dict, field: FieldDescriptor, checks: RequestChecks) -> None:
    """Adds the limits that the handler checks; a required text may not be empty either."""
    minimum, maximum = field_bounds(field.containing_type, checks).get(field.name, (None, None))
    names = ("minItems", "maxItems") if field.is_repeated else ("minimum", "maximum")
    schema.update({name: bound for name, bound in zip(names, (minimum, maximum)) if bound is not None})
    if field.name in checks.required and schema.get("type") == "string":
        schema["minLength"] = 1


def _json_response(schema: dict) -> dict:
    return {"description": "OK", "content": {"application/json": {"schema": schema}}}
