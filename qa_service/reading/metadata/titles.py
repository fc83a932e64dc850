"""Titles: from what a document shows first, else from its file name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

LONGEST_TITLE_LINE = 90
FROM_FILE_NAME = "file name"
"""Where a title is from that no one declared or printed."""
_FILE_NAME = re.compile(
    r"\.(docx?|dotx?|pdf|html?|txt|rtf|odt|indd|qxd|pptx?|xlsx?|pub|tmp|temp|bak|tex|dvi|ps|eps|ai"
    r"|p65|pmd|cdr|vsd|fm|xps|rpt|msg|eml|csv|png|jpe?g|tiff?|dwg|pages|key|wpd|md|xml|php|aspx?)$",
    re.IGNORECASE,
)
_SOFTWARE_PREFIX = re.compile(
    r"^microsoft (office )?(word|powerpoint|excel|publisher|visio|outlook|project) - ",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    r"^(?:(?:adobe|corel|microsoft|ms|google|apple|apache)\s+)?(?:(?:office\s+)?(?:word|excel|powerpoint"
    r"|publisher|docs|sheets|slides|pages|writer|calc|impress|acrobat\b.*|indesign\b.*"
    r"|illustrator\b.*|photoshop\b.*|pagemaker\b.*|framemaker\b.*|coreldraw\b.*)(?:\s+document)?"
    r"|quarkxpress\b.*|crystal reports?\b.*|jasper ?reports?\b.*|oracle reports?\b.*"
    r"|pdf ?creator\b.*"
    r"|ghostscript\b.*|(?:la|pdf)?tex(?: output)?\b.*|wkhtmlto(?:pdf|image)\b.*|libreoffice\b.*"
    r"|openoffice\b.*|frontpage\b.*|dreamweaver\b.*|t?c?fpdf\b.*|pandoc\b.*|reportlab\b.*"
    r"|html2pdf\b.*|about:blank|chrom(?:e|ium)|firefox)$",
    re.IGNORECASE,
)
_TEMPORARY = re.compile(
    r"^~\S*$|^(?:tmp|temp)[\w.-]*$|^[{(]?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){2,}[0-9a-f]*[})]?$|^(?:[a-z]:)?[\\/]\S+"
    r"|^(?:file|https?):",
    re.IGNORECASE,
)
_PLACEHOLDER = re.compile(
    r"^(untitled.*|(document|dokument|slide|page|title|doc|book|workbook|sheet|presentation|layout"
    r"|scan|scanned document|img|image|file|print|new page|new document|form|index|output"
    r"|home)[\s_-]*\d*"
    r"|\(?(?:anonymous|unspecified)\)?"
    r"|no title|unknown|none|null|default|powerpoint presentation|(full|print|microsoft) page.*)$"
    r"|\btemplate\b|\bdraft\b",
    re.IGNORECASE,
)


def readable_title(source: str) -> str:
    """The file name of a POSIX path as words, without its ending."""
    stem = PurePosixPath(source).stem
    words = re.sub(r"[_\s]+|(?<!\d)-|-(?!\d)", " ", stem).strip() or stem
    return words[:1].upper() + words[1:]


def shortened(text: str, longest: int) -> str:
    """`text`, cut after a word and marked with an ellipsis where it is over `longest`."""
    if len(text) <= longest:
        return text
    cut = text[:longest].rsplit(" ", 1)[0].rstrip(" ,;:–-")
    return f"{cut}…"


def is_title_line(line: str) -> bool:
    """Whether a line reads as a title: short, with letters, and no sentence's end."""
    return (
        0 < len(line) <= LONGEST_TITLE_LINE
        and any(character.isalpha() for character in line)
        and not line.endswith((".", ";", ",", ":"))
    )


def is_meaningful_title(title: str) -> bool:
    """Whether a title kept as a document property was chosen by a person.

    Takes "Apple fair"; not the name of a file, or of the program that made it.
    """
    title = title.strip()
    return (
        any(character.isalpha() for character in title)
        and not _FILE_NAME.search(title)
        and not _SOFTWARE_PREFIX.match(title)
        and not _PLACEHOLDER.search(title)
        and not _SOFTWARE.match(title)
        and not _TEMPORARY.match(title)
    )


def words_shown(title: str, text: str) -> bool:
    """Whether every longer word of a title stands in the text."""
    shown = set(re.findall(r"\w{4,}", text.casefold()))
    words = re.findall(r"\w{4,}", title.casefold())
    return bool(words) and all(word in shown for word in words)
