"""What kind of file bytes are, by their content; the ending only tells text formats apart."""

from __future__ import annotations

import json
import re
import zipfile
from io import BytesIO
from pathlib import PurePosixPath

import olefile

from qa_service.errors import UnreadableDocument
from qa_service.reading.formats.plain.decoding import decode
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")
_SAMPLE = 65_536
_TEXT_ENDINGS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".csv": "csv",
    ".tsv": "csv",
    ".eml": "mail",
}
_PACKAGE_PARTS = {
    "word/document.xml": "docx",
    "ppt/presentation.xml": "pptx",
    "xl/workbook.xml": "spreadsheet",
    "xl/workbook.bin": "spreadsheet",
}
_PACKAGE_TYPES = {
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.oasis.opendocument.presentation": "odp",
    "application/vnd.oasis.opendocument.spreadsheet": "spreadsheet",
    "application/epub+zip": "epub",
}
_COMPOUND_STREAMS = {
    "__properties_version1.0": "outlook",
    "WordDocument": "legacy text",
    "PowerPoint Document": "legacy slides",
    "PP40": "legacy slides",
    "Workbook": "spreadsheet",
    "Book": "spreadsheet",
}
_USUAL_ENDINGS = {
    "pdf": (".pdf",),
    "docx": (".docx", ".docm", ".dotx"),
    "pptx": (".pptx", ".pptm", ".ppsx", ".potx"),
    "spreadsheet": (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"),
    "odt": (".odt", ".ott"),
    "odp": (".odp",),
    "epub": (".epub",),
    "rtf": (".rtf",),
    "outlook": (".msg",),
    "html": (".html", ".htm", ".xhtml"),
    "zip": (".zip",),
    "image": (".png", ".jpg", ".jpeg", ".tif", ".tiff"),
}
_LEGACY_ENDINGS = (".doc", ".dot", ".wpd", ".wp", ".wps", ".wri", ".sxw", ".lwp")
_SIGNATURES = (
    (b"{\\rtf", "rtf"),
    (b"\xffWPC", "legacy text"),
    (b"\xdb\xa5\x2d\x00", "legacy text"),
    (b"\x31\xbe\x00\x00", "legacy text"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
)
_UNREAD = (
    (b"\x1f\x8b", N_("a gzip archive; unpack it, or pack its files as .zip")),
    (b"BZh", N_("a bzip2 archive; unpack it, or pack its files as .zip")),
    (b"\xfd7zXZ", N_("an xz archive; unpack it, or pack its files as .zip")),
    (b"7z\xbc\xaf", N_("a 7z archive; unpack it, or pack its files as .zip")),
    (b"Rar!", N_("a rar archive; unpack it, or pack its files as .zip")),
    (b"GIF8", N_("a picture; put it into a PDF")),
    (b"\x7fELF", N_("a program, which holds no text to search")),
    (b"MZ", N_("a program, which holds no text to search")),
)
_HEADER_LINE = re.compile(r"^(?:From [^\n]*\n)?(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MAIL_HEADER = re.compile(
    r"^(?:from|to|subject|received|message-id|mime-version|delivered-to|return-path):",
    re.IGNORECASE | re.MULTILINE,
)
_HTML = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html[\s>])", re.IGNORECASE | re.DOTALL
)
_XML = re.compile(r"\s*<\?xml\b", re.IGNORECASE)


def kind_of(data: bytes, name: str) -> str:
    """The name of a reader for these bytes, one of `READERS`.

    Raises UnreadableDocument for an empty file and for kinds that nothing reads.
    """
    if not data:
        raise UnreadableDocument(said("no text: the file is empty"))
    if _is_pdf(data):
        return "pdf"
    if data.startswith(ZIP_SIGNATURES):
        return _package_kind(data)
    if data.startswith(olefile.MAGIC):
        return _compound_kind(data)
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    for signature, what in _UNREAD:
        if data.startswith(signature) and b"\x00" in data[:_SAMPLE]:
            raise UnreadableDocument(said("not read: %(what)s", what=what))
    return _text_kind(data, PurePosixPath(name).suffix.lower())


def _is_pdf(data: bytes) -> bool:
    """Whether a PDF begins in the first 1,024 bytes (ISO 32000-1, annex H), and is not named."""
    at = data.find(b"%PDF-", 0, 1024)
    begins = at >= 0 and not data[:at].strip(b"\xef\xbb\xbf\0 \t\r\n")
    return begins or (at > 0 and b"endobj" in data)


def ending_warning(kind: str, name: str) -> str:
    """A sentence where the ending of a file names another kind than its content is."""
    ending = PurePosixPath(name).suffix.lower()
    named = next((known for known, all_of in _USUAL_ENDINGS.items() if ending in all_of), kind)
    return (
        ""
        if named == kind
        else said(
            "the ending is %(ending)s, but the content is %(kind)s; read so",
            ending=ending,
            kind=kind,
        )
    )


def _package_kind(data: bytes) -> str:
    """The kind of a zip file: an office document, a book, or a plain archive."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = set(package.namelist())
            if "mimetype" in names:
                declared = package.read("mimetype")[:200].decode("ascii", "replace").strip()
                for known, kind in _PACKAGE_TYPES.items():
                    if declared.startswith(known):
                        return kind
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError) as error:
        raise UnreadableDocument(
            said("not a sound zip-based file (%(error)s); open it and save it anew", error=error)
        ) from error
    return next((kind for part, kind in _PACKAGE_PARTS.items() if part in names), "zip")


def _compound_kind(data: bytes) -> str:
    """The kind of a file in the container of older office software."""
    try:
        with olefile.OleFileIO(data) as compound:
            streams = {path[0] for path in compound.listdir()}
    except (OSError, ValueError, TypeError, IndexError) as error:
        raise UnreadableDocument(
            said("not a sound office file (%(error)s); open it and save it anew", error=error)
        ) from error
    if "EncryptedPackage" in streams:
        raise UnreadableDocument(said("the file is encrypted; save a copy without a password"))
    for stream, kind in _COMPOUND_STREAMS.items():
        if stream in streams:
            return kind
    raise UnreadableDocument(said("an office file of a kind that is not read; save it as PDF"))


def _text_kind(data: bytes, ending: str) -> str:
    try:
        text = decode(data)
    except UnreadableDocument:
        if ending in _LEGACY_ENDINGS:
            return "legacy text"
        if ending == ".eml":
            return "mail"  # Below headers in ASCII its body may be of any signs.
        raise
    head = text[:_SAMPLE].lstrip("\ufeff")
    if _HTML.match(head):
        return "html"
    if _XML.match(head):
        return "html" if re.search(r"<html[\s>]", head[:2000], re.IGNORECASE) else "xml"
    if ending not in (".md", ".markdown") and _is_mail(head):
        return "mail"
    records = ending in (".json", ".jsonl", ".ndjson") or head.lstrip()[:1] in ("{", "[")
    if records and _is_json(text, ending):
        return "json"
    return _TEXT_ENDINGS.get(ending, "text")


def _is_mail(head: str) -> bool:
    """Whether a text opens with the header lines of a mail message."""
    found = _HEADER_LINE.match(head.replace("\r\n", "\n").lstrip())
    return found is not None and len(set(_MAIL_HEADER.findall(found[0]))) >= 2


def _is_json(text: str, ending: str) -> bool:
    """Whether a text is one JSON value, or a value a line in a file named so."""
    parts = text.splitlines()[:1] if ending in (".jsonl", ".ndjson") else [text]
    try:
        for part in parts:
            json.loads(part)
    except (ValueError, RecursionError):
        return False
    return True
