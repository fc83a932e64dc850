"""A briefing as Markdown with footnotes."""

from __future__ import annotations

from collections.abc import Iterator

from qa_service.translation.catalogue import _
from qa_service.web.briefing.written import (
    LINK_WORDS,
    REFERENCES,
    WrittenBriefing,
    WrittenGroup,
)
from qa_service.web.export.as_markdown import markdown_text
from qa_service.web.wording.places import human_date


def markdown_file(briefing: WrittenBriefing) -> bytes:
    """A heading for each group, notes, block quotes with footnotes, the list of references."""
    return ("\n\n".join(_blocks(briefing)) + "\n").encode()


def _blocks(briefing: WrittenBriefing) -> Iterator[str]:
    yield f"# {markdown_text(briefing.title)}"
    yield human_date(briefing.day.isoformat())
    for group in briefing.groups:
        yield from _group_blocks(group)
    yield f"## {_(REFERENCES)}"
    yield "\n".join(f"- {markdown_text(entry)}" for entry in briefing.references)
    for group in briefing.groups:
        for quote in group.quotes:
            link = f"[{_(LINK_WORDS)}](<{quote.address}>)"
            yield f"[^{quote.number}]: {markdown_text(quote.reference)} {link}"


def _group_blocks(group: WrittenGroup) -> Iterator[str]:
    if group.heading:
        yield f"## {markdown_text(group.heading)}"
    for quote in group.quotes:
        if quote.remark:
            yield markdown_text(quote.remark)
        lines = f"{markdown_text(quote.quote)}[^{quote.number}]".split("\n")
        yield "\n".join(f"> {line}".rstrip() for line in lines)
