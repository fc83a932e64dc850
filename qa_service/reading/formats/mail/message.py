"""Mail messages (.eml): headers, the words of the body, attachments as files within."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable, Iterable, Iterator
from email.message import EmailMessage, Message
from email.utils import parsedate_to_datetime

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import Block, Content, FoundDate, Member
from qa_service.reading.formats.pages.html import read_html
from qa_service.reading.formats.plain.text import text_blocks

SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")


def read_mail(data: bytes) -> Content:
    """A message as content. Its subject is the title, its date the day it was sent."""
    if data.startswith(b"From "):  # a mailbox's separator is no header
        data = data.partition(b"\n")[2]
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.default)
    headers = {name: _header(message, name) for name in SHOWN_HEADERS}
    attached = list(_attachments(message))
    return mail_content("mail", headers, tuple(_body(message)), attached)


def mail_content(
    kind: str, headers: dict[str, str], body: tuple[Block, ...], attached: list[Member]
) -> Content:
    """A message of any format as content; `headers` has all of `SHOWN_HEADERS`.

    Pictures are named but not read: in mail they are logos and signatures.
    """
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    if attached:
        lines.append(f"Attachments: {', '.join(member.name for member in attached)}")
    return Content(
        kind,
        (Block("paragraph", "\n".join(lines)), *body) if lines else body,
        title=headers["Subject"] or None,
        date=_sent(headers["Date"]),
        metadata={"author": headers["From"]},
        members=tuple(member for member in attached if not _is_picture(member.name)),
    )


def html_blocks(page: str) -> tuple[Block, ...]:
    """The blocks of a message that is a web page."""
    return read_html(page.encode("utf-8", "replace")).blocks if page.strip() else ()


def _header(message: Message, name: str) -> str:
    try:
        return one_line(str(message.get(name, "")))
    except (ValueError, IndexError, AttributeError, TypeError):
        # The library gives up on some malformed headers; their raw text still tells.
        raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
        return one_line(str(raw))


def _sent(date: str) -> FoundDate | None:
    try:
        return FoundDate(parsedate_to_datetime(date).date().isoformat(), "mail header Date")
    except ValueError:
        return None


def _body(message: EmailMessage) -> Iterable[Block]:
    """The blocks of the plain text, or of the web page where there is no plain text."""
    part = message.get_body(("plain", "html"))
    if part is None or part.is_multipart():
        return ()
    text = _text(part)
    if part.get_content_type() == "text/html":
        return html_blocks(text)
    return text_blocks(text)


def _text(part: Message) -> str:
    """The words of a part; of a character set that nobody knows, as far as they go."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return str(part.get_payload())
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return data.decode("cp1252", "replace")


def _attachments(message: EmailMessage) -> Iterator[Member]:
    body = message.get_body(("plain", "html"))
    for part in message.walk():
        name = part.get_filename()
        if part is body or (part.is_multipart() and part.get_content_type() != "message/rfc822"):
            continue
        if name or part.get_content_disposition() == "attachment":
            kind = part.get_content_subtype()
            yield Member(one_line(name or f"attachment.{kind}"), _reader(part))


def _reader(part: Message) -> Callable[[], bytes]:
    def read() -> bytes:
        data = part.get_payload(decode=True)
        if isinstance(data, bytes):
            return data
        inner = part.get_payload()
        first = inner[0] if isinstance(inner, list) and inner else None
        return first.as_bytes() if isinstance(first, Message) else b""

    return read


def _is_picture(name: str) -> bool:
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".ico"))
