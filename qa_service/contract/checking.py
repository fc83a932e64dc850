"""Whatever a request holds is checked against the shape declared for it, and an error names the
member that is wrong."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Protocol, TypeVar

from msgspec import ValidationError, convert, inspect

from qa_service.errors import InputError

Shape = TypeVar("Shape")
Steps = list[str | int]
REAL_DAY = "must be a real day, written YYYY-MM-DD"
_PLACE = re.compile(r"(?P<said>.*?)(?: - at `\$\.?(?P<path>.*)`)?", re.DOTALL)
_MISSING = re.compile(r"Object missing required field `(\w+)`")
_STEP = re.compile(r"(\w+)|\[(\d+)\]")
_WRONG_KIND = re.compile(r"Expected `(?P<wanted>[^`]+)`, got `(?P<given>\w+)`")
_OUT_OF_BOUNDS = re.compile(
    r"Expected `(?P<kind>\w+)` (?P<length>of length )?(?P<way>[<>]=) (?P<bound>\S+)"
)
_UNKNOWN_MEMBER = re.compile(r"Object contains unknown field `(.+)`")
_KINDS = {
    "str": "a text",
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "array": "a list",
    "object": "an object",
    "date": "a day",
}
"""What the library calls a kind -> what people call it."""
_WAYS = {"<=": "at most", ">=": "at least"}
_COUNTED = {"str": "characters", "array": "entries"}


def json_value(text: str, field: str = "") -> Any:
    """What a JSON text holds, every text in it whole; `field` is what it is a member of.

    Raises ValueError or RecursionError where it is no JSON, InputError as json_object.
    """
    value = json.loads(text)
    if "\\u" in text:
        for place in _half_characters(value, [field] if field else []):
            raise InputError(place, "holds half a character (a lone surrogate)")
    return value


def checked(value: object, shape: type[Shape], *, lax: bool = False) -> Shape:
    """The value in its shape; members that the shape does not know are ignored unless it forbids
    them. Lax, a text may stand for the number it writes, as in an address.

    Raises InputError naming the member that is wrong and its bounds.
    """
    try:
        return convert(value, shape, strict=not lax)
    except ValidationError as error:
        raise InputError(*_told(str(error), shape)) from error


class Address(Protocol):
    """The members of an address, each with one text or several."""

    def __iter__(self) -> Iterator[str]:
        """The names."""
        ...

    def __getitem__(self, name: str) -> str:
        """The first text of a name."""
        ...

    def getlist(self, name: str) -> list[str]:
        """All texts of a name."""
        ...


def checked_address(address: Address, shape: type[Shape]) -> Shape:
    """The members of an address in their shape; one that is a list is given several times.

    Raises InputError as `checked`.
    """
    kinds: Any = inspect.type_info(shape)
    several = {
        field.encode_name
        for field in kinds.fields
        if any(isinstance(kind, inspect.ListType) for kind in _flat(field.type))
    }
    given = {name: address.getlist(name) if name in several else address[name] for name in address}
    return checked(given, shape, lax=True)


def _told(message: str, shape: Any) -> tuple[str, str]:
    """The field that an error of the library is on, and what is wrong with it."""
    found = _PLACE.fullmatch(message)
    said, path = (found["said"], found["path"] or "") if found else (message, "")
    if missing := _MISSING.fullmatch(said):
        return ".".join(filter(None, [path, missing[1]])), "is missing"
    if said.startswith("Invalid enum value"):
        return path, f"must be one of {', '.join(_choices(shape, path))}"
    if said == "Invalid RFC3339 encoded date":
        return path, REAL_DAY
    return path or "request", _in_plain_words(said)


def _in_plain_words(said: str) -> str:
    """What the library says of a wrong kind or bound, as people say it; other words stay.

    "Expected `int | null`, got `str`" -> "must be a whole number or null, not a text".
    """
    if found := _WRONG_KIND.fullmatch(said):
        wanted = " or ".join(_KINDS.get(kind, kind) for kind in found["wanted"].split(" | "))
        return f"must be {wanted}, not {_KINDS.get(found['given'], found['given'])}"
    if found := _OUT_OF_BOUNDS.fullmatch(said):
        counted = f" {_COUNTED[found['kind']]}" if found["length"] else ""
        kind = _KINDS.get(found["kind"], found["kind"])
        return f"must be {kind} of {_WAYS[found['way']]} {found['bound']}{counted}"
    if found := _UNKNOWN_MEMBER.fullmatch(said):
        return f"must not have the member {found[1]}"
    return said[:1].lower() + said[1:]


def _choices(shape: Any, path: str) -> list[str]:
    """What may stand at a place of a shape where only some texts may."""
    kinds: list[Any] = [inspect.type_info(shape)]
    for name, index in _STEP.findall(path):
        kinds = [inner for kind in kinds for inner in _inner(kind, "" if index else name)]
    literals = [flat for kind in kinds for flat in _flat(kind)]
    return [str(value) for kind in literals for value in getattr(kind, "values", ())]


def _inner(kind: Any, name: str) -> Iterator[Any]:
    """The kinds of a member of this name, or of the entries where it is none."""
    for flat in _flat(kind):
        if name and isinstance(flat, inspect.StructType):
            yield from (field.type for field in flat.fields if field.encode_name == name)
        if not name and isinstance(flat, inspect.ListType):
            yield flat.item_type


def _flat(kind: Any) -> Iterator[Any]:
    """The kinds that a union or an annotated kind stands for."""
    if isinstance(kind, inspect.Metadata):
        yield from _flat(kind.type)
    elif isinstance(kind, inspect.UnionType):
        yield from (flat for inner in kind.types for flat in _flat(inner))
    else:
        yield kind


def _half_characters(value: object, steps: Steps) -> Iterator[str]:
    """Where in a request a text holds half of a surrogate pair."""
    if isinstance(value, str) and not _is_whole(value):
        yield _field(steps)
    members = value.items() if isinstance(value, dict) else ()
    entries = enumerate(value) if isinstance(value, list) else ()
    for name, inner in (*members, *entries):
        yield from _half_characters(inner, [*steps, name])


def _is_whole(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _field(steps: Steps) -> str:
    """["history", 0, "text"] -> "history[0].text"."""
    parts = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
    return "".join(parts).removeprefix(".")
