"""A short notation for operations that no descriptor describes."""

import errors

STRING = {"type": "string"}
NONEMPTY = {"type": "string", "minLength": 1}
INTEGER = {"type": "integer"}
BOOLEAN = {"type": "boolean"}
NUMBER = {"type": "number"}
BYTES = {"type": "string", "contentMediaType": "application/octet-stream"}

Fields = dict[str, dict]


def array(items: dict) -> dict:
    return {"type": "array", "items": items}


def reference(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: dict) -> dict:
    return {**schema, "type": [schema["type"], "null"]}


def record(fields: Fields) -> dict:
    """An object; a name that ends in `?` may be missing."""
    required = [name for name in fields if not name.endswith("?")]
    schema: dict = {"type": "object", "properties": {name.rstrip("?"): fields[name] for name in fields}}
    return {**schema, "required": required} if required else schema


def json_content(schema: dict) -> dict:
    return {"application/json": {"schema": schema}}


def operation(
    name: str,
    tag: str,
    summary: str,
    *,
    path: Fields | None = None,
    query: Fields | None = None,
    body: Fields | None = None,
    upload: bool = False,
    content: dict | None = None,
    status: str = "200",
) -> dict:
    """`body` is sent as JSON, `upload` as raw bytes; `content` is the body of a successful response, by default none."""
    parameters = [*_parameters("path", path or {}), *_parameters("query", query or {})]
    described: dict = {"operationId": name, "tags": [tag], "summary": summary}
    if parameters:
        described["parameters"] = parameters
    if upload:
        described["requestBody"] = {"required": True, "content": {"application/octet-stream": {"schema": BYTES}}}
    elif body is not None:
        described["requestBody"] = {"required": True, "content": json_content(body if "$ref" in body else record(body))}
    answer = {"description": "OK", **({"content": content} if content else {})}
    return {**described, "responses": {status: answer, **errors.BY_STATUS}}


def _parameters(place: str, fields: Fields) -> list[dict]:
    return [
        {
            "name": name.rstrip("?"),
            "in": place,
            "schema": schema,
            **({} if name.endswith("?") else {"required": True}),
        }
        for name, schema in fields.items()
    ]
