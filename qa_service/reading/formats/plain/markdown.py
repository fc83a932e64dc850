"""Markdown, with front matter in YAML or TOML, rendered to plain readable text."""

from __future__ import annotations

import html
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import yaml  # type: ignore[import-untyped]
from markdown_it import MarkdownIt
from markdown_it.token import Token

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.blocks.kinds import is_label_value
from qa_service.reading.blocks.losses import FEWEST_WORDS, comments_told, words_told
from qa_service.reading.content import Block, Content, FoundDate
from qa_service.reading.formats.plain.decoding import decoded
from qa_service.reading.formats.plain.tables import label_blocks, table_blocks
from qa_service.reading.metadata.dates import parse_date
from qa_service.reading.metadata.titles import is_meaningful_title
from qa_service.translation.sentences import said

_FIELDS = {
    "url": "address",
    "link": "address",
    "source": "address",
    "lang": "language",
    "tags": "keywords",
}
_RULE = re.compile(r"^(?:-{3,}|\.{3})\s*$", re.MULTILINE)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<fields>.*?)\n\+\+\+[ \t]*(?:\n(?P<body>.*)|\Z)", re.DOTALL)
_FIELD = re.compile(
    r"^(([ ]*)(?:- )?[\w\"'][\w \"'-]{0,40}:)[ ]+([^\s>|].*(?:\n\2[ ]+\S.*)*)$", re.MULTILINE
)
_TOML_FIELD = re.compile(
    r"^([\w-]+[ \t]*=[ \t]*)(?![\"'\[{\d]|true|false)(\S.*?)[ \t]*$", re.MULTILINE
)
_UNREAD_VALUE = re.compile(r"[@`%*,?]|.*(?::\s|:$)|'.*'.*'|\".*\".*\"|[\[{](?!.*[\]}]$)", re.DOTALL)
"""A value that YAML does not take for a text, though people write such."""
_DATES = ("date", "published", "publishdate", "date_published", "datepublished", "pubdate")
_KEY_LINE = re.compile(r"^[A-Za-z][\w-]*:(?:\s|$)", re.MULTILINE)
_MARKUP = re.compile(r"<!--.*?(?:-->|\Z)|</?[a-zA-Z][^<>]*>", re.DOTALL)
_SCRIPT = re.compile(r"<(script|style|template)\b.*?(?:</\1\s*>|\Z)", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_STRUCK = re.compile(r"<(/?)(?:s|del|strike)\s*>", re.IGNORECASE)
_RAISED = re.compile(r"<(/?)sup\s*>", re.IGNORECASE)
_NOTE = re.compile(r"^ {0,3}\[\^([\w-]{1,20})\]:[ \t]+", re.MULTILINE)
"""Without it one of a single word counts as the address of a link, and is not shown."""
_NOTED = re.compile(r"(?<=[\w.,;:!?%)”’*~^])\[\^(\d{1,3}|[a-z])\]")


def read_markdown(data: bytes) -> Content:
    """Markdown as content. Front matter that is no YAML is kept as text, with a warning."""
    found = decoded(data)
    declared, body, warning = _split(found.text)
    fields = {_FIELDS.get(name, name): value for name, value in _strings(declared).items()}
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    tokens = parser.parse(_with_notes(body))
    struck = words_told("struck-out text", _take_out_struck(tokens))
    lost = (*struck, *comments_told(list(_comments(tokens))))
    blocks = tuple(_blocks(tokens))
    headings = [block.text for block in blocks if block.kind == "heading"]
    stated = next(filter(None, (parse_date(fields.pop(name, "")) for name in _DATES)), None)
    title = fields.pop("title", "")
    return Content(
        "markdown",
        blocks,
        title=title if is_meaningful_title(title) else next(iter(headings), None),
        date=FoundDate(stated, said("front matter")) if stated else None,
        metadata=fields,
        warnings=(*found.warnings, *filter(None, [warning]), *lost),
    )


def _with_notes(body: str) -> str:
    """Footnotes as they are shown: "£320[^1]" as "£320¹", and the note begun with "[1]"."""
    noted = _NOTE.sub(r"\\[\1\\] ", body)
    return _NOTED.sub(lambda found: raised(found[1]), noted)


def _split(text: str) -> tuple[Mapping[str, object], str, str]:
    """Front matter, body, and a warning where the front matter could not be read as it should.

    What stands between two rules at the top is front matter only if it names values, in
    YAML or nearly so; between lines of "+++" if it is TOML.
    """
    if found := _TOML.match(text.replace("\r\n", "\n").lstrip("\ufeff\n ")):
        return _toml(found, text)
    parts = _RULE.split(text.replace("\r\n", "\n").strip(), 2)
    if len(parts) < 3 or parts[0]:
        return {}, text, ""
    _, opening, body = parts
    declared, reason = _loaded(opening)
    if isinstance(declared, dict):
        return declared, body, ""
    mended, _ = _loaded(_mended(opening))
    if isinstance(mended, dict):
        return mended, body, said("the front matter is not YAML and was read line by line")
    # The empty line keeps the rule below from making the opening a heading.
    return {}, f"{opening.strip()}\n\n---\n{body}", _warning(opening, reason)


def _toml(found: re.Match[str], text: str) -> tuple[Mapping[str, object], str, str]:
    body = found["body"] or ""
    try:
        return tomllib.loads(found["fields"]), body, ""
    except ValueError as error:
        reason = said("the front matter is not TOML and was kept as text: %(error)s", error=error)
    try:
        mended = _TOML_FIELD.sub(lambda field: field[1] + json.dumps(field[2]), found["fields"])
        warning = said("the front matter is not TOML and was read line by line")
        return tomllib.loads(mended), body, warning
    except ValueError:
        return {}, text, reason


def _mended(opening: str) -> str:
    """YAML in which values that it would not take for texts are marked as such."""
    return _FIELD.sub(_marked, opening.replace("\t", "  "))


def _marked(field: re.Match[str]) -> str:
    name, value = field[1], " ".join(field[3].split())
    if not _UNREAD_VALUE.match(value):
        return field[0]
    ends = value[0] + value[-1]
    inner = value[1:-1] if ends in ("''", '""') else value
    return f"{name} '{inner.replace(chr(39), chr(39) * 2)}'"


def _loaded(opening: str) -> tuple[object, str]:
    """What YAML makes of a text, and why it makes nothing of it."""
    try:
        return yaml.safe_load(opening), said("no mapping of names to values")
    except (yaml.YAMLError, ValueError, TypeError, AttributeError) as error:
        return None, str(error).split("\n")[0]


def _warning(opening: str, reason: str) -> str:
    if not _KEY_LINE.search(opening):
        return ""
    return said("the front matter is not YAML and was kept as text: %(reason)s", reason=reason)


def _strings(declared: Mapping[str, object]) -> dict[str, str]:
    stated = {name: value for name, value in declared.items() if value is not None}
    return {str(name).lower(): _string(value) for name, value in stated.items()}


def _string(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple | set):
        return ", ".join(_string(part) for part in value)
    return str(value)


def _take_out_struck(tokens: Sequence[Token]) -> int:
    """Takes struck-out words out of their lines, and says how many they were."""
    words = 0
    for token in tokens:
        kept, struck = [], False
        for child in token.children or ():
            tag = _STRUCK.fullmatch(child.content) if child.type == "html_inline" else None
            if tag or child.type in ("s_open", "s_close"):
                struck = not tag[1] if tag else child.type == "s_open"
            elif struck:
                words += len(_piece(child).split())
            else:
                kept.append(child)
        token.children = kept if token.children else token.children
    return words


def _comments(tokens: Sequence[Token]) -> Iterator[str]:
    """The comments in HTML among Markdown, but mere signs."""
    for token in tokens:
        for part in (token, *(token.children or ())):
            if part.type in ("html_block", "html_inline"):
                found = _COMMENT.findall(part.content)
                yield from (text for text in found if len(text.split()) >= FEWEST_WORDS)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    """Blocks of a flat run of tokens, in which lists and tables open and close."""
    lists: list[int | None] = []
    bullet = ""
    place = 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        match token.type:
            case "bullet_list_open":
                lists.append(None)
            case "ordered_list_open":
                lists.append(int(token.attrs.get("start", 1)))
            case "bullet_list_close" | "ordered_list_close":
                lists.pop()
            case "list_item_open":
                bullet = _bullet(lists)
            case "heading_open":
                yield Block("heading", _inline(tokens[place]), level=int(token.tag[1]))
                place += 2
            case "table_open":
                end = next(i for i in range(place, len(tokens)) if tokens[i].type == "table_close")
                yield from _rows(tokens[place:end])
                place = end
            case "inline" | "fence" | "code_block" | "html_block":
                if text := _text(token):
                    yield _placed(bullet + text, bool(bullet), len(lists))
                    bullet = ""


def _bullet(lists: list[int | None]) -> str:
    number = lists[-1]
    if number is None:
        return "• "
    lists[-1] = number + 1
    return f"{number}. "


def _placed(text: str, item: bool, depth: int) -> Block:
    return Block("item", text, level=max(depth - 1, 0)) if item else Block("paragraph", text)


def _text(token: Token) -> str:
    match token.type:
        case "inline":
            return _inline(token)
        case "html_block":
            return html.unescape(_MARKUP.sub(" ", _SCRIPT.sub(" ", token.content))).strip()
        case _:
            return token.content.rstrip()


def _inline(token: Token) -> str:
    """The words of a paragraph: links and images as their text, marks of emphasis dropped,
    raised figures written as such. Labels with their values stay lines."""
    lines = [_line(children) for children in _lines(token)]
    joined = "\n" if all(map(is_label_value, lines)) else " "
    return joined.join(lines).strip()


def _lines(token: Token) -> list[list[Token]]:
    """What stands in each line of the source; the lines of a paragraph are one text."""
    lines: list[list[Token]] = [[]]
    for child in token.children or ():
        if child.type == "softbreak":
            lines.append([])
        else:
            lines[-1].append(child)
    return lines


def _line(children: Sequence[Token]) -> str:
    pieces: list[str] = []
    up = False
    for child in children:
        if child.type == "html_inline" and (tag := _RAISED.fullmatch(child.content)):
            up = not tag[1]
        else:
            pieces.append(raised(_piece(child)) if up else _piece(child))
    return "".join(pieces)


def _piece(token: Token) -> str:
    match token.type:
        case "text" | "code_inline":
            return token.content
        case "hardbreak":
            return "\n"
        case "image":
            return token.content
        case "html_inline":
            return "\n" if token.content.lower().startswith("<br") else ""
        case _:
            return ""


def _rows(tokens: Sequence[Token]) -> Iterator[Block]:
    rows: list[list[str]] = []
    for token in tokens:
        if token.type == "tr_open":
            rows.append([])
        elif token.type == "inline":
            rows[-1].append(_inline(token))
    if rows and not any(rows[0]):
        rows = rows[1:]
        labels = all(len(row) == 2 for row in rows)
        yield from label_blocks(rows) if labels else table_blocks(rows, has_header=False)
    else:
        yield from table_blocks(rows, has_header=True)
