"""What the extraction report says of what was not read, and on which pages."""

from __future__ import annotations

from collections.abc import Sequence

from qa_service.reading.metadata.titles import shortened
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said, said_of

LONGEST_SHOWN = 120
FEWEST_WORDS = 5
"""A comment of fewer words in a page's source is a sign for those who write the page."""
LEFT_OUT = N_("left out at the head or foot of %(pages)s: %(what)s")
"""What is told of page numbers and other lines that stand on every page."""
PART_NOT_READ = N_("a part was not read: %(part)s: %(reason)s")
"""What is told of a file within a document's that is none itself."""
UNSEEN = N_("text that is not to be seen on %(pages)s was left out")


def pictures_told(descriptions: Sequence[str], where: str = "") -> tuple[str, ...]:
    """A sentence on pictures, with what their descriptions say; none where there are none."""
    counted = said_of("%(number)s picture", "%(number)s pictures", len(descriptions))
    return _told(counted, descriptions, where)


def comments_told(comments: Sequence[str], where: str = "") -> tuple[str, ...]:
    """A sentence on comments, with what they begin with; none where there are none."""
    counted = said_of("%(number)s comment", "%(number)s comments", len(comments))
    return _told(counted, comments, where)


def objects_told(number: int) -> tuple[str, ...]:
    """A sentence on what other programs made within a file; none where there is nothing."""
    told = said_of(
        "%(number)s object of other programs not read",
        "%(number)s objects of other programs not read",
        number,
    )
    return (told,) if number else ()


def signs_told(number: int) -> tuple[str, ...]:
    """A sentence on signs of symbol fonts that are not known; none where there are none."""
    told = said_of(
        "%(number)s sign of a symbol font not read",
        "%(number)s signs of symbol fonts not read",
        number,
    )
    return (told,) if number else ()


def words_told(what: str, words: int) -> tuple[str, ...]:
    """A sentence on text of a kind ("struck-out text") that was not read; none without words."""
    told = said_of(
        "%(what)s was not read: %(number)s word",
        "%(what)s was not read: %(number)s words",
        words,
        what=what,
    )
    return (told,) if words else ()


def _told(counted: str, texts: Sequence[str], where: str) -> tuple[str, ...]:
    if not texts:
        return ()
    words = [" ".join(text.split()) for text in dict.fromkeys(texts) if text.strip()]
    told = {"counted": counted, "where": where}
    if not words:
        return (said("%(counted)s%(where)s not read", **told),)
    text = shortened("; ".join(words), LONGEST_SHOWN)
    return (said('%(counted)s%(where)s not read: "%(text)s"', **told, text=text),)


def page_ranges(pages: Sequence[int]) -> str:
    """Page numbers in words: "page 3", "pages 1-4 and 9"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    shown = [f"{run[0]}-{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs]
    if len(pages) == 1:
        return said("page %(page)s", page=shown[0])
    if len(shown) == 1:
        return said("pages %(run)s", run=shown[0])
    return said("pages %(runs)s and %(last)s", runs=", ".join(shown[:-1]), last=shown[-1])
