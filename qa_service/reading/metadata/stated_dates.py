"""The date that a document says of itself. A wrong date is worse than none."""

from __future__ import annotations

import re

from qa_service.reading.content import FoundDate
from qa_service.reading.metadata.dates import DATE, FIRST_DAY, PERIOD, UNTIL, parse_date
from qa_service.translation.sentences import said

OPENING = 3000
"""Only this many characters from the start are taken for what a document says of itself."""
COVER = 800
"""Only this many characters from the start may hold a date on a line of its own."""
CLOSING = 600
"""Only this many characters at the end may hold the day on which a document was signed."""

_THING = r"(?:report|letter|document|article|page|guidance|statement|guide|news|paper)"
_PUBLISHED = (
    rf"(?:(?:{_THING}\s+|first\s+|originally\s+|date\s+)*published"
    r"|(?:publication|issue|report|release)\s+date|publication|date\s+released"
    r"|date\s+of\s+(?:publication|issue|report)|(?:date\s+)?issued)"
)
# "Review date" stands for the next review as often as for the last: it does not count.
_INSPECTION = r"(?:inspection|visit|fieldwork|audit|inquiry)"
_INSPECTED = (
    rf"(?:{_INSPECTION}\s+(?:dates?|period)|(?:{_INSPECTION}|review)\s+took\s+place"
    rf"|dates?\s+of\s+(?:this\s+|the\s+)?{_INSPECTION}|inspected(?:\s+on)?)"
)
# Bounded, so that no text takes long to search.
_WITHIN = r"[^.\n]{0,300}"
_WITHIN_LINE = r"[^\n]{0,80}"
_ABOUT = r"\b(?:inspect|review|visit|audit)\w*\b"
_DOING = (
    r"\b(?:took\s+place|looked\s+at|carried\s+out|undertook|undertaken|conducted|visited"
    r"|inspected|reviewed|spoke|met|held)\b"
)
_UPDATED = r"(?:(?:last\s+)?(?:updated|modified|reviewed|revised)(?:\s+on)?|last\s+update)"
_ACTS = r"(?:approval|adoption|sign(?:ature|ing)|agreement|decision|judge?ment|order|letter|notice)"
_DONE = (
    r"(?:(?:date\s+)?(?:approved|ratified|signed|sealed|executed(?:\s+as\s+a\s+deed)?|made|agreed"
    r"|adopted|prepared|created|written|posted|handed\s+down)"
    rf"|date\s+of\s+(?:the\s+|this\s+)?{_ACTS}|(?:{_ACTS}|version|creation)\s+date)"
)
_RULES = r"(?:policy|plan|strategy|procedure|code|agreement|scheme|charter)"
_DEED = r"(?:deed|lease|contract|licen[cs]e|order|notice|will|memorandum|resolution|instrument)"
_BY = r"(?:\s+by\s+(?!\d|\w+day\b)[^\n.:]{1,60}?|\s+at\s+\d\d?[:.]\d\d(?:\s*[ap]\.?m\.?)?)?"
_NAME = r"(?-i:(?!\w+day\b)[A-Z][\w'’.-]*(?:\s+[A-Z][\w'’.-]*){1,3})"
_PLACE = r"(?-i:(?!\w+day\b)[A-Z][\w'’.-]+(?:\s(?!\w+day\b)[A-Z][\w'’.-]+){0,2})"
_MEETING = r"(?:date\s+of\s+(?:the\s+)?meeting|meeting\s+date)"
_COLON = r"\s*[:–—-]\s*"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


# In this order: what is published is dated by that; an inspection by its last day.
_STATEMENTS = (
    _compiled(rf"\b{_PUBLISHED}{_COLON}{PERIOD}"),
    # The label in a line of its own above the date, or told below it.
    _compiled(rf"^\W*{_PUBLISHED}(?:\s+on)?\W*\n\s*{PERIOD}$"),
    _compiled(
        rf"^\W*(?P<last>{DATE})\s*\n\W*(?:(?:this|which|that)\s+(?:is|was)\s+)?(?:the\s+)?"
        rf"(?:day|date)\s+(?:of|on\s+which){_WITHIN_LINE}\b(?:published|publication|issued?)\b"
    ),
    _compiled(rf"^\W*{_PUBLISHED}(?:\s+on)?\s+{PERIOD}"),
    _compiled(rf"\bthis\s+{_THING}\s+(?:was|is|has\s+been)\s+(?:first\s+)?published\s+{PERIOD}"),
    _compiled(rf"^\W*(?:dated\s+|dated?{_COLON}|{_PLACE},\s+)?(?P<alone>(?P<last>{DATE}))$"),
    _compiled(rf"^\W*{_MEETING}(?:{_COLON}|\W*\n\s*)(?P<alone>{PERIOD})$"),
    _compiled(rf"^\W*{_DONE}{_BY}(?:\s+on)?(?:{_COLON}|,?\s+|[ .-]+|\W*\n\s*){PERIOD}{_BY}\.?$"),
    _compiled(
        rf"^\W*(?:(?:posted|written|prepared|published|compiled)\s+)?by\s+{_NAME}"
        rf"(?:,|\s+on|\s*[|–—-])\s+{PERIOD}$"
    ),
    _compiled(rf"^\W*(?:version|v|revision|edition)\.?\s?\d[\w.]*\W{{1,3}}{PERIOD}\W*$"),
    _compiled(
        rf"\bthis\s+(?:{_THING}|{_RULES})\s+was\s+(?:adopted|approved|agreed|ratified|written|signed)"
        rf"\b{_WITHIN_LINE}?\b{PERIOD}"
    ),
    _compiled(
        rf"\bthis\s+(?:{_RULES}|{_DEED})\s+(?:was|is|has\s+been)\s+"
        rf"(?:dated|made|executed|entered\s+into)\s+{PERIOD}"
    ),
    _compiled(
        rf"\bversion\s+v?\d[\w.]*,?\s+(?:was\s+)?(?:released|ratified|adopted|approved|dated)"
        rf"(?:\s+on)?\s+{PERIOD}"
    ),
    _compiled(
        rf"^\W*minutes\s+of\b{_WITHIN_LINE}?\b(?:held\b{_WITHIN_LINE}?|of|on)\b\s*{PERIOD}"
        r"(?!\s+(?:were|was)\b)"
    ),
    _compiled(
        rf"^\W*minutes\b{_WITHIN_LINE}\n(?:[^\n]*\n){{0,4}}?\W*"
        rf"{_MEETING}(?:{_COLON}|\W*\n\s*){PERIOD}$"
    ),
    # The day of a meeting in a line of its own below its name.
    _compiled(rf"^\W*minutes\b{_WITHIN_LINE}\n\s*held\b{_WITHIN_LINE}?\b{PERIOD}"),
    _compiled(rf"\b{_INSPECTED}(?:{_COLON}|\s+|\W*\n\s*){PERIOD}"),
    _compiled(
        rf"\b(?:between|from)\s+{FIRST_DAY}{UNTIL}(?P<last>{DATE})"
        rf"(?={_WITHIN}{_DOING}{_WITHIN}{_ABOUT})"
    ),
    _compiled(
        rf"{_ABOUT}{_WITHIN}{_DOING}{_WITHIN}"
        rf"\b(?:between|from)\s+{FIRST_DAY}{UNTIL}(?P<last>{DATE})"
    ),
    _compiled(rf"\b{_UPDATED}(?:{_COLON}|\s+){PERIOD}"),
)
_AT_THE_END = _compiled(
    r"^\W*(?:(?:signed|sealed)(?:\s+and\s+dated)?[\s:]+|dated[\s:]+"
    rf"|signed(?:\s+(?:for|on\s+behalf\s+of)\s[^\n]{{1,60}}?)?{_BY}(?:,|,?\s+on)\s+"
    r"|signed(?:\s*[:_.…]|\s+by\b|\s*\n)[^\n]{0,80}(?:\n[^\n]{0,60}){0,4}?\bdated?:\s*)"
    rf"{PERIOD}\W*$"
)
"""Takes "Signed: Ann Lee", and below it "Date: 3 May 2021"."""
_FOREIGN = _compiled(
    r"\b(?:next|due|payable|payments?|deadline|clos(?:es|ing)|expir\w+|valid|until|before|after|born"
    r"|birth|d\.?o\.?b|events?|starts?|begins?|opens?|opening|takes?\s+place|held|meetings?|effective"
    r"|renew\w*|return|hearing|appointment|arrival|departure|delivery|previous|last|review\s+date"
    r"|review\s+by|anniversary|incorporated|established|founded|apply|exams?|save\s+the\s+date)\b"
    r"|\b(?:by|from|on|of)\W*$"
)
"""Of a label beside a date that stands alone: it is the date of something else.

Takes "Next review", "Payment due", "Date of birth"; not "Inspection report"."""
_OF_AN_EVENT = _compiled(
    r"^\W*(?:time|times|doors|venue|where|location|tickets?|entry|admission|rsvp)\W*(?::|$)"
)
_OF_MINUTES = _compiled(r"^\W*(?:minutes|agenda|present|apologies|attend(?:ance|ees))\b")
LONGEST_LABEL = 60
_TO_COME = re.compile(r"\b(?:will|shall|should|must|to|may|can|would)\s+be\s*$", re.IGNORECASE)
"""Before "reviewed on 4 May 2024": what has not happened yet."""
_ANOTHER_TIME = re.compile(
    r"\b(previous|last|earlier|prior|next|since|former|initial|first|until|before|after|supersede[sd]?"
    r"|replace[sd]?|templates?)\b",
    re.IGNORECASE,
)


def find_date(text: str) -> FoundDate | None:
    """The date that a canonical text states of itself; None where it doesn't.

    It stands in the opening, or is the day of signing at the end. The day of publication
    counts before the last day of an inspection, and that before the last update. Dates of
    earlier inspections and of other documents do not count.
    """
    for part, patterns in ((text[:OPENING], _STATEMENTS), (text[-CLOSING:], (_AT_THE_END,))):
        for pattern in patterns:
            for stated in pattern.finditer(part):
                found = parse_date(stated["last"])
                if found and _speaks_of_itself(part, stated):
                    words = " ".join(stated[0].split())
                    return FoundDate(found, said('says of itself: "%(words)s"', words=words))
    return None


def _speaks_of_itself(opening: str, said: re.Match[str]) -> bool:
    if "alone" in said.re.groupindex:
        return said.start() < COVER and not _is_of_something_else(opening, said)
    before = re.split(r"[.\n]", opening[: said.start()])[-1]
    if _TO_COME.search(before):
        return False
    # "Last updated" and "first published" are statements of their own, not other times.
    label = said[0][: said.start("last") - said.start()]
    updated = re.match(_UPDATED, label, re.IGNORECASE)
    return not _ANOTHER_TIME.search(before[-60:] + ("" if updated else _without_first(label)))


def _is_of_something_else(opening: str, said: re.Match[str]) -> bool:
    """Whether what stands before a date, above or below it says what else it is of."""
    before = re.sub(_MEETING, "", opening[said.start() : said.start("alone")], flags=re.IGNORECASE)
    above = opening[: said.start()].rstrip().rpartition("\n")[2]
    below = opening[said.end() :].lstrip().partition("\n")[0]
    sentence = re.split(r"(?<=[.;])\s", below)[0]
    told = re.match(r"\W*(?:is|was|(?:this|that|which)\s+(?:is|was)|\()|date\s+of", sentence, re.I)
    if _OF_AN_EVENT.match(below) and not _OF_MINUTES.search(opening):
        return True
    label = above if len(above) <= LONGEST_LABEL and not above.endswith(".") else ""
    beneath = sentence if told and len(sentence) <= 3 * LONGEST_LABEL else ""
    return any(map(_FOREIGN.search, (before, label, beneath)))


def _without_first(label: str) -> str:
    return re.sub(r"\bfirst\s+published\b", "published", label, flags=re.IGNORECASE)


def is_of_another_time(label: str) -> bool:
    """Whether the date beside a label is one of something else than the document.

    Takes "Date of previous inspection" and "Next review"; not "Inspection dates".
    """
    return bool(_FOREIGN.search(label) or _ANOTHER_TIME.search(label))
