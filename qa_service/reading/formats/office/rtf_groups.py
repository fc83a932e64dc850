"""Groups of Rich Text that its library passes over or takes for text: notes, what is hidden,
margins, comments, raised figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from striprtf.striprtf import rtf_to_text

from qa_service.reading.blocks.canonical import NOTE_LETTERS, raised
from qa_service.reading.blocks.losses import comments_told, words_told
from qa_service.reading.metadata.titles import shortened
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

LONGEST_SHOWN = 80
_UNSEEN = {"v": N_("hidden text"), "strike": N_("struck-out text"), "deleted": N_("deleted text")}
_NOTHING = "{}"
"""Keeps a control word apart from the text behind what was taken out."""
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_KEPT_APART = re.compile(
    r"\{(?:\\\*)?(?:\\[a-z]+-?\d* ?)*?"
    r"\\(footnote|v(?![a-z\d])|strike(?!\d)|deleted|annotation|header[lrf]?|footer[lrf]?)(?![a-z])"
)
_HIDDEN_RUN = re.compile(r"\\v(?![a-z\d])(?:[^{}\\]|\\(?!v(?![a-z])))*+\\v0")
_RAISED = re.compile(
    rf"(\\(?:super|up\d+)(?:\\[a-z]+-?\d*)* ?)(\d{{1,3}}|(?<= )[{NOTE_LETTERS}])(?=[\s}}\\])"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """Rich text without what is kept apart, the words of its notes, and what is not read."""

    source: str
    notes: tuple[str, ...]
    lost: tuple[str, ...]


def parted(source: str) -> Parted:
    """Rich text with its notes' numbers and other raised figures written as such."""
    rest: list[str] = []
    notes: list[str] = []
    kept: dict[str, list[str]] = {}
    place = 0
    for start, end, name in _groups(source):
        rest.append(source[place:start])
        place = end
        if name == "footnote":
            number = str(len(notes) + 1)
            note = _words(source[start + 1 : end - 1])
            notes.append(note.removeprefix(f"{number} "))
            rest.append(_escaped(raised(number)))
        else:
            kept.setdefault(name, []).append(_words(source[start + 1 : end - 1]))
            rest.append(_NOTHING)
    text = "".join([*rest, source[place:]])
    text = _HIDDEN_RUN.sub(_NOTHING, text)
    text = _RAISED.sub(lambda found: found[1] + _escaped(raised(found[2])), text)
    return Parted(text, tuple(notes), tuple(_told(kept)))


def _groups(source: str) -> Iterator[tuple[int, int, str]]:
    """Where each group begins and ends that is kept apart, and its name."""
    place = 0
    while found := _KEPT_APART.search(source, place):
        end = _end(source, found.start())
        if not end:
            return
        yield found.start(), end, found[1]
        place = end


def _end(source: str, start: int) -> int:
    """The place behind a group; 0 where it is never closed."""
    depth = 0
    for found in _BRACE.finditer(source, start):
        depth += {"{": 1, "}": -1}.get(found[0], 0)
        if not depth and found[0] == "}":
            return found.end()
    return 0


def _words(group: str) -> str:
    inner = _KEPT_APART.sub("{", "{" + group, count=1).removeprefix("{")
    text = rtf_to_text("{\\rtf1\\ansi " + inner + "}", errors="replace")  # type: ignore[no-untyped-call]
    return " ".join(str(text).split())


def _escaped(text: str) -> str:
    return "".join(f"\\u{ord(sign)}?" for sign in text)


def _told(kept: dict[str, list[str]]) -> Iterator[str]:
    for name, texts in kept.items():
        found = [text for text in texts if any(map(str.isalnum, text))]
        if not found:
            continue
        if name == "annotation":
            yield from comments_told(found)
        elif name in _UNSEEN:
            yield from words_told(_UNSEEN[name], len(" ".join(found).split()))
        else:
            line = shortened(" ".join(dict.fromkeys(found)), LONGEST_SHOWN)
            yield said(
                'the %(kind)s of the pages was not read: "%(text)s"', kind=name[:6], text=line
            )
