"""The parts of a message: its text in order, and what is attached to it."""

from __future__ import annotations

import email.policy
import re
from base64 import b64decode
from binascii import Error as Base64Error
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from email.header import decode_header
from email.message import Message

from qa_service.reading.blocks.canonical import one_line
from qa_service.reading.blocks.losses import FEWEST_WORDS
from qa_service.reading.content import Member
from qa_service.reading.formats.mail.flowed import as_written
from qa_service.reading.formats.mail.markup import markup_blocks
from qa_service.reading.formats.plain.decoding import Decoded, decode, decoded
from qa_service.translation.sentences import said_of

STUB_SHARE, SAID_ALIKE, SAID_OTHERWISE = 3, 0.5, 0.2
"""A plain part with this many times fewer words than the web page beside it is a stub, or one
that is no longer and has a smaller share of the page's words; or next to none of them."""
LEAST_MORE = 0.05
"""Share of a page's words that its plain text must lack to be told."""
_SIGNATURES = frozenset(("pgp-signature", "pkcs7-signature", "x-pkcs7-signature"))
_MESSAGES = frozenset(("message/rfc822", "message/global"))


@dataclass(frozen=True, slots=True)
class TextPart:
    """A text of a message as it is read; `markup` tells a web page from plain text."""

    text: str
    markup: bool
    warnings: tuple[str, ...] = ()


Part = TextPart | Member


def parts_of(message: Message) -> Iterator[Part]:
    """Texts, attachments and messages within, in the order in which a reader meets them.

    Of texts that say the same, the plain one counts unless it is a stub.
    """
    kind = message.get_content_type()
    if kind in _MESSAGES:
        yield _message_within(message)
    elif kind == "multipart/alternative":
        yield from _alternative([list(parts_of(part)) for part in _children(message)])
    elif kind == "message/delivery-status":
        yield TextPart("\n\n".join(str(part) for part in _children(message)), markup=False)
    elif message.is_multipart():
        for part in _children(message):
            yield from parts_of(part)
    elif message.get_content_subtype() not in _SIGNATURES:
        yield _leaf(message, kind)


def header_text(message: Message, name: str) -> str:
    """A header in words, whatever character sets its parts are in or claim to be in."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    value = str(raw).encode("utf-8", "surrogateescape")
    pieces = decode_header(decode(value) if value else "")
    return one_line("".join(_header_piece(*piece) for piece in pieces))


def _header_piece(value: bytes | str, label: str | None) -> str:
    if isinstance(value, str):
        return value
    return decode(value, label) if label else value.decode("raw-unicode-escape")


def _children(message: Message) -> list[Message]:
    payload = message.get_payload()
    return (
        [part for part in payload if isinstance(part, Message)] if isinstance(payload, list) else []
    )


def _alternative(choices: list[list[Part]]) -> Iterator[Part]:
    """The texts of one choice, and the attachments of all."""
    texts = [[part for part in choice if isinstance(part, TextPart)] for choice in choices]
    plain = next((choice for choice in texts if choice and not choice[0].markup), [])
    marked = next((choice for choice in reversed(texts) if any(p.markup for p in choice)), [])
    yield from marked if marked and _is_stub(plain, marked) else _told(plain, marked)
    for choice in choices:
        yield from (part for part in choice if isinstance(part, Member))


def _told(plain: list[TextPart], marked: Iterable[TextPart]) -> Iterator[TextPart]:
    """The plain text, with a warning where the web page beside it has words that it lacks."""
    said = {word for part in plain for word in _words(part.text)}
    shown = _shown(marked)
    more = len([word for word in shown if word not in said])
    warning = said_of(
        "the web page beside the plain text was not read, which has %(number)s word more",
        "the web page beside the plain text was not read, which has %(number)s words more",
        more,
    )
    told = more >= FEWEST_WORDS and more > LEAST_MORE * len(shown)
    for place, part in enumerate(plain):
        more_told = (warning,) if told and not place else ()
        yield replace(part, warnings=(*part.warnings, *more_told))


def _is_stub(plain: Iterable[TextPart], marked: Iterable[TextPart]) -> bool:
    """Whether a plain text does not say what the web page beside it does."""
    said = [word for part in plain for word in _words(part.text)]
    shown = _shown(marked)
    if len(said) * STUB_SHARE < len(shown):
        return True
    alike = len(set(said) & set(shown)) / max(1, len(set(shown)))
    otherwise = alike < SAID_OTHERWISE and len(said) <= STUB_SHARE * len(shown)
    return otherwise or (len(said) <= len(shown) and alike < SAID_ALIKE)


def _shown(marked: Iterable[TextPart]) -> list[str]:
    """The words that web pages show."""
    pages = (markup_blocks(part.text) for part in marked if part.markup)
    return [word for page in pages for block in page for word in _words(block.text)]


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def _leaf(part: Message, kind: str) -> Part:
    name = _name(part)
    if not name and kind in ("text/plain", "text/html") and not _is_attachment(part):
        found = _text(part)
        return TextPart(as_written(part, found.text), kind == "text/html", found.warnings)
    return Member(name or f"attachment.{part.get_content_subtype()}", lambda: _payload(part))


def _is_attachment(part: Message) -> bool:
    return part.get_content_disposition() == "attachment"


def _name(part: Message) -> str:
    try:
        return one_line(part.get_filename() or "")
    except (ValueError, LookupError, TypeError, AttributeError):
        return "attachment"


def _payload(part: Message) -> bytes:
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else b""


def _text(part: Message) -> Decoded:
    """The words of a part, whose label is not believed where its bytes say otherwise."""
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):
        return Decoded(str(part.get_payload()))
    label = part.get_param("charset", "")
    return decoded(data, label if isinstance(label, str) else str(label[-1]))


def _message_within(part: Message) -> Member:
    inner = next(iter(_children(part)), None)
    subject = header_text(inner, "Subject") if inner else ""
    name = _name(part) or f"{subject.replace('/', '-') or 'message'}.eml"
    return Member(name, _inner_reader(part, inner))


def _inner_reader(part: Message, inner: Message | None) -> Callable[[], bytes]:
    def read() -> bytes:
        if inner is None:
            return _payload(part)
        if str(part.get("Content-Transfer-Encoding", "")).strip().lower() == "base64":
            try:
                return b64decode(str(inner.get_payload()), validate=False)
            except Base64Error:
                pass
        # The newer policy folds headers anew and gives up on some; this one leaves them.
        return inner.as_bytes(policy=email.policy.compat32)

    return read
