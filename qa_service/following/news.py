"""What is new on the questions that are followed, and sending it on: to a webhook, by mail."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from http.client import HTTPException
from urllib.error import HTTPError
from urllib.parse import unquote, urljoin, urlsplit
from urllib.request import Request, urlopen

from qa_service.contract.parts import permalink
from qa_service.errors import FollowingError
from qa_service.following.answering_documents import Ask, AskedDocument, asked_documents
from qa_service.following.followed_questions import FollowedQuestion
from qa_service.nouns.answers import Citation
from qa_service.nouns.dates import date_in_words
from qa_service.nouns.documents import DocumentSummary
from qa_service.nouns.questions import Question
from qa_service.plain_names import plain_name

SECONDS = 30
SMTP_PORTS = {"smtp": 587, "smtps": 465}


@dataclass(frozen=True, slots=True)
class News:
    """The places of new documents that answer a followed question, newest first."""

    question: str
    places: tuple[Citation, ...]


def news_on(ask: Ask, followed: FollowedQuestion, documents: Sequence[DocumentSummary]) -> News:
    """What the documents say that the question was not asked of before."""
    new = {document.id for document in followed.new_among(documents)}
    before = [AskedDocument(document) for document in documents if document.id not in new]
    asked = asked_documents(ask, Question(followed.text), documents, before=before) if new else ()
    return News(followed.text, tuple(item.place for item in asked if item.place))


def place_address(place: Citation, site: str) -> str:
    """The whole address of a place, below that of the server."""
    return urljoin(site, permalink(place.document, place.start, place.end))


def news_text(news: Sequence[News], site: str) -> str:
    """The news as text: each question, below it each quote with its document and address."""
    return "\n\n".join("\n\n".join([item.question, *_quotes(item, site)]) for item in news)


def _quotes(news: News, site: str) -> list[str]:
    return [
        f"  “{' '.join(place.quote.split())}”\n"
        f"  {place_words(place)}\n"
        f"  {place_address(place, site)}"
        for place in news.places
    ]


def place_words(place: Citation) -> str:
    """Title, date and page of a place, in one line."""
    date = date_in_words(place.document.date) if place.document.date else "date unknown"
    page = f"page {place.page}" if place.page else ""
    return ", ".join(filter(None, [plain_name(place.document.title), date, page]))


def post_json(address: str, data: bytes) -> None:
    """Posts JSON to a webhook. Raises FollowingError where it is not taken."""
    headers = {"Content-Type": "application/json", "User-Agent": "qa-service"}
    request = Request(address, data, headers, method="POST")
    if request.type not in ("http", "https"):
        raise FollowingError(f"alerts_webhook is {address!r}; give an http or https address")
    try:
        urlopen(request, timeout=SECONDS, context=ssl.create_default_context()).close()
    except HTTPError as error:
        raise FollowingError(f"the webhook answered {error.code} {error.reason}") from error
    except (OSError, HTTPException) as error:
        reason = getattr(error, "reason", None) or error
        raise FollowingError(f"the webhook cannot be reached: {reason}") from error


def send_mail(server: str, sender: str, receivers: Sequence[str], subject: str, text: str) -> None:
    """Sends a message by an SMTP server, "smtps://name:password@mail.example.org:465".

    By "smtp://" the connection is encrypted where the server offers that, and always before
    a password is sent. Raises FollowingError where the message is not taken.
    """
    message = EmailMessage()
    message["Subject"], message["From"] = plain_name(subject), sender
    message["To"] = ", ".join(receivers)
    message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain=_host_of(sender))
    message.set_content(text)
    try:
        with _connected(server) as connection:
            connection.send_message(message)
    except (OSError, smtplib.SMTPException) as error:
        raise FollowingError(f"the mail cannot be sent: {error}") from error


def _host_of(sender: str) -> str:
    """What stands behind the @ of an address, which may stand behind a name."""
    return parseaddr(sender)[1].rpartition("@")[2] or "localhost"


def _connected(server: str) -> smtplib.SMTP:
    parts = urlsplit(server)
    if parts.scheme not in SMTP_PORTS or not parts.hostname:
        raise FollowingError("smtp_server must be smtp://HOST or smtps://HOST; a port may follow")
    host, port = parts.hostname, parts.port or SMTP_PORTS[parts.scheme]
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        connection: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=SECONDS, context=context)
    else:
        connection = smtplib.SMTP(host, port, timeout=SECONDS)
        connection.ehlo()
        if parts.username or connection.has_extn("starttls"):
            connection.starttls(context=context)
    if parts.username:
        connection.login(unquote(parts.username), unquote(parts.password or ""))
    return connection
