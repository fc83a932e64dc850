"""Mail messages (.eml) and mailboxes: headers, the writer's words, what is attached or quoted."""

from __future__ import annotations

import codecs
import email
import email.policy
import re
from collections.abc import Iterable
from email.utils import parsedate_to_datetime

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.content import Block, Content, FoundDate, Member
from qa_service.reading.formats.mail.days import written_day
from qa_service.reading.formats.mail.markup import markup_blocks, quoted_text
from qa_service.reading.formats.mail.parts import TextPart, header_text, parts_of
from qa_service.reading.formats.mail.quoting import Quoted, own_and_quoted
from qa_service.reading.formats.plain.decoding import decode
from qa_service.reading.formats.plain.text import text_blocks
from qa_service.reading.metadata.dates import created_date
from qa_service.translation.sentences import said

SHOWN_HEADERS = ("From", "To", "Cc", "Date", "Subject")
QUOTED_LINE = "X-Quoted-As"
"""A header of ours: the line that tells who wrote what a reply quotes."""
LONGEST_HEAD = 400
"""So many bytes at the top of a message tell in which signs it was saved."""
_WIDE_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_NEXT_MESSAGE = re.compile(rb"\n\r?\n(?=From [^\n]{5,200}\d{4}\r?\n[A-Za-z-]+:)")


def read_mail(data: bytes) -> Content:
    """A message as content. Its subject is the title, its date the day it was sent."""
    data = _with_narrow_signs(data)
    if data.startswith(b"From "):  # a mailbox's separator is no header
        messages = _NEXT_MESSAGE.split(data)
        if len(messages) > 1:
            return Content("mailbox", (), members=tuple(map(_boxed, messages)))
        data = data.partition(b"\n")[2]
    message = email.message_from_bytes(data.lstrip(), policy=email.policy.compat32)
    headers = {name: header_text(message, name) for name in SHOWN_HEADERS}
    parts = list(parts_of(message))
    texts = [part for part in parts if isinstance(part, TextPart)]
    attached = [part for part in parts if isinstance(part, Member)]
    label = header_text(message, QUOTED_LINE)
    return mail_content("mail", headers, texts, attached, label)


def _with_narrow_signs(data: bytes) -> bytes:
    """A message that was saved in UTF-16 or UTF-32 as a whole, in UTF-8; others as they are."""
    head = data[:LONGEST_HEAD]
    wide = head.startswith(_WIDE_MARKS) or head.count(b"\0") > len(head) / 4
    return decode(data).encode("utf-8", "replace") if wide else data


def mail_content(
    kind: str,
    headers: dict[str, str],
    texts: Iterable[TextPart],
    attached: list[Member],
    label: str = "",
) -> Content:
    """A message of any format as content; `headers` has all of `SHOWN_HEADERS`.

    What it quotes of earlier messages are documents of their own, with their writer and
    date. Pictures are named but not read: in mail they are logos and signatures.
    """
    texts = list(texts)
    body, quoted = _said(texts, headers["Subject"])
    lines = [f"{name}: {value}" for name, value in headers.items() if value]
    if attached:
        lines.append(f"Attachments: {', '.join(member.name for member in attached)}")
    blocks = [Block("heading", label, level=2)] if label else []
    blocks += [Block("paragraph", "\n".join(lines))] if lines else []
    pictures = [member.name for member in attached if _is_picture(member.name)]
    read = [member for member in attached if not _is_picture(member.name)]
    return Content(
        kind,
        (*blocks, *body),
        title=headers["Subject"] or None,
        date=_sent(headers["Date"]),
        metadata={"author": headers["From"]},
        members=(*read, *(_as_message(item, headers["Subject"]) for item in quoted)),
        warnings=(*(warning for part in texts for warning in part.warnings), *_told(pictures)),
    )


def _told(pictures: list[str]) -> tuple[str, ...]:
    return (
        (said("pictures were not read: %(pictures)s", pictures=", ".join(pictures)),)
        if pictures
        else ()
    )


def _said(texts: Iterable[TextPart], subject: str) -> tuple[list[Block], list[Quoted]]:
    """The blocks of the writer's own words, and what is quoted among them."""
    blocks: list[Block] = []
    quoted: list[Quoted] = []
    for part in texts:
        text = quoted_text(part.text) if part.markup else part.text
        marked = markup_blocks(part.text) if text is None else ()
        whole = "\n\n".join(block.text for block in marked) if text is None else text
        own, found = own_and_quoted(whole, subject)
        quoted += found
        # The blocks of a page know more than its text; they do where nothing is taken out.
        blocks += marked if marked and not found else text_blocks(own)
    return blocks, quoted


def _as_message(quoted: Quoted, subject: str) -> Member:
    """What is quoted, as the message it once was."""
    headers = {
        "From": quoted.writer or "an earlier writer",
        "Date": quoted.date,
        "Subject": quoted.subject or subject or "no subject",
        QUOTED_LINE: quoted.label,
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
    }
    lines = [f"{name}: {one_line(value)}" for name, value in headers.items() if value]
    written = "\n".join(["", *lines, "", quoted.text]).lstrip("\n").encode("utf-8", "replace")
    name = quoted.writer.partition("<")[0].strip(' "') or quoted.writer or "an earlier writer"
    dated = f"{quoted.date} {name}".strip().replace("/", "-")
    return Member(f"quoted {dated}.eml", lambda: written)


def _boxed(data: bytes) -> Member:
    message = email.message_from_bytes(data.partition(b"\n")[2], policy=email.policy.compat32)
    name = header_text(message, "Subject").replace("/", "-") or "message"
    return Member(f"{name}.eml", lambda: data)


def _sent(date: str) -> FoundDate | None:
    try:
        found: str | None = parsedate_to_datetime(date).date().isoformat()
    except (ValueError, TypeError, IndexError):
        found = written_day(date)
    found = created_date(found or "")
    return FoundDate(found, said("mail header Date")) if found else None


def _is_picture(name: str) -> bool:
    return name.lower().endswith((".png", ".jpg", ".jpeg", ".gif", ".bmp", ".svg", ".webp", ".ico"))
