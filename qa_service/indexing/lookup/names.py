"""Names of places and bodies that tell documents apart: in titles, keywords and file names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from qa_service.indexing.lookup.words import Vocabulary
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.parsed_question import NamedDocuments

MOST_SHARE = 0.5
"""A word that more of the documents have in their names tells nothing."""
LEAST_SHARE = 0.5
"""Of the documents that hold a name, so many bear it; “Scotland” is no name in Scotland."""
FEWEST_LETTERS = 4

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_DIRECTION_WORDS = (
    "north south east west northern southern eastern western upper lower inner outer mid central "
    "greater new old great little"
)
# Bodies of such kinds are everywhere: the word alone names none of them.
_KIND_WORDS = (
    "academy agency area association authority board body borough bureau centre city club college "
    "commission committee company corporation council county department directorate district "
    "division foundation government group hospital institute library local metropolitan ministry "
    "national office organisation parish partnership police public region regional royal school "
    "service services society team town trust union university village"
)
DIRECTIONS = frozenset(_DIRECTION_WORDS.split())
KINDS = frozenset(_KIND_WORDS.split())
_SHORT_DIRECTIONS = {
    "n": "north",
    "s": "south",
    "e": "east",
    "w": "west",
    "ne": "north east",
    "nw": "north west",
    "se": "south east",
    "sw": "south west",
}
"""How the direction before a name is written short: “N Lincolnshire”."""
JOINING = frozenset(("and", "of", "on", "upon", "in", "under", "by", "le", "la", "de", "the"))


@dataclass(frozen=True, slots=True)
class _Mention:
    """A word that may name something, in small letters, with the direction before it.

    The mention begins at `start`, with the direction; the word itself stands at `place`.
    """

    word: str
    direction: str
    start: int
    place: tuple[int, int]

    @property
    def end(self) -> int:
        """Where the mention ends."""
        return self.place[1]


def named_together(named: Sequence[NamedDocuments]) -> frozenset[str]:
    """Ids of what bears all of the names or, where nothing does, any of them."""
    sets = [item.document_ids for item in named]
    return (frozenset.intersection(*sets) or frozenset.union(*sets)) if sets else frozenset()


class DocumentNames:
    """Which documents a question names by a place or a body.

    A name is a word that the documents write with a capital and that stands in the title,
    the keywords or the file name of some of them; in most of the documents that hold it
    at all, and not in most of the corpus. "North Lincolnshire" and "Lincolnshire" are two:
    a direction before a word is a part of its name. "Death" alone does not name the Black
    Death.
    """

    def __init__(
        self,
        documents: Sequence[DocumentSummary],
        vocabulary: Vocabulary,
        holding: Callable[[str], int],
    ) -> None:
        """`holding` says in how many documents a word stands anywhere."""
        self._vocabulary = vocabulary
        self._holding = holding
        self._most = MOST_SHARE * len(documents)
        self._bearers: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(
            lambda: defaultdict(set)
        )
        self._alone: set[tuple[str, str]] = set()
        for document in documents:
            for text in _naming_texts(document):
                self._learn(text, document.id)

    @property
    def words(self) -> Collection[str]:
        """Every word that is a name of some documents, in small letters."""
        return self._bearers.keys()

    def named_in(self, text: str) -> list[NamedDocuments]:
        """Every name in a question with the documents that bear it, in order.

        Of a name of several words the rarest says which documents are meant; where no
        document bears two of them, they are two names.
        """
        typed_small = _is_typed_small(text)
        runs: list[list[_Mention]] = []
        for mention in self._mentions(text):
            written = typed_small or text[mention.place[0]].isupper()
            if not written or not self._bearing(mention):
                continue
            if runs and self._goes_on(text, runs[-1], mention):
                runs[-1].append(mention)
            else:
                runs.append([mention])
        return [named for run in runs for named in self._named(text, run)]

    def bearing(self, word: str, direction: str) -> frozenset[str]:
        """Ids of the documents that a word names, in small letters, with a direction before it or
        "" for none; none where it does not tell them apart."""
        mention = _Mention(word, direction, 0, (0, len(word)))
        tells = bool(self._bearing(mention)) and self._tells_apart(mention)
        return frozenset(self._bearing(mention)) if tells else frozenset()

    def _learn(self, text: str, document_id: str) -> None:
        """Takes the names of a text for a document's; those beside no other name by themselves."""
        mentions = list(self._mentions(text))
        for mention in mentions:
            self._bearers[mention.word][mention.direction].add(document_id)
            others = (other for other in mentions if other is not mention)
            if not any(_beside(text, mention, other) for other in others):
                self._alone.add((mention.word, mention.direction))

    def _mentions(self, text: str) -> Iterator[_Mention]:
        """The words of a text that are names by how the documents write them."""
        directions: list[re.Match[str]] = []
        for found in _WORD.finditer(text):
            word, end = _without_possessive(found)
            if is_direction(word):
                directions.append(found)
                continue
            if self._is_name(word):
                before = " ".join(direction(item.group()) for item in directions)
                start = (directions or [found])[0].start()
                yield _Mention(word, before, start, (found.start(), end))
            directions = []

    def _is_name(self, word: str) -> bool:
        known = len(word) >= FEWEST_LETTERS and word not in KINDS
        return known and self._vocabulary.is_name(word)

    def _bearing(self, mention: _Mention) -> set[str]:
        if mention.word not in self._bearers:
            return set()
        return self._bearers[mention.word].get(mention.direction, set())

    def _tells_apart(self, mention: _Mention) -> bool:
        bearing = set[str]().union(*self._bearers[mention.word].values())
        least = LEAST_SHARE * self._holding(mention.word)
        return least <= len(bearing) and len(self._bearing(mention)) <= self._most

    def _goes_on(self, text: str, run: Sequence[_Mention], mention: _Mention) -> bool:
        """Whether a word belongs to the name before it, as Hull does to Kingston upon Hull."""
        between = re.findall(r"[^\W\d_]+|[^\w\s-]", text[run[-1].end : mention.start].lower())
        joined = all(word in JOINING or word in KINDS for word in between)
        return joined and bool(self._bearing(run[-1]) & self._bearing(mention))

    def _named(self, text: str, run: Sequence[_Mention]) -> Iterator[NamedDocuments]:
        telling = [self._bearing(mention) for mention in run if self._tells_apart(mention)]
        if telling and (len(run) > 1 or (run[0].word, run[0].direction) in self._alone):
            words = text[run[0].start : run[-1].end]
            fewest = min(map(len, telling))
            rarest = next(bearing for bearing in telling if len(bearing) == fewest)
            yield NamedDocuments(words, frozenset(rarest))


def is_direction(word: str) -> bool:
    """Whether a word in small letters is a direction, in full or short."""
    return word in DIRECTIONS or word in _SHORT_DIRECTIONS


def direction(word: str) -> str:
    """A direction in full and in small letters: “north” of “N”."""
    return _SHORT_DIRECTIONS.get(word.lower(), word.lower())


def _is_typed_small(text: str) -> bool:
    """Whether names may be typed in small letters: only abbreviations have capitals, as in “hull
    SEND”."""
    return all(word.islower() or word.isupper() for word in _WORD.findall(text))


def _without_possessive(found: re.Match[str]) -> tuple[str, int]:
    """A word in small letters without the 's of an owner, and where it ends."""
    word = re.sub(r"['’]s$", "", found.group().lower())
    return word, found.start() + len(word)


def _naming_texts(document: DocumentSummary) -> Iterable[str]:
    """What names a document; file names with blanks for whatever parts their words."""
    path = re.sub(r"\.\w+$", "", document.source)
    keywords = document.metadata.get("keywords", "")
    return _without_region(document.title), *keywords.split(","), re.sub(r"[\W_]+", " ", path)


def _without_region(title: str) -> str:
    """“Jacksonville” of “Jacksonville, Florida”, “Victoria” of “Victoria (Australia)”."""
    title = re.sub(r"\s*\([^)]*\)", "", title.replace("_", " "))
    whole = re.fullmatch(r"([A-Z][\w’'-]+(?: [A-Z][\w’'-]+)?), [A-Z]\w+(?: [A-Z]\w+)?", title)
    return whole[1] if whole else title


def _beside(text: str, one: _Mention, other: _Mention) -> bool:
    """Whether only blanks, hyphens and joining words stand between two names."""
    first, second = sorted((one, other), key=lambda mention: mention.start)
    between = re.findall(r"[^\W\d_]+|[^\w\s-]", text[first.end : second.start].lower())
    return all(word in JOINING for word in between)
