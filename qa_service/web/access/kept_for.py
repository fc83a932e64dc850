"""For whom a browser keeps what it showed: for who may read as much, not for who comes next.

A page says whose it is, in marks that tell nothing to others. kept_for.js clears what was kept
under marks that the next page does not have all of: of a person who has signed out, whose session
has ended, or who was another.
"""

from __future__ import annotations

import hashlib
import time

from flask import Flask, g
from markupsafe import Markup

from qa_service.nouns.access import Groups
from qa_service.web.access.groups import current_person
from qa_service.web.access.sessions import Person

MARK_LETTERS = 16


def register(app: Flask) -> None:
    """Add what pages say of whom they are for, as attributes of their root."""
    app.jinja_env.globals["kept_for"] = attributes


def attributes() -> Markup:
    """Nothing where everybody may read everything, or the sender was not believed."""
    groups: Groups | None = g.get("groups")
    if groups is None:
        return Markup()
    person = current_person()
    marks = Markup(' data-kept-for="{}"').format(" ".join(marks_of(person, groups)))
    if person is None:
        return marks
    left = max(0, round(person.until - time.time()))
    return marks + Markup(' data-seconds-left="{}"').format(left)


def marks_of(person: Person | None, groups: Groups) -> list[str]:
    """One of the person, if somebody has signed in, and one of each group."""
    told = [f"group {name}" for name in groups]
    told += [f"person {person.id}"] if person else []
    return sorted(hashlib.sha256(each.encode()).hexdigest()[:MARK_LETTERS] for each in told)
