"""The sentences that every readable format shares."""

from __future__ import annotations

from qa_service.translation.catalogue import N_, _
from qa_service.web.export.transcript import CitedQuote, DocumentLink, Gap, Transcript
from qa_service.web.wording.places import human_date

HOW_TO_CHECK = N_(
    "The address of each quote opens its place in the source, where it can be checked."
)
ALSO_IN = N_("Also in:")


def origin(transcript: Transcript) -> str:
    """Where the file came from, and what its quotes are."""
    return " ".join((exported_words(transcript.exported, transcript.site), _(HOW_TO_CHECK)))


def exported_words(day: str, site: str) -> str:
    """When and where a file was made."""
    return _("Exported from %(site)s on %(day)s.", day=human_date(day), site=site)


def place(citation: CitedQuote) -> str:
    """Date, page and heading, in the order in which a reader looks them up."""
    page = _("page %(number)s", number=citation.page) if citation.page else None
    parts = (human_date(citation.date), page, citation.heading)
    return ", ".join(part for part in parts if part)


def source(citation: CitedQuote) -> str:
    """The file, its version and the place in its text."""
    return _(
        "%(file)s, version sha256 %(version)s, characters %(start)s to %(end)s",
        file=citation.source,
        version=citation.version,
        start=citation.start,
        end=citation.end,
    )


def gap(entry: Gap) -> str:
    """A date of a comparison for which nothing was found."""
    return _(
        "%(day)s, %(title)s: nothing close enough", day=human_date(entry.date), title=entry.title
    )


def also_in(link: DocumentLink) -> str:
    """Another document that says the same."""
    return f"{link.title}, {human_date(link.date)}"
