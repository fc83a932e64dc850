"""What headings are called: by this a line is told to say the same as one."""

from __future__ import annotations

import re

from qa_service.reading.blocks.canonical import one_line

_NUMBER = re.compile(
    r"\W*(?:\d{1,3}(?:\.\d{1,3})*|(?:chapter|appendix|section|part) (?:\d{1,3}|[a-z]\b))[.:)]?\s+",
    re.IGNORECASE,
)


def plain_title(text: str) -> str:
    """The letters and digits of a title in small letters, by which two are the same."""
    return re.sub(r"[\W_]+", "", one_line(text).casefold())


def plain_name(text: str) -> str:
    """The same, without the number before it: "2.1 Fees", "Chapter 2: Fees" are "fees"."""
    return plain_title(_NUMBER.sub("", one_line(text), count=1)) or plain_title(text)


def begins_with_chapter(text: str) -> bool:
    """Whether a line begins with the number of a chapter in words, as bars above pages do."""
    found = _NUMBER.match(text)
    return found is not None and not text.lstrip("• ")[:1].isdigit()
