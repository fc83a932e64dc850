"""Members of a request, read with a check of their kind. Each raises InputError naming its place.

`where` is the path to the object that holds a member, with a full stop at its end.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, TypeVar, cast

from qa_service.errors import InputError
from qa_service.input_checks import plain_text

JsonObject = dict[str, Any]
Kind = TypeVar("Kind")
KIND_NAMES: dict[object, str] = {
    dict: "an object",
    list: "a list",
    bool: "true or false",
    int: "a whole number",
}
DATE = re.compile(r"\d{4}(-\d\d){0,2}", re.ASCII)
FIRST_DAY = "-01-01"


def member(holder: JsonObject, name: str, kind: type[Kind], where: str) -> Kind:
    """A member of one kind; true and false are not numbers."""
    value = holder.get(name)
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise InputError(f"{where}{name}", f"must be {KIND_NAMES[kind]}")
    return value


def objects(holder: JsonObject, name: str, where: str) -> list[JsonObject]:
    """A list of objects; empty where it is null or missing."""
    entries = _list(holder, name, where)
    for place, entry in enumerate(entries):
        if not isinstance(entry, dict):
            raise InputError(f"{where}{name}[{place}]", "must be an object")
    return cast("list[JsonObject]", entries)


def texts(holder: JsonObject, name: str, where: str) -> list[str]:
    """A list of texts; empty where it is null or missing."""
    entries = _list(holder, name, where)
    return [plain_text(entry, f"{where}{name}[{place}]") for place, entry in enumerate(entries)]


def object_or_empty(holder: JsonObject, name: str, where: str) -> JsonObject:
    """An object; empty where it is null or missing."""
    return {} if holder.get(name) is None else member(holder, name, dict, where)


def number_or_none(holder: JsonObject, name: str, where: str) -> int | None:
    """A whole number or none."""
    return None if holder.get(name) is None else member(holder, name, int, where)


def text(holder: JsonObject, name: str, where: str) -> str:
    """A text that must be there."""
    return plain_text(holder.get(name), f"{where}{name}")


def text_or_none(holder: JsonObject, name: str, where: str) -> str | None:
    """A text or none."""
    return None if holder.get(name) is None else text(holder, name, where)


def date_or_none(holder: JsonObject, name: str, where: str) -> str | None:
    """A year, month or day that exists, written YYYY, YYYY-MM or YYYY-MM-DD, or none."""
    written = text_or_none(holder, name, where)
    if written is None:
        return None
    try:
        if not DATE.fullmatch(written):
            raise ValueError
        date.fromisoformat(written + FIRST_DAY[len(written) - len("2023") :])
    except ValueError as error:
        fix = "must be a real date, written YYYY, YYYY-MM or YYYY-MM-DD"
        raise InputError(f"{where}{name}", fix) from error
    return written


def _list(holder: JsonObject, name: str, where: str) -> list[Any]:
    return [] if holder.get(name) is None else member(holder, name, list, where)
