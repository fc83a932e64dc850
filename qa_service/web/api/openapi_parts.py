"""What descriptions of JSON shapes are made of (JSON Schema for OpenAPI 3.1)."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NULL: Schema = {"type": ["string", "null"]}
COUNT: Schema = {"type": "integer", "minimum": 0}
NUMBER_OR_NULL: Schema = {"type": ["integer", "null"], "minimum": 1}
SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
DAY: Schema = {"type": "string", "format": "date"}
DATE: Schema = {
    "type": ["string", "null"],
    "description": "YYYY-MM-DD, or shorter where the document says no more.",
    "examples": ["2023-05-24", "2016-02", "2016"],
}
OFFSET: Schema = {**COUNT, "description": "In code points of the document's `text`."}


def object_of(**properties: Schema) -> Schema:
    """An object whose properties are all required."""
    return {"type": "object", "required": list(properties), "properties": properties}


def optional(schema: Schema, *names: str) -> Schema:
    """The object schema with these properties no longer required."""
    required = [name for name in schema["required"] if name not in names]
    return {**schema, "required": required}


def list_of(items: Schema) -> Schema:
    """A list of things of one shape."""
    return {"type": "array", "items": items}


def reference(name: str) -> Schema:
    """A shape that is described by this name."""
    return {"$ref": f"#/components/schemas/{name}"}
