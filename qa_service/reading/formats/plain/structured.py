"""JSON and XML: records as rows, running text as paragraphs."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from typing import Any

from qa_service.errors import UnreadableDocument
from qa_service.reading.content import Block, Content, FoundDate
from qa_service.reading.formats.office.packages.parts import local_name, parsed_xml
from qa_service.reading.formats.plain.decoding import decoded
from qa_service.reading.formats.plain.records import record_blocks
from qa_service.reading.metadata.dates import parse_date
from qa_service.reading.metadata.titles import is_meaningful_title
from qa_service.translation.sentences import said

_LABEL = re.compile(rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w-]+)")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,200}\?>")
_HEADINGS = frozenset(("title", "head", "heading", "subtitle", "h1", "h2", "h3", "h4", "h5", "h6"))
_TITLES = ("title", "headline")
MOST_BROKEN = 0.5
"""Of more broken lines than this share of the sound ones a file is none of JSON lines."""
MOST_TOLD = 20
_DATES = ("date", "published", "datePublished", "pubDate", "updated")


def read_json(data: bytes) -> Content:
    """A JSON value, or one a line, as content."""
    read = decoded(data)
    text = read.text.lstrip("\ufeff")
    value, broken = _value(text)
    stated = value if isinstance(value, dict) else {}
    titles = (stated[name] for name in _TITLES if isinstance(stated.get(name), str))
    date = next((stated[name] for name in _DATES if isinstance(stated.get(name), str)), "")
    found = parse_date(date)
    return Content(
        "json",
        tuple(record_blocks(value)),
        title=next(filter(is_meaningful_title, titles), None),
        date=FoundDate(found, said("the file's own date")) if found else None,
        warnings=(*read.warnings, *broken),
    )


def _value(text: str) -> tuple[Any, list[str]]:
    """What a file of JSON holds, or each of its lines, and what is told of lines that are none."""
    try:
        return _parsed(text), []
    except ValueError:
        values, broken = [], []
        for number, line in enumerate(text.splitlines(), start=1):
            with suppress(ValueError):
                values += [_parsed(line)] if line.strip() else []
                continue
            broken.append(number)
        if not values or len(broken) > MOST_BROKEN * len(values):
            raise
        lines = ", ".join(map(str, broken[:MOST_TOLD]))
        told = said("lines that are no JSON were not read: %(lines)s", lines=lines)
        return values, [told] if broken else []


def _parsed(text: str) -> Any:
    """A value with its fractions as they are written: 320.50 is not 320.5."""
    return json.loads(text, parse_float=str)


def read_xml(data: bytes) -> Content:
    """XML as content; its entities are never resolved."""
    label = _LABEL.search(data[:200])
    read = decoded(data, label[1].decode("ascii") if label else "")
    try:
        root = _root(read.text)
    except SyntaxError as error:
        raise UnreadableDocument(
            said("not sound XML (%(error)s); save it anew", error=error.msg)
        ) from error
    blocks = tuple(_element_blocks(root))
    headings = [block.text for block in blocks if block.kind == "heading"]
    return Content("xml", blocks, title=next(iter(headings), None), warnings=read.warnings)


def _root(text: str) -> Any:
    """The root of XML, whatever character set it says that it is in."""
    return parsed_xml(
        _DECLARATION.sub("", text.lstrip("\ufeff"), count=1).encode("utf-8", "replace")
    )


def _element_blocks(element: Any, depth: int = 1) -> Iterator[Block]:
    """Running text by paragraphs; elements that only hold others as records."""
    if not isinstance(element.tag, str):
        return
    name = local_name(element)
    if not len(element) or _is_running_text(element):
        if words := " ".join("".join(element.itertext()).split()):
            yield _leaf(name, words, depth)
        elif _says_all_in_attributes(element):
            yield from record_blocks(_values(element))
    elif _is_record(element):
        yield from record_blocks(_values(element))
    else:
        for child in element:
            yield from _element_blocks(child, depth + 1)


def _leaf(name: str, words: str, depth: int) -> Block:
    if name.lower() in _HEADINGS:
        return Block("heading", words, level=min(max(1, depth - 1), 6))
    prose = len(words.split()) > 12 or name in ("p", "para", "li", "item", "seg", "line")
    return Block("paragraph", words) if prose else Block("row", f"{name}: {words}")


def _says_all_in_attributes(element: Any) -> bool:
    """Whether an element is a record by its attributes: <mill name="North" wheels="2"/>."""
    return len(element.attrib) > 1 and not len(element) and not (element.text or "").strip()


def _is_running_text(element: Any) -> bool:
    """Whether words stand between the children of an element."""
    pieces = [element.text, *(child.tail for child in element)]
    return any((piece or "").strip() for piece in pieces)


def _is_record(element: Any) -> bool:
    """Whether an element holds nothing but short values, each with a name of its own."""
    children = [child for child in element if isinstance(child.tag, str)]
    names = Counter(local_name(child) for child in children)
    flat = not any(len(child) or _says_all_in_attributes(child) for child in children)
    return bool(children) and flat and max(names.values()) == 1 and not _HEADINGS & set(names)


def _values(element: Any) -> dict[str, str]:
    values = {local_name_of(name): value for name, value in element.attrib.items()}
    for child in element:
        if isinstance(child.tag, str):
            name = local_name(child)
            values[name] = " ".join("".join(child.itertext()).split())
            # Those of other namespaces tell programs of the element, as its type.
            own = {key: value for key, value in child.attrib.items() if "}" not in str(key)}
            values |= {f"{name} {key}": value for key, value in own.items()}
    return values


def local_name_of(name: Any) -> str:
    """The name of an attribute without its namespace."""
    return str(name).rpartition("}")[2]
