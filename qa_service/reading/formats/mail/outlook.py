"""Outlook messages (.msg), read with python-oxmsg."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from email.utils import format_datetime
from io import BytesIO
from typing import Any

from oxmsg import Message

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import Block, Content, Member
from qa_service.reading.formats.mail.message import SHOWN_HEADERS, html_blocks, mail_content
from qa_service.reading.formats.plain.text import text_blocks


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
    return mail_content("msg", headers, _body(message), list(_attachments(message)))


def _body(message: Any) -> tuple[Block, ...]:
    if (message.body or "").strip():
        return text_blocks(message.body)
    return html_blocks(message.html_body or "")


def _attachments(message: Any) -> Iterator[Member]:
    for place, attachment in enumerate(message.attachments, start=1):
        yield Member(attachment.file_name or f"attachment-{place}", _reader(attachment))


def _reader(attachment: Any) -> Callable[[], bytes]:
    return lambda: bytes(attachment.file_bytes or b"")
