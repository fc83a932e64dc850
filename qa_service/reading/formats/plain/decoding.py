"""Bytes -> text. Labels are often wrong, so what the bytes can be counts before what is said."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

import webencodings
from charset_normalizer import from_bytes

from qa_service.errors import UnreadableDocument
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said, said_of

_BYTE_ORDER_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_WIDE = ("utf_16_le", "utf_16_be", "utf_32_le", "utf_32_be")
# The legacy encodings of the web (WHATWG Encoding Standard, section 4.2) that are told by
# what they spell; those that all but a few letters share with one of these are left out.
_DETECTED = (
    *("cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258"),
    *("iso8859_2", "iso8859_5", "iso8859_7", "cp866", "koi8_r", "koi8_u", "mac_roman"),
    *("gb18030", "big5", "cp932", "euc_jp", "cp949", "cp874"),
)
_STATEFUL = ("iso2022", "iso-2022", "hz", "utf-7", "utf7")
_ESCAPE = re.compile(rb"\x1b\$[@B]")
_SAMPLE = 100_000
MOST_STRANGERS = 100_000
"""A text with more bytes that are no UTF-8 is none; each costs a call."""
# What Western prose has above ASCII. Other signs mean that it is no Windows-1252.
_WESTERN = frozenset(
    "àáâãäåæçèéêëìíîïñòóôõöøùúûüÿßœÀÁÂÃÄÅÆÇÈÉÊËÍÎÑÓÔÖØÚÜŒ"
    "‘’‚“”„–—…€£¥§©®™°·•«»‹›¼½¾²³×±¡¿ºª´\u00a0\u00ad"
)
_BEYOND_LATIN = re.compile("[\u0080-\u009fŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]")
"""What Windows-1252 has and ISO 8859 has not, which has codes for machines there."""
_OF_OTHERS = {
    "cp850": re.compile(r"(?<=[^\W\d_])[„”‚…\ufffd](?=[^\W\d_])|(?<=[a-z])‚|œ(?=\d)"),
    "mac_roman": re.compile(r"(?<=[a-zš])[ŸŠŽ§Õ](?=[a-z])"),
}
"""How words and figures of other character sets look as Windows-1252."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of bytes, and a sentence where some of them had to be read otherwise."""

    text: str
    warning: str = ""

    @property
    def warnings(self) -> tuple[str, ...]:
        """The sentence, as the report of a document takes it."""
        return (self.warning,) if self.warning else ()


def decode(data: bytes, label: str = "") -> str:
    """The text of `decoded`."""
    return decoded(data, label).text


def decoded(data: bytes, label: str = "") -> Decoded:
    """Text of bytes that `label` names the character set of, if anything does.

    By byte order mark; else UTF-8 where the bytes are, but for few of them; else by the
    label as the web standard reads it (ISO-8859-1 is Windows-1252); else by detection.
    Raises UnreadableDocument where the bytes hold control codes that no text has.
    """
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _certain(data, encoding)
    codec = _codec(label)
    if codec.startswith(_STATEFUL) or _ESCAPE.search(data):
        text = _strict(data, codec if codec.startswith(_STATEFUL) else "iso2022_jp")
        if text is not None:
            return Decoded(text)
    if b"\x00" in data:
        return _with_nul(data)
    text = _strict(data, "utf-8")
    return Decoded(text) if text is not None else _not_utf8(data, codec)


def _certain(data: bytes, encoding: str) -> Decoded:
    text = data.decode(encoding, errors="replace")
    lost = 0 if _strict(data, encoding) is not None else text.count("\ufffd")
    return Decoded(text, _lost(lost, encoding))


def _codec(label: str) -> str:
    """Python's name for a label: as the web standard has it, else as Python knows it."""
    found = webencodings.lookup(label.strip().strip("\"'")) if label else None
    if found and found.name not in ("replacement", "x-user-defined"):
        return str(found.codec_info.name)
    try:
        known = codecs.lookup(label.strip()) if label.strip().isascii() else None
    except (LookupError, ValueError):
        return ""
    return known.name if known and known._is_text_encoding else ""


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _with_nul(data: bytes) -> Decoded:
    """UTF-16 or UTF-32 without a mark; else a text in which a byte was lost to NUL."""
    found = from_bytes(data[: _SAMPLE * 4], cp_isolation=list(_WIDE)).best()
    if found:
        wide = _certain(data, found.encoding)
        sample = wide.text[:_SAMPLE]
        usual = [sign for sign in sample if sign <= "\uffff"]
        letters = sum(sign.isalnum() or sign.isspace() for sign in usual)
        if letters > len(sample) / 2 and not any(sign < "\t" for sign in sample):
            return wide
    if data.count(b"\x00") > max(1, len(data) / 1000):
        raise UnreadableDocument(said("not a text file: it holds NUL bytes"))
    return decoded(data.replace(b"\x00", b" "))


def _not_utf8(data: bytes, codec: str) -> Decoded:
    controls = sum(data.count(byte) for byte in range(32) if byte not in b"\t\n\v\f\r\x1a\x1b")
    if controls > len(data) / 100:
        raise UnreadableDocument(said("not a text file: it holds binary data"))
    if (repaired := _repaired(data)) is not None:
        return repaired
    text = _strict(data, codec) if codec else None
    if text is not None and (codec != "cp1252" or _is_western(text)):
        return Decoded(text)
    return _detected(data)


def _detected(data: bytes) -> Decoded:
    western = data.decode("cp1252", errors="replace")
    for encoding in _akin_to(western):
        akin = _strict(data, encoding)
        if akin is not None and _is_western(akin):
            return Decoded(akin)
    if _is_western(western):
        return Decoded(western)
    first = next(place for place, byte in enumerate(data) if byte > 127)
    sample = data[max(0, first - 1000) : first + _SAMPLE]
    found = from_bytes(sample, cp_isolation=list(_DETECTED)).best()
    text = data.decode(found.encoding, errors="replace") if found else western
    return Decoded(text, _lost(text.count("\ufffd"), found.encoding if found else "cp1252"))


def _akin_to(western: str) -> Iterator[str]:
    """The Western character sets that a text may be of which makes strange Windows-1252: with
    signs for money that nobody has ("90 ¤"), quotes within words ("betr„gt", as of DOS), or
    capitals there ("fŸr", as of old Macintoshs)."""
    if "¤" in western and not _BEYOND_LATIN.search(western):
        yield "iso8859_15"
    above = sum(not sign.isascii() for sign in western)
    for encoding, signs in _OF_OTHERS.items():
        if 3 * len(signs.findall(western)) >= above:
            yield encoding


def _is_western(text: str) -> bool:
    """Whether signs above ASCII are nearly all those of Western prose, and its letters few."""
    above = [sign for sign in text if not sign.isascii()]
    accented = sum(sign.isalpha() for sign in above)
    plain = sum(map(str.isalpha, text)) - accented
    return sum(map(_WESTERN.__contains__, above)) >= 0.95 * len(above) and accented <= plain / 2 + 3


def _repaired(data: bytes) -> Decoded | None:
    """UTF-8 in which bytes that are none are read as Windows-1252; None where most are none."""
    first = next(place for place, byte in enumerate(data) if byte > 127)
    for part in (data[first : first + _SAMPLE], data):
        text, strange = _utf8_with_strangers(part)
        if not strange <= sum(not sign.isascii() for sign in text) - strange:
            return None
    return Decoded(text, _lost(strange, N_("UTF-8, and read as Windows-1252")))


def _utf8_with_strangers(data: bytes) -> tuple[str, int]:
    """UTF-8, other bytes as Windows-1252, and how many they are; "" where they are too many."""
    strange = 0

    def western(error: UnicodeError) -> tuple[str, int]:
        nonlocal strange
        assert isinstance(error, UnicodeDecodeError)
        strange += 1
        if strange > MOST_STRANGERS:
            raise error
        bad = error.object[error.start : error.end]
        # More than one byte is a sign cut off within, which spells nothing.
        return (bad.decode("cp1252", "replace") if len(bad) == 1 else "\ufffd"), error.end

    codecs.register_error("qa_service.western", western)
    try:
        return data.decode("utf-8", "qa_service.western"), strange
    except UnicodeDecodeError:
        return "", strange


def _lost(count: int, encoding: str) -> str:
    if not count:
        return ""
    return said_of(
        "%(number)s byte not in %(kind)s", "%(number)s bytes not in %(kind)s", count, kind=encoding
    )
