"""The three forms of a refusal: from MLflow's handlers, from its newer routes, and from what is in front of them."""

SCHEMAS = {
    "MlflowError": {
        "type": "object",
        "required": ["error_code", "message"],
        "properties": {
            "error_code": {"type": "string", "examples": ["RESOURCE_DOES_NOT_EXIST"]},
            "message": {"type": "string"},
            "sqlstate": {"type": "string"},
            "error_class": {"type": "string"},
        },
    },
    "DetailError": {"type": "object", "required": ["detail"], "properties": {"detail": {}}},
}


def _response(description: str) -> dict:
    json_shapes = [{"$ref": f"#/components/schemas/{name}"} for name in SCHEMAS]
    return {
        "description": description,
        "content": {
            "application/json": {"schema": {"anyOf": json_shapes}},
            "text/html": {"schema": {"type": "string"}},
            "text/plain": {"schema": {"type": "string"}},
        },
    }


RESPONSES = {
    "ClientError": _response("Refused: by a handler in JSON, by access control or the web server in text."),
    "ServerError": _response("Failed, or a service of the server is switched off."),
}

BY_STATUS = {
    "4XX": {"$ref": "#/components/responses/ClientError"},
    "5XX": {"$ref": "#/components/responses/ServerError"},
}
