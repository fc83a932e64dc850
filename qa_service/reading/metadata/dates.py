"""Dates: what a document declares, or says of itself. A wrong date is worse than none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from qa_service.nouns.dates import MONTHS, YEAR
from qa_service.reading.content import FoundDate
from qa_service.translation.sentences import said

OPENING = 3000
"""Only this many characters from the start are taken for what a document says of itself."""
COVER = 800
"""Only this many characters from the start may hold a date on a line of its own."""

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY = r"(?:(?:mon|tue|tues|wed|wednes|thu|thur|thurs|fri|sat|satur|sun)(?:day)?,?\s+)?"
_DAY = r"[0-3]?\d(?:st|nd|rd|th)?"
_DAY_FIRST = rf"(?:{_DAY}(?:\s+of)?\s+)?{_MONTH},?\s+{YEAR}"
_MONTH_FIRST = rf"{_MONTH}\s+{_DAY},?\s+{YEAR}"
_ISO = rf"{YEAR}-[01]\d-[0-3]\d"
_NUMERIC = rf"[0-3]?\d[/.][0-3]?\d[/.]{YEAR}"
_DATE = rf"{_WEEKDAY}\b(?:{_MONTH_FIRST}|{_DAY_FIRST}|{_ISO}|{_NUMERIC})(?!\d)"
_FIRST_DAY = rf"{_WEEKDAY}(?:{_DATE}|{_DAY}(?:\s+{_MONTH})?|{_MONTH}(?:\s+{_DAY})?)"
_UNTIL = r"\s*(?:to|and|until|through|[-–—])\s*"
_PERIOD = rf"(?:(?:from|between|on|in)\s+)?(?:{_FIRST_DAY}{_UNTIL})?(?P<last>{_DATE})"
_THING = r"(?:report|letter|document|article|page|guidance|statement|guide|news|paper)"
_PUBLISHED = (
    rf"(?:(?:{_THING}\s+|first\s+|originally\s+|date\s+)*published"
    r"|publication\s+date|publication|date\s+of\s+(?:publication|issue|report)|(?:date\s+)?issued"
    r"|report\s+date|release\s+date|date\s+released)"
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
_APPROVED = (
    r"(?:(?:date\s+)?(?:approved|ratified)|date\s+of\s+(?:approval|adoption)|approval\s+date)"
)
_RULES = r"(?:policy|plan|strategy|procedure|code|agreement|scheme|charter)"
_BY = r"(?:\s+by\s+[^\n.:]{1,60}?(?=\s+on\b))?"
_COLON = r"\s*[:–—-]\s*"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE | re.MULTILINE)


# In this order: what is published is dated by that; an inspection by its last day.
_STATEMENTS = (
    _compiled(rf"\b{_PUBLISHED}{_COLON}{_PERIOD}"),
    # The label in a line of its own above the date, or told below it.
    _compiled(rf"^\W*{_PUBLISHED}(?:\s+on)?\W*\n\s*{_PERIOD}$"),
    _compiled(
        rf"^\W*(?P<last>{_DATE})\s*\n\W*(?:(?:this|which|that)\s+(?:is|was)\s+)?(?:the\s+)?"
        rf"(?:day|date)\s+(?:of|on\s+which){_WITHIN_LINE}\b(?:published|publication|issued?)\b"
    ),
    _compiled(rf"^\W*{_PUBLISHED}(?:\s+on)?\s+{_PERIOD}"),
    _compiled(rf"\bthis\s+{_THING}\s+(?:was|is|has\s+been)\s+(?:first\s+)?published\s+{_PERIOD}"),
    _compiled(rf"^\W*(?:dated\s+|dated?{_COLON})?(?P<alone>(?P<last>{_DATE}))$"),
    _compiled(rf"^\W*{_APPROVED}{_BY}(?:\s+on)?(?:{_COLON}|\s+|\W*\n\s*){_PERIOD}\.?$"),
    _compiled(
        rf"\bthis\s+(?:{_THING}|{_RULES})\s+was\s+(?:adopted|approved|agreed|ratified|written|signed)"
        rf"\b{_WITHIN_LINE}?\b{_PERIOD}"
    ),
    _compiled(
        rf"\bversion\s+v?\d[\w.]*,?\s+(?:was\s+)?(?:released|ratified|adopted|approved|dated)"
        rf"(?:\s+on)?\s+{_PERIOD}"
    ),
    _compiled(rf"^\W*minutes\s+of\b{_WITHIN_LINE}?\bheld\b{_WITHIN_LINE}?\b{_PERIOD}"),
    # The day of a meeting in a line of its own below its name.
    _compiled(rf"^\W*minutes\b{_WITHIN_LINE}\n\s*held\b{_WITHIN_LINE}?\b{_PERIOD}"),
    _compiled(rf"\b{_INSPECTED}(?:{_COLON}|\s+|\W*\n\s*){_PERIOD}"),
    _compiled(
        rf"\b(?:between|from)\s+{_FIRST_DAY}{_UNTIL}(?P<last>{_DATE})"
        rf"(?={_WITHIN}{_DOING}{_WITHIN}{_ABOUT})"
    ),
    _compiled(
        rf"{_ABOUT}{_WITHIN}{_DOING}{_WITHIN}"
        rf"\b(?:between|from)\s+{_FIRST_DAY}{_UNTIL}(?P<last>{_DATE})"
    ),
    _compiled(rf"\b{_UPDATED}(?:{_COLON}|\s+){_PERIOD}"),
)
_ONLY = _compiled(rf"{_PERIOD}(?:,?\s+(?:at\s+)?\d\d?[:.]\d\d(?:\s*[ap]m)?)?")
_FOREIGN = _compiled(
    r"\b(?:next|due|payable|payments?|deadline|clos(?:es|ing)|expir\w+|valid|until|before|after|born"
    r"|birth|d\.?o\.?b|events?|starts?|begins?|opens?|opening|takes?\s+place|held|meetings?|effective"
    r"|renew\w*|return|hearing|appointment|arrival|departure|delivery|previous|last|review\s+date"
    r"|review\s+by|anniversary|incorporated|established|founded|apply|exams?|save\s+the\s+date)\b"
    r"|\b(?:by|from|force(?:\s+on)?|noon\s+on)\W*$"
)
"""Of a label beside a date that stands alone: it is the date of something else.

Takes "Next review", "Payment due", "Date of birth"; not "Inspection report"."""
LONGEST_LABEL = 60
_TO_COME = re.compile(r"\b(?:will|shall|should|must|to|may|can|would)\s+be\s*$", re.IGNORECASE)
"""Before "reviewed on 4 May 2024": what has not happened yet."""
_ANOTHER_TIME = re.compile(
    r"\b(previous|last|earlier|prior|next|since|former|initial|first|until|before|after|supersede[sd]?"
    r"|replace[sd]?)\b",
    re.IGNORECASE,
)


def find_date(text: str) -> FoundDate | None:
    """The date that the opening of a canonical text states of itself; None where it doesn't.

    The day of publication counts before the last day of an inspection, and that before
    the last update. Dates of earlier inspections and of other documents do not count.
    """
    opening = text[:OPENING]
    for pattern in _STATEMENTS:
        for stated in pattern.finditer(opening):
            found = parse_date(stated["last"])
            if found and _speaks_of_itself(opening, stated):
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
    """Whether the line above a date, or the sentence below it, says what else it is of."""
    above = opening[: said.start()].rstrip().rpartition("\n")[2]
    below = opening[said.end() :].lstrip().partition("\n")[0]
    sentence = re.split(r"(?<=[.;])\s", below)[0]
    told = re.match(r"\W*(?:is|was|(?:this|that|which)\s+(?:is|was)|\()|date\s+of", sentence, re.I)
    label = above if len(above) <= LONGEST_LABEL and not above.endswith(".") else ""
    beneath = sentence if told and len(sentence) <= 3 * LONGEST_LABEL else ""
    return bool(_FOREIGN.search(label) or _FOREIGN.search(beneath))


def _without_first(label: str) -> str:
    return re.sub(r"\bfirst\s+published\b", "published", label, flags=re.IGNORECASE)


def is_of_another_time(label: str) -> bool:
    """Whether the date beside a label is one of something else than the document.

    Takes "Date of previous inspection" and "Next review"; not "Inspection dates".
    """
    return bool(_FOREIGN.search(label) or _ANOTHER_TIME.search(label))


def only_date(value: str) -> str | None:
    """The date that a value is, or the last day of the period; None where it says more.

    Takes "24 to 28 April 2023" and "on 3 May 2019"; not "signed on 3 May 2019".
    """
    found = _ONLY.fullmatch(value.strip(" ."))
    return parse_date(found["last"]) if found else None


# The files that python-docx and python-pptx begin with were made then, and so say all others;
# reportlab writes the last where it is asked for the same bytes each time.
_TEMPLATES = ("2013-12-23T23:15", "2013-01-27T09:14", "D:20000101000000")
_EPOCHS = ("1601-01-01", "1899-12-30", "1900-01-01", "1904-01-01", "1970-01-01", "1980-01-01")


def created_date(stamp: str) -> str | None:
    """The day of a time of creation; None for that of a template, or of no clock."""
    found = parse_date(stamp)
    if stamp.startswith(_TEMPLATES) or found in _EPOCHS:
        return None
    return found


def parse_date(value: str) -> str | None:
    """The first date in `value` as ISO 8601, as precise as it is; None where there is none.

    Understands ISO dates and times, "24th May 2023", "May 24, 2023", "May 2023", "2023"
    and PDF's "D:20230524…". Of "03/04/2023", which day and month may swap, only the
    year is certain.
    """
    return next(_readings(value.strip().lower()), None)


def _readings(value: str) -> Iterator[str]:
    """What each notation makes of `value`, the most telling first."""
    if found := re.match(rf"(?:d:|(?=\d{{8}}$))({YEAR})([01]\d)([0-3]\d)", value):
        yield from _iso(found[1], found[2], found[3])
    if found := re.search(rf"\b({YEAR})-([01]\d)-([0-3]\d)(?!\d)", value):
        yield from _iso(found[1], found[2], found[3])
    if found := re.search(rf"\b({_DAY})(?:\s+of)?\s+({_MONTH}),?\s+({YEAR})\b", value):
        yield from _iso(found[3], _month_number(found[2]), re.sub(r"\D", "", found[1]))
    elif found := re.search(rf"\b({_MONTH})\s+({_DAY}),?\s+({YEAR})\b", value):
        yield from _iso(found[3], _month_number(found[1]), re.sub(r"\D", "", found[2]))
    elif found := re.search(rf"\b({_MONTH}),?\s+({YEAR})\b", value):
        yield f"{found[2]}-{_month_number(found[1]):02}"
    if found := re.fullmatch(rf"({YEAR})(?:-(0[1-9]|1[0-2]))?", value):
        yield found[0]
    if found := re.search(rf"\b(\d\d?)[/.](\d\d?)[/.]({YEAR})\b", value):
        yield from _numeric(int(found[1]), int(found[2]), found[3])


def _month_number(name: str) -> int:
    return [month[:3].lower() for month in MONTHS].index(name[:3]) + 1


def _numeric(first: int, second: int, year: str) -> Iterator[str]:
    if first == second or first > 12:
        yield from _iso(year, second, first)
    elif second > 12:
        yield from _iso(year, first, second)
    else:
        yield year


def _iso(year: str, month: str | int, day: str | int) -> Iterator[str]:
    """The day in ISO 8601; nothing where the calendar has no such day."""
    try:
        yield date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return
