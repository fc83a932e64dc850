"""How far what the app sends is what its description says."""

from qa_service.web.api.openapi import description


def mismatches(value, schema, where="answer"):
    """Places where a value has other members than its schema."""
    schema = resolved(schema)
    if value is None:
        return
    if isinstance(value, dict) and "properties" in schema:
        if set(value) != set(schema["properties"]):
            yield where, set(value) ^ set(schema["properties"])
        for name in set(value) & set(schema["properties"]):
            yield from mismatches(value[name], schema["properties"][name], f"{where}.{name}")
    for item in value if isinstance(value, list) else ():
        yield from mismatches(item, schema["items"], f"{where}[]")


def resolved(schema):
    schema = schema.get("anyOf", [schema])[0]
    name = schema.get("$ref", "").rpartition("/")[2]
    return description()["components"]["schemas"][name] if name else schema


def result_schema(path, method):
    success = description()["paths"][path][method]["responses"]["200"]
    return success["content"]["application/json"]["schema"]
