"""The documents that answer a question as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from html import escape
from uuid import NAMESPACE_URL, uuid5

from feedgenerator import Atom1Feed

from qa_service.following.news import place_address, place_words
from qa_service.nouns.answers import Citation
from qa_service.translation.catalogue import _

MEDIA_TYPE = "application/atom+xml"
_CONTENT = "<blockquote><p>{quote}</p></blockquote><p>{words}{heading}</p>"


@dataclass(frozen=True, slots=True)
class Feed:
    """A question with the places that answer it, newest document first. `site` and `page` are
    the addresses of the server and of the question's answer there, `address` that of the feed
    itself; `updated` is when the index was built."""

    question: str
    places: Sequence[Citation]
    title: str
    site: str
    page: str
    address: str
    updated: datetime


def atom(feed: Feed) -> str:
    """The feed as XML: an entry a document, whose id changes where the document does."""
    written = _Feed(
        title=_xml_text(feed.question),
        link=feed.page,
        description=None,
        subtitle=f"{_('What new documents say, word for word.')} {feed.title}",
        author_name=feed.title,
        feed_url=feed.address,
        feed_guid=_id(feed.site, feed.question),
        updated=feed.updated,
    )
    for place in feed.places:
        document = place.document
        written.add_item(
            title=_xml_text(place_words(place)),
            link=place_address(place, feed.site),
            description=_content(place),
            pubdate=day(document.date or ""),
            unique_id=_id(feed.site, feed.question, document.id, document.version),
        )
    return str(written.writeString("utf-8"))


class _Feed(Atom1Feed):  # type: ignore[misc]
    """The library takes the newest entry's date for the feed's own; a document of an earlier
    date may be new all the same."""

    def latest_post_date(self) -> datetime:
        updated: datetime = self.feed["updated"]
        return updated


def day(date: str) -> datetime:
    """The first moment, in UTC, of a date that may be as short as a year."""
    year, month, number = (*date.split("-"), "1", "1")[:3]
    return datetime(int(year), int(month), int(number), tzinfo=UTC)


def _content(place: Citation) -> str:
    heading = f" · {place.heading_path[-1]}" if place.heading_path else ""
    words = {"quote": place.quote, "words": place_words(place), "heading": heading}
    return _CONTENT.format(**{name: escape(_xml_text(text)) for name, text in words.items()})


def _id(*parts: str) -> str:
    return uuid5(NAMESPACE_URL, "\n".join(parts)).urn


def _xml_text(text: str) -> str:
    """Without the control characters, which cannot stand in XML."""
    return "".join(letter for letter in text if letter.isprintable() or letter in "\n\t")
