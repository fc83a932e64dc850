"""A transcript as Markdown (CommonMark). What the documents say stays text, never markup."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.deadline import in_time
from qa_service.translation.catalogue import _
from qa_service.web.export.in_words import ALSO_IN, also_in, gap, origin, place, source
from qa_service.web.export.transcript import CitedQuote, DocumentLink, ExportedTurn, Gap, Transcript

MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")
BLOCK_START = re.compile(r"^([-+=#]|\d{1,9}(?=[.)]))", re.MULTILINE)


def markdown_file(transcript: Transcript) -> bytes:
    """A heading for each question, block quotes, and a citation below each."""
    return ("\n\n".join(_blocks(transcript)) + "\n").encode()


def _blocks(transcript: Transcript) -> Iterator[str]:
    yield f"# {_line(transcript.title)}"
    yield _line(origin(transcript))
    for number, turn in enumerate(transcript.turns, start=1):
        yield f"## {number}. {_line(turn.question)}"
        yield from _turn_blocks(turn)


def _turn_blocks(turn: ExportedTurn) -> Iterator[str]:
    for line in turn.taken:
        yield f"*{_line(line)}*"
    if turn.reply:
        yield _line(turn.reply)
    for entry in in_time(turn.entries):
        yield from _gap_blocks(entry) if isinstance(entry, Gap) else _quote_blocks(entry)
    if turn.documents:
        yield _list(turn.documents)


def _gap_blocks(entry: Gap) -> Iterator[str]:
    yield _line(gap(entry))


def _quote_blocks(citation: CitedQuote) -> Iterator[str]:
    yield "\n".join(f"> {line}".rstrip() for line in markdown_text(citation.quote).split("\n"))
    yield (
        f"\\[{citation.number}\\] **{_line(citation.title)}**, {_line(place(citation))}. "
        f"{_line(source(citation))}. <{citation.address}>"
    )
    if citation.mismatch:
        yield f"*{_line(citation.mismatch)}*"
    if citation.also_in:
        yield _(ALSO_IN)
        yield _list(citation.also_in)


def _list(links: tuple[DocumentLink, ...]) -> str:
    return "\n".join(f"- {_line(also_in(link))} <{link.address}>" for link in in_time(links))


def _line(text: str) -> str:
    return markdown_text(" ".join(text.split()))


def markdown_text(text: str) -> str:
    """Text that a Markdown reader shows as it stands. A line's own indent would make it code."""
    lines = (line.strip() for line in text.splitlines())
    escaped = MARKUP.sub(r"\\\1", "\n".join(lines))
    return BLOCK_START.sub(_escaped_start, escaped)


def _escaped_start(match: re.Match[str]) -> str:
    """A digit cannot be escaped, the point behind it can."""
    start = match.group()
    return f"{start}\\" if start.isdigit() else f"\\{start}"
