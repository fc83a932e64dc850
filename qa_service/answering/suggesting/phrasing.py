"""Headings and sentences of documents -> questions that a person might ask. English only."""

from __future__ import annotations

import re

from qa_service.reading.language.known_words import english_words
from qa_service.stems import STOPWORDS, terms

FEWEST_TERMS = 2
MOST_WORDS = 16
MOST_THING_WORDS = 5
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
    r"(?P<article>An? |)(?P<subject>[\w’'-]+(?: [\w’'-]+){1,2}) (?P<verb>is|are) (?:an? )?"
    r"[\w-]+(?: [\w-]+){0,2} (?:that|who|which|for|where|in which|made|used|by which)\b"
)
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
    """The thing that a heading names, in small letters, where the text goes on to speak of it."""
    thing = lowered(re.sub(r"^[\W\d]+", "", heading).rstrip(" .:"))
    words = thing.split()
    if not re.fullmatch(r"[^\W\d][^\W\d’' -]*(?:[ ’'-][^\W\d]+)+", thing):
        return None
    if len(words) > MOST_THING_WORDS or _NOT_A_THING.search(thing) or not _stands_alone(thing):
        return None
    if words[0] in _NO_THING_BEGINS or words[-1].endswith(("ed", "ing")):
        return None
    bare = re.sub(r"^(?:the|an?) ", "", thing).lower()
    return thing if text.lower().count(bare) >= FEWEST_MENTIONS else None


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
    if defined is None or (defined["verb"] == "is") != bool(_is_one(defined["subject"])):
        return None
    subject = lowered(defined["subject"])
    if set(subject.lower().split()) & (PRONOUNS | STOPWORDS) or not _stands_alone(subject):
        return None
    return f"What {defined['verb']} {defined['article'].lower()}{subject}?"


def _is_one(subject: str) -> bool:
    return not subject.endswith("s") or subject.endswith("ss")


def lowered(subject: str) -> str:
    """A subject inside a question: its article, or a common first word, in small letters."""
    first, blank, rest = subject.partition(" ")
    common = first.lower() in english_words()
    if not common and rest == rest.lower():
        common = re.split(r"[-'’]", first.lower())[0] in english_words()
    return first.lower() + blank + rest if common else subject


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
