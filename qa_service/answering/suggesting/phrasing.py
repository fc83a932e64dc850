"""Headings and sentences of documents -> questions that a person might ask. English only."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qa_service.answering.suggesting.salient import JUDGING
from qa_service.reading.language.known_words import english_words
from qa_service.stems import STOPWORDS, terms

FEWEST_TERMS = 2
MOST_WORDS = 16
MOST_THING_WORDS = 5
MOST_TITLE_LETTERS = 50
MOST_LETTERS_BEFORE = 10
FEWEST_MENTIONS = 3
"""A heading names a thing to ask about where the text around it speaks of it so often."""

DEFINITION = re.compile(r"(?:The |An? )?(?P<subject>[A-Z]?[\w’' -]{3,40}?) (?P<verb>is|are) an? ")
_PRONOUNS = "i you he she it we they this that these those there"
PRONOUNS = frozenset(_PRONOUNS.split())

_POINTING_WORDS = (
    "you he she it we they this these those here its their them your our us his her above below "
    "following afterwards themselves"
)
_POINTING = frozenset(_POINTING_WORDS.split())
_IN_AREA = re.compile(r"\b(?:in|of) this (?:\w+ ){0,2}area\b", re.IGNORECASE)
# What a heading without a question mark looks like, and the question that it stands for.
_SHAPES = (
    (r"How to (?P<rest>.+)", "How do I {rest}?"),
    (r"How (?P<thing>(?:an?|the) .+) works", "How does {thing} work?"),
    (r"How (?P<thing>.+) (?P<verb>are|is) (?P<done>\w+(?:ed|en|wn))", "How {verb} {thing} {done}?"),
    (r"What (?P<thing>(?:an?|the) .+) (?P<verb>is|are)", "What {verb} {thing}?"),
    (r"What (?P<thing>(?:an?|the) .+) (?P<verb>is|are) for", "What {verb} {thing} for?"),
    (r"What (?P<thing>an? .+) does", "What does {thing} do?"),
    (r"What (?P<thing>.+) means", "What does {thing} mean?"),
    (r"What (?P<thing>.+s) mean", "What do {thing} mean?"),
    (r"Who (?P<thing>(?:an?|the) .+) (?P<verb>is|are)", "Who {verb} {thing}?"),
    (r"What (?P<thing>the .+) asks for", "What does {thing} ask for?"),
    (r"What (?P<rest>(?:happens|needs|counts|makes|matters) .+)", "What {rest}?"),
    (r"Who (?P<rest>(?:takes|sits|leads|decides|pays|can|may|must|was|were) .+)", "Who {rest}?"),
)
_HEADINGS = tuple((re.compile(pattern), question) for pattern, question in _SHAPES)
_LISTED = re.compile(r"\W*(?P<subject>[A-Z][\w’' -]{4,40}?): [a-z]")
_DEFINED = re.compile(
    r"(?P<article>An? |)(?P<subject>[\w’'-]+(?: [\w’'-]+){1,2}) (?P<verb>is (?=an? )|are )(?:an? )?"
    r"(?P<kind>[\w-]+(?: [\w-]+){0,3}) (?:that|who|which|where|(?:in|by) which)\b"
)
"""What defines says of what kind a thing is, and which of that kind: “are adults who call”."""
_MARKS = re.compile(r"^[\W\d]+|[\u00b9\u00b2\u00b3\u2070-\u2079]+")
"""A heading's number and the raised signs of its notes."""
_OF_CONTENTS = re.compile(r"[.…\s]\d{1,3}$")
"""How a line of a table of contents ends: with the number of its page."""
_NOT_A_THING = re.compile(
    r"\b(?:what|who|how|why|when|where|which|if|whether|about|one|two|three|four|five|six|seven"
    r"|eight|nine|ten|other|further|introduction|summary|contents|conclusion|background|annex"
    r"|appendix|page|figure|table|contact|questions?|and|or|findings|team|outcome|because|to)\b",
    re.IGNORECASE,
)
_NO_THING_BEGINS = STOPWORDS - {"the", "a", "an"}
_WITHIN_KINDS = {"of", "and"}
_BEFORE_WORDS = (
    "a an the of in for with by on from and or as about between through its their our these those"
)
_BEFORE_THINGS = frozenset(_BEFORE_WORDS.split())
"""Words that a thing stands after in running text, as a verb or a title alone does not."""
_WORD_BEFORE = re.compile(r"\b(\w+)\s$")
_AFTER_THINGS = STOPWORDS | {""}
"""What may follow it, where no further noun does: “the information technology systems”."""


def question_of_heading(heading: str, name: str = "") -> str | None:
    """The question that a heading asks, or stands for; None where that is not clear by itself.

    `name` is that of the place or body the document is about, "" for none.
    """
    if _OF_CONTENTS.search(heading.rstrip()):
        return None
    plain = _MARKS.sub("", heading).strip()
    if name:
        plain = _IN_AREA.sub(f"in {name}", plain)
    asked = plain if plain.endswith("?") else _asked(plain.rstrip(" .:"))
    if asked is None or not _stands_alone(asked):
        return None
    if name and name.lower() not in asked.lower():
        asked = f"{asked.rstrip('?')} in {name}?"
    return asked


def thing_of_heading(heading: str, text: str) -> str | None:
    """The thing that a heading names, as the text speaks of it; None where it does not."""
    thing = re.sub(r"^[\W\d]+", "", heading).rstrip(" .:")
    words = lowered(thing).split()
    if not re.fullmatch(r"[^\W\d][^\W\d’' -]*(?:[ ’'-][^\W\d]+)+", thing):
        return None
    if len(words) > MOST_THING_WORDS or not _stands_alone(thing):
        return None
    if words[0] in _NO_THING_BEGINS or words[-1].endswith(("ed", "ing")):
        return None
    return as_spoken_of(re.sub(r"^(?:the|an?) ", "", thing, flags=re.IGNORECASE), text)


def as_spoken_of(thing: str, text: str, fewest: int = FEWEST_MENTIONS) -> str | None:
    """A thing as running text mostly writes it, with “the” where it mostly has that.

    None where the text speaks of it less often as of a thing, or mostly of one among many (“a
    child needs”).
    """
    if _NOT_A_THING.search(thing):
        return None
    found = list(_mentions_as_thing(thing, text))
    if len(found) < fewest:
        return None
    articles = Counter(before for before, _ in found)
    if 2 * (articles["a"] + articles["an"]) > len(found):
        return None
    [(written, _)] = Counter(written for _, written in found).most_common(1)
    return f"the {written}" if 2 * articles["the"] > len(found) else written


def _mentions_as_thing(thing: str, text: str) -> Iterator[tuple[str, str]]:
    """Of each mention of a thing as of one, the word before it, in small letters, and how it is
    written."""
    there = re.compile(rf"{re.escape(thing)}\b(?![’'-])(?:\s([^\W\d]+))?", re.IGNORECASE)
    for found in there.finditer(text):
        before = _WORD_BEFORE.search(
            text, max(0, found.start() - MOST_LETTERS_BEFORE), found.start()
        )
        first = before[1].lower() if before else ""
        if first in _BEFORE_THINGS and (found[1] or "").lower() in _AFTER_THINGS:
            yield first, text[found.start() : found.start() + len(thing)]


def question_of_title(title: str, heading: str) -> str | None:
    """What a document says of the thing that one of its headings names, where both are short."""
    thing = _MARKS.sub("", heading).strip(" .:")
    if not re.fullmatch(r"[A-Z][a-z]+(?: [a-z]+){0,2}", thing) or title.isupper():
        return None
    words = thing.lower().split()
    if len(title) > MOST_TITLE_LETTERS or _NOT_A_THING.search(f"{title} {thing}"):
        return None
    if words[0] in STOPWORDS or words[0].endswith("ing") or set(words) & _POINTING:
        return None
    return f"What does “{title}” say about {' '.join(words)}?" if thing not in title else None


def question_about(thing: str, name: str = "") -> str:
    """What is said of a thing, in the documents on a place where one is named."""
    where = f" in {name}" if name and name.lower() not in thing.lower() else ""
    return f"What do the documents say about {thing}{where}?"


def question_of_definition(text: str, *, glossary: bool = False) -> str | None:
    """“What is a learning review?” where a sentence, or an entry of a glossary, says it."""
    if glossary:
        listed = _LISTED.match(text)
        return f"What does “{lowered(listed['subject'])}” mean?" if listed else None
    defined = _DEFINED.match(text)
    if defined is None or not _names_a_kind(defined):
        return None
    subject = lowered(defined["subject"])
    words = subject.lower().split()
    if set(words) & (PRONOUNS | STOPWORDS) or words[0] in JUDGING or not _stands_alone(subject):
        return None
    return f"What {defined['verb']}{defined['article'].lower()}{subject}?"


def _names_a_kind(defined: re.Match[str]) -> bool:
    """Whether a sentence says of one thing that it is one of a kind, or of several, several."""
    words = defined["kind"].lower().split()
    one = defined["verb"] == "is "
    agrees = one == _is_one(defined["subject"]) and (one or not _is_one(words[-1]))
    return agrees and not set(words) & (STOPWORDS - _WITHIN_KINDS)


def _is_one(subject: str) -> bool:
    plural = subject.endswith("s") and not subject.endswith("ss")
    return not plural and not subject.lower().endswith(("people", "children"))


def lowered(subject: str) -> str:
    """A subject inside a question: its article, or a common first word that begins no name, in
    small letters."""
    first, blank, rest = subject.partition(" ")
    article = first.lower() in ("a", "an", "the")
    if not article and rest != rest.lower():
        return subject
    common = re.split(r"[-'’]", first.lower())[0] if rest else first.lower()
    return first.lower() + blank + rest if article or common in english_words() else subject


def _asked(heading: str) -> str | None:
    for pattern, question in _HEADINGS:
        if found := pattern.fullmatch(heading):
            return question.format(**found.groupdict())
    return None


def _stands_alone(text: str) -> bool:
    """Whether a text says enough to be understood without what stands around it."""
    pointed = re.sub(r"\bis it like\b", "is", text)
    words = [word.lower() for word in re.findall(r"[\w’']+", pointed)]
    capitals = sum(word.isupper() and len(word) > 1 for word in text.split())
    return (
        len(words) <= MOST_WORDS
        and len(set(terms(text))) >= FEWEST_TERMS
        and not _POINTING & set(words)
        and capitals <= len(words) / 3
    )
