"""Names and signs in a question, as they are written: of people, bodies, streets, ships, forms."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import groupby

from qa_service.stems import STOPWORDS
from qa_service.understanding.collection_names import CollectionNames
from qa_service.understanding.spoken_mentions import ASKING

_PIECE = r"(?:[A-Z][\w’'&-]*|(?=[\w/-]*[A-Za-z])(?=[\w/-]*\d)[\w/-]{3,})"
_RUN = re.compile(rf"\b{_PIECE}(?:\s+(?:(?:of|and|the|for|on|upon)\s+){{0,2}}{_PIECE})*")
"""“Union of Port Workers”, “N103JT”: words with a capital, and signs of letters and figures."""
_SMALL = re.compile(r"[a-z]{3,}")
_OWNED = re.compile(r"['’]s?$")
_NO_NAMES = STOPWORDS | ASKING


def written_names(text: str, names: CollectionNames) -> Iterator[str]:
    """Each name and sign in a text, in order; those in small letters where documents write them
    with a capital. A word of the language alone is none, nor is the question's first word."""
    for match in _RUN.finditer(text):
        name = bare_name(match.group())
        if " " in name or (may_name(name) and not names.is_common(name)):
            yield name
    for written, words in groupby(text.split(" "), lambda word: _is_written(word, names)):
        run = list(words)
        if written and not all(map(names.is_common, run)):
            yield " ".join(run)


def _is_written(word: str, names: CollectionNames) -> bool:
    return bool(_SMALL.fullmatch(word)) and names.is_name(word)


def bare_name(name: str, may_begin: Callable[[str], bool] | None = None) -> str:
    """A name without the word before it that begins the question, and without what it owns by:
    “Has Grimsby’s”."""
    first, _, rest = name.partition(" ")
    begins = (may_begin or may_name)(first)
    return _OWNED.sub("", rest if rest and not begins else name)


def may_name(word: str) -> bool:
    """Whether a word may be a name: no function word, and none that asks."""
    return word.lower() not in _NO_NAMES
