"""JSON schemas of MLflow's protobuf messages, as the server reads and writes them."""

from collections.abc import Collection

from google.protobuf.descriptor import Descriptor, EnumDescriptor, FieldDescriptor

from doc_comments import DocComments
from naming import SchemaNames

INT64_TYPES = {
    FieldDescriptor.TYPE_INT64,
    FieldDescriptor.TYPE_UINT64,
    FieldDescriptor.TYPE_FIXED64,
    FieldDescriptor.TYPE_SFIXED64,
    FieldDescriptor.TYPE_SINT64,
}
INT32_TYPES = {
    FieldDescriptor.TYPE_INT32,
    FieldDescriptor.TYPE_UINT32,
    FieldDescriptor.TYPE_FIXED32,
    FieldDescriptor.TYPE_SFIXED32,
    FieldDescriptor.TYPE_SINT32,
}
WELL_KNOWN_TYPES = {
    "google.protobuf.Timestamp": {"type": "string", "format": "date-time"},
    "google.protobuf.Duration": {"type": "string", "pattern": r"^-?\d+(\.\d+)?s$"},
    "google.protobuf.FieldMask": {"type": "string"},
    "google.protobuf.Value": {},
    "google.protobuf.Struct": {"type": "object", "additionalProperties": True},
    "google.protobuf.ListValue": {"type": "array", "items": {}},
    "google.protobuf.Empty": {"type": "object"},
}
DOUBLE = {
    "description": "A 64-bit float; what JSON has no number for travels as a string.",
    "oneOf": [
        {"type": "number", "format": "double"},
        {"type": "string", "enum": ["NaN", "Infinity", "-Infinity"]},
    ],
}


def reference(name: str) -> dict:
    return {"$ref": f"#/components/schemas/{name}"}


def is_map(field: FieldDescriptor) -> bool:
    return bool(field.message_type and field.message_type.GetOptions().map_entry)


def is_message(field: FieldDescriptor) -> bool:
    """Whether the field holds a nested object, which a query string cannot carry."""
    return bool(field.message_type and field.message_type.full_name not in WELL_KNOWN_TYPES)


class SchemaBook:
    """Collects a component schema for every message and enum that is asked for."""

    def __init__(self, comments: DocComments) -> None:
        self.schemas: dict[str, dict] = {"Double": DOUBLE}
        self._names = SchemaNames()
        self._comments = comments

    def message(self, descriptor: Descriptor) -> dict:
        """Describes `descriptor` once and returns a reference to it."""
        name = self._names(descriptor)
        if name not in self.schemas:
            self.schemas[name] = {}
            self.schemas[name] = self.object_schema(descriptor)
        return reference(name)

    def request(self, descriptor: Descriptor, left_out: Collection[str], required: Collection[str]) -> dict:
        """Describes a request body without the fields that travel in the path."""
        name = self._names(descriptor)
        schema = self.object_schema(descriptor, left_out)
        if required:
            schema["required"] = sorted(required)
        self.schemas[name] = schema
        return reference(name)

    def resolve(self, reference_to: dict) -> dict:
        return self.schemas[reference_to["$ref"].rsplit("/", 1)[1]]

    def object_schema(self, descriptor: Descriptor, left_out: Collection[str] = ()) -> dict:
        schema: dict = {"type": "object"}
        self._comments.describe(schema, descriptor)
        properties = {field.name: self.field(field) for field in descriptor.fields if field.name not in left_out}
        if properties:
            schema["properties"] = properties
        return schema

    def enum(self, descriptor: EnumDescriptor) -> dict:
        name = self._names(descriptor)
        if name not in self.schemas:
            self.schemas[name] = {"type": "string", "enum": [value.name for value in descriptor.values]}
            self._comments.describe(self.schemas[name], descriptor)
        return reference(name)

    def field(self, field: FieldDescriptor) -> dict:
        if is_map(field):
            value_field = field.message_type.fields_by_name["value"]
            schema = {"type": "object", "additionalProperties": self._single(value_field)}
        elif field.is_repeated:
            schema = {"type": "array", "items": self._single(field)}
        else:
            schema = self._single(field)
        if field.has_default_value and not field.is_repeated:
            schema["default"] = _default_value(field)
        if field.containing_oneof:
            schema["x-oneof"] = field.containing_oneof.name
        self._comments.describe(schema, field)
        if field.GetOptions().deprecated:
            schema["deprecated"] = True
        return schema

    def _single(self, field: FieldDescriptor) -> dict:
        if field.type == FieldDescriptor.TYPE_ENUM:
            return self.enum(field.enum_type)
        if field.message_type:
            well_known = WELL_KNOWN_TYPES.get(field.message_type.full_name)
            return dict(well_known) if well_known is not None else self.message(field.message_type)
        return _scalar(field)


def _scalar(field: FieldDescriptor) -> dict:
    if field.type in INT64_TYPES:
        return {"type": "integer", "format": "int64"}
    if field.type in INT32_TYPES:
        return {"type": "integer", "format": "int32"}
    if field.type in {FieldDescriptor.TYPE_DOUBLE, FieldDescriptor.TYPE_FLOAT}:
        return reference("Double")
    if field.type == FieldDescriptor.TYPE_BOOL:
        return {"type": "boolean"}
    if field.type == FieldDescriptor.TYPE_BYTES:
        return {"type": "string", "contentEncoding": "base64"}
    return {"type": "string"}


def _default_value(field: FieldDescriptor) -> object:
    if field.enum_type:
        return field.enum_type.values_by_number[field.default_value].name
    return field.default_value
