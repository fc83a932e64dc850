"""Every place that mentions something, as a table to take away."""

from __future__ import annotations

from urllib.parse import urljoin

from qa_service.contract.answers import citation_object
from qa_service.nouns.answers import Citation
from qa_service.nouns.lookups import Mentions
from qa_service.translation.catalogue import _
from qa_service.web.export.as_csv import csv_file
from qa_service.web.wording.places import spot_words


def mentions_file(found: Mentions, site: str) -> bytes:
    """A line for each place: its document, where in it, its words and their address."""
    columns = [_("document"), _("date"), _("place"), _("quote"), _("address")]
    return csv_file(columns, (_line(citation, site) for citation in found.citations))


def _line(citation: Citation, site: str) -> list[str]:
    place = citation_object(citation)
    address = urljoin(site, place["permalink"])
    return [place["title"], place["date"] or "", spot_words(place), place["quote"], address]
