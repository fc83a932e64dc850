"""reStructuredText: directives, targets and roles give way to what a reader is shown of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import dedent

from qa_service.reading.blocks.canonical import raised
from qa_service.reading.metadata.titles import shortened
from qa_service.translation.sentences import said

LONGEST_SHOWN = 80
_DIRECTIVE = re.compile(r" *\.\. (?P<name>[A-Za-z][\w:+-]*)::(?: +(?P<rest>.*))?$")
_EXPLICIT = re.compile(r" *\.\.(?: .*)?$")
_TARGET = re.compile(r" *\.\. (?:_[^\n]*:|\|[^|\n]+\|)")
_OPTION = re.compile(r"\s*:[\w-]+:(?: .*)?$")
_SHOWN = frozenset(
    (
        *("admonition", "attention", "caution", "danger", "error", "hint", "important", "note"),
        *("tip", "warning", "seealso", "deprecated", "versionadded", "versionchanged"),
        *("code", "code-block", "sourcecode", "parsed-literal", "container", "compound", "only"),
        *("centered", "epigraph", "highlights", "pull-quote", "rubric", "sidebar", "topic"),
        "table",
    )
)
"""Directives whose words are part of the text (docutils and Sphinx)."""
_TAKES_LANGUAGE = frozenset(("code", "code-block", "sourcecode", "only", "container"))
_ROLE = re.compile(r"(?::[\w:+-]+:)?`([^`<\n]+?)(?: ?<[^>`\n]+>)?`_{0,2}")
_RAISED = re.compile(r":sup(?:erscript)?:`([^`\n]+)`")
_NO_BLANK = re.compile(r"(?<=\S)\\ (?=\S)")
"""Parts a role from the word that it belongs to."""
_NOTE = re.compile(r" *\.\. (?P<sign>\[[#*\w.-]+\])(?: +(?P<rest>.*))?$")
_NOTED = re.compile(r"(\[[#*\w.-]+\])_(?!\w)")
_LITERAL = re.compile(r"``([^`\n]+)``")
_STRONG = re.compile(r"(?<![\w*])(\*{1,2})(?=\S)([^*\n]+?)(?<=\S)\1(?![\w*])")


def has_directives(text: str) -> bool:
    """Whether a text is written so: a line of it begins a directive, as ".. note::"."""
    return any(map(_DIRECTIVE.match, text.split("\n")))


def without_directives(text: str) -> tuple[str, tuple[str, ...]]:
    """The text as a reader is shown it but for signs within lines, and what is left out."""
    lost: dict[str, list[str]] = {}
    shown = "\n".join(_shown(text.split("\n"), lost))
    return shown, tuple(_told(name, " / ".join(words)) for name, words in lost.items())


def _told(name: str, words: str) -> str:
    """What is told of words left out, of a directive of this name or, without one, a comment."""
    text = shortened(words, LONGEST_SHOWN)
    if name:
        return said('left out as directive %(name)s: "%(text)s"', name=name, text=text)
    return said('left out as comment: "%(text)s"', text=text)


def _shown(lines: Sequence[str], lost: dict[str, list[str]]) -> Iterator[str]:
    place = 0
    while place < len(lines):
        line, first = lines[place], place
        place += 1
        if not _EXPLICIT.match(line):
            yield line
            continue
        place = _end(lines, first)
        body = dedent("\n".join(lines[first + 1 : place])).split("\n")
        yield from _of_directive(line, body, lost)


def _of_directive(line: str, body: Sequence[str], lost: dict[str, list[str]]) -> Iterator[str]:
    if note := _NOTE.match(line):
        words = " ".join(filter(None, [note["rest"], *map(str.strip, body)]))
        yield from ("", f"{note['sign']} {words}", "")
        return
    found = _DIRECTIVE.match(line)
    name, rest = (found["name"].lower(), found["rest"] or "") if found else ("", "")
    if name in _SHOWN:
        words = "" if name in _TAKES_LANGUAGE else rest
        kept = [each for each in body if not _OPTION.match(each)]
        yield from ("", words, *([""] if rest or not body[0] else []), *_shown(kept, lost), "")
    else:
        kept = [each.strip() for each in body if not _OPTION.match(each)]
        words = " ".join([rest if found else line.strip(" ."), *kept]).strip()
        if words and not _TARGET.match(line):
            lost.setdefault(name, []).append(words)
        yield ""


def _end(lines: Sequence[str], first: int) -> int:
    """The place behind the lines that are indented deeper than the one at `first`."""
    place, end = first + 1, first + 1
    while place < len(lines) and (
        not lines[place].strip() or _depth(lines[place]) > _depth(lines[first])
    ):
        place += 1
        end = place if lines[place - 1].strip() else end
    return end


def _depth(line: str) -> int:
    return len(line) - len(line.lstrip())


def plain_words(text: str) -> str:
    """A text without the signs of roles, links and stress."""
    text = _LITERAL.sub(r"\1", _NO_BLANK.sub("", text))
    text = _NOTED.sub(r"\1", text)
    text = _RAISED.sub(lambda found: raised(found[1]), text)
    text = _STRONG.sub(r"\2", _ROLE.sub(r"\1", text))
    return re.sub(r"(?<=\w)::$", ":", text, flags=re.MULTILINE)
