"""What a text tells by its form -> questions: who says something, what a list is of, when something
was. English only."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_service.answering.suggesting.phrasing import question_about

SPOKEN_BY = re.compile(
    r"^(?P<name>[A-Z][\w’'-]+(?: [A-Z][\w’'-]+){1,3}), [^.;:“”\"\n]{8,100},? (?:said|says|added):",
    re.MULTILINE,
)
"""“Ada Quill, keeper of the lights, said:”, not “The keeper, as all know, said:”."""
_PLURAL = r"[a-z-]+(?:[^s\W]s|ren)"
LIST_OF = re.compile(
    rf"\b(?P<thing>{_PLURAL} (?:for|of) [a-z-]+(?: (?!which|that)[a-z-]+)?)"
    r"(?: (?:which|that))? (?:include|includes|included|are|were):\s*$",
    re.MULTILINE,
)
"""“reasons for delay which include:” before its items, not “Reasons for delay include: fog.”"""
TOOK_PLACE = re.compile(
    r"\bThe (?P<thing>[a-z-]+(?: [a-z-]+)?) (?:took place|was carried out) "
    r"(?:between|from|on|in) [^.\n]*\d{4}"
)
"""“The survey took place between May and June 2021”, not “The survey took place in Ashby.”"""


def questions_of_telling(text: str, place: str = "") -> Iterator[tuple[str, str]]:
    """Each question, with the words of the text that it was made of. When something was is asked
    of the `place` that the text is on alone, where there is one."""
    for found in SPOKEN_BY.finditer(text):
        yield f"What did {found['name']} say?", found.group()
    for found in LIST_OF.finditer(text):
        yield question_about(found["thing"]), found.group().rstrip()
    for found in TOOK_PLACE.finditer(text) if place else ():
        yield f"When did the {found['thing']} in {place} take place?", found.group()
