"""Outlook messages (.msg), read with python-oxmsg."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.utils import format_datetime
from io import BytesIO
from typing import Any

from oxmsg import Message

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import Content, Member
from qa_service.reading.formats.mail.markup import markup_blocks
from qa_service.reading.formats.mail.message import SHOWN_HEADERS, mail_content
from qa_service.reading.formats.mail.parts import STUB_SHARE, TextPart


def read_outlook(data: bytes) -> Content:
    """A message as content, as `read_mail` has it."""
    message: Any = Message.load(BytesIO(data))
    stated = {name.title(): one_line(str(value)) for name, value in message.message_headers.items()}
    recipients = ", ".join(
        f"{recipient.name} <{recipient.email_address}>" for recipient in message.recipients
    )
    known = {
        "From": message.sender or "",
        "To": recipients,
        "Date": format_datetime(message.sent_date) if message.sent_date else "",
        "Subject": message.subject or "",
    }
    headers = {name: stated.get(name) or one_line(known.get(name, "")) for name in SHOWN_HEADERS}
    return mail_content("msg", headers, _texts(message), list(_attachments(message)))


def _texts(message: Any) -> list[TextPart]:
    """The plain text, or the web page where there is no more than a stub of plain text."""
    plain = TextPart(message.body or "", markup=False)
    page = TextPart(message.html_body or "", markup=True)
    shown = sum(len(block.text.split()) for block in markup_blocks(page.text))
    return [page] if len(plain.text.split()) * STUB_SHARE < shown else [plain]


def _attachments(message: Any) -> Iterator[Member]:
    for place, attachment in enumerate(message.attachments, start=1):
        yield Member(attachment.file_name or f"attachment-{place}", _reader(attachment))


def _reader(attachment: Any) -> Callable[[], bytes]:
    return lambda: bytes(attachment.file_bytes or b"")
