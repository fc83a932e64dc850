"""Titles: from what a document shows first, else from its file name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

LONGEST_TITLE_LINE = 90
FROM_FILE_NAME = "file name"
"""Where a title is from that no one declared or printed."""
_FILE_NAME = re.compile(r"\.(docx?|pdf|html?|txt|rtf|odt|indd|qxd|pptx?|xlsx?|pub)$", re.IGNORECASE)
_SOFTWARE_PREFIX = re.compile(r"^microsoft (word|powerpoint|excel|publisher) - ", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"^(untitled.*|(document|slide|page|title|doc)\s*\d*|no title|powerpoint presentation)$"
    r"|\btemplate\b|\bdraft\b",
    re.IGNORECASE,
)


def readable_title(source: str) -> str:
    """The file name of a POSIX path as words, without its ending."""
    stem = PurePosixPath(source).stem
    words = re.sub(r"[_\s]+|(?<!\d)-|-(?!\d)", " ", stem).strip() or stem
    return words[:1].upper() + words[1:]


def shortened(text: str, longest: int) -> str:
    """`text`, cut after a word and marked with an ellipsis where it is over `longest`."""
    if len(text) <= longest:
        return text
    cut = text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–-")
    return f"{cut}…"


def is_title_line(line: str) -> bool:
    """Whether a line reads as a title: short, with letters, and no sentence's end."""
    return (
        0 < len(line) <= LONGEST_TITLE_LINE
        and any(character.isalpha() for character in line)
        and not line.endswith((".", ";", ",", ":"))
    )


def is_meaningful_title(title: str) -> bool:
    """Whether a title kept as a document property was chosen by a person."""
    return (
        any(character.isalpha() for character in title)
        and not _FILE_NAME.search(title)
        and not _SOFTWARE_PREFIX.match(title)
        and not _PLACEHOLDER.search(title)
    )


def words_shown(title: str, text: str) -> bool:
    """Whether every longer word of a title stands in the text."""
    shown = set(re.findall(r"\w{4,}", text.casefold()))
    words = re.findall(r"\w{4,}", title.casefold())
    return bool(words) and all(word in shown for word in words)
