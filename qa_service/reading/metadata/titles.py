"""Titles: from what a document shows first, else from its file name."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

LONGEST_TITLE_LINE = 90
FROM_FILE_NAME = "file name"
"""Where a title is from that no one declared or printed."""
_FILE_NAME = re.compile(
    r"\.(do[ct][xm]?|pdf|x?html?|txt|rtf|od[tspg]|indd|qxd|p[po][pst]?[xm]|pp[st]|xl[st]?[xmb]?|pub|tmp|temp"
    r"|bak|tex|dvi|ps|eps|ai|p65|pmd|cdr|vsd|fm|xps|rpt|msg|eml|csv|png|jpe?g|tiff?|dwg|pages|key"
    r"|wp[ds]|md|xml|php|aspx?)$",
    re.IGNORECASE,
)
_PROGRAM = (
    r"(?:(?:microsoft|ms)\s+)?(?:office\s+)?(?:word|powerpoint|excel|publisher|visio|outlook|project)"
    r"|google[\s-](?:docs|sheets|slides|forms|drive|dokumente|tabellen|präsentationen)"
    r"|(?:libreoffice|openoffice(?:\.org)?)(?:\s+\w+)?|notepad|wordpad|adobe\s+(?:acrobat|reader)\b.*"
)
_SOFTWARE_PREFIX = re.compile(
    r"^microsoft (office )?(word|powerpoint|excel|publisher|visio|outlook|project) [-–—] ",
    re.IGNORECASE,
)
_BESIDE = re.compile(
    rf"\s+[-–—|]\s+(?:{_PROGRAM})$|\s*[\[(](?:compatibility mode|read-only|repaired"
    r"|kompatibilitätsmodus|schreibgeschützt)[\])]$",
    re.IGNORECASE,
)
"""What the windows of programs show beside a title: "Rules - Google Docs"."""
_COPY = re.compile(
    r"^(?:copy of|kopie von|copie de|copia d[ei])\s+"
    r"|\s+-\s+(?:copy|kopie|copie|copia)\b|\s*\(\d+\)$",
    re.IGNORECASE,
)
_SOFTWARE = re.compile(
    r"^(?:(?:adobe|corel|microsoft|ms|google|apple|apache)\s+)?(?:(?:office\s+)?(?:word|excel|powerpoint"
    r"|publisher|docs|sheets|slides|pages|writer|calc|impress|acrobat\b.*|indesign\b.*"
    r"|illustrator\b.*|photoshop\b.*|pagemaker\b.*|framemaker\b.*|coreldraw\b.*)(?:\s+document)?"
    r"|quarkxpress\b.*|crystal reports?\b.*|jasper ?reports?\b.*|oracle reports?\b.*"
    r"|pdf ?creator\b.*|(?:microsoft )?print to pdf|adobe scan\b.*"
    r"|camscanner\b.*|scanned (?:by|from|with)\b.*"
    r"|ghostscript\b.*|(?:la|pdf)?tex(?: output)?\b.*|wkhtmlto(?:pdf|image)\b.*|libreoffice\b.*"
    r"|openoffice\b.*|frontpage\b.*|dreamweaver\b.*|t?c?fpdf\b.*|pandoc\b.*|reportlab\b.*"
    r"|html2pdf\b.*|canva|xerox\b.*|scansoft\b.*|omnipage\b.*|kyocera\b.*|ricoh\b.*|about:blank|chrom(?:e|ium)|firefox|normal"
    r"|(?:remote|local) downlevel document|.*\bredirected printer doc)$",
    re.IGNORECASE,
)
_TEMPORARY = re.compile(
    r"^~\S*$|^tmp[\w.-]*$|^temp(?:file|[\d_.-][\w.-]*|\w*\d[\w.-]*)?$"
    r"|^(?:wr[dl]|mso|ole|lu|sv)[\da-f]*\d[\da-f]*$|^(?:skmbt|skm|bc|img|dsc|dscn|scan|km)[_-]?\w*\d{3,}[\w.-]*$"
    r"|^(?:screenshot|screen shot|bildschirmfoto|whatsapp image) \S*\d"
    r"|^[{(]?[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){2,}[0-9a-f]*[})]?$|^(?:[a-z]:)?[\\/]\S+"
    r"|^(?:file|https?):",
    re.IGNORECASE,
)
_NEW = (
    r"untitled|unbenannte?[nrs]?|ohne titel|sans (?:titre|nom)|sin (?:título|nombre)"
    r"|senza (?:titolo|nome)"
    r"|sem (?:título|nome)|naamloo[sz]e?|zonder titel|namnlöst?|bez (?:tytułu|nazwy)"
)
"""Nothing is named yet, in the languages of the mail reader."""
_THING = (
    r"document|dokument|documento|doc|dok|file|slide|folie|diapositiv[ae]|dia|page|seite|pagina|página"
    r"|book|workbook|mappe|arbeitsmappe|classeur|libro|cartel|map|arbetsbok|skoroszyt|sheet|tabelle"
    r"|feuil|hoja|foglio|blad|presentation|präsentation|présentation|presentación|presentazione"
    r"|presentatie|prezentacja|layout|scan|scanned document|img|image|form|index|output|home|title"
    r"|titel|titre|título|titolo|print|druck(?:en)?|imprimer|imprimir|stampa"
)
_PLACEHOLDER = re.compile(
    rf"^(untitled.*|(?:[\w-]+ ){{0,3}}(?:{_NEW})(?: [\w-]+)?[\s_-]*\d*|(?:{_THING})[\s_-]*\d*"
    r"|(?:new|blank|neues?|nouve(?:au|lle)|nuevo|nuovo|leeres)? ?(?:microsoft )?(?:office )?"
    r"(?:word|excel|powerpoint|text|pdf)?[ -]?(?:page|document|dokument|documento|workbook"
    r"|presentation|präsentation|spreadsheet|worksheet|blank|leer|vide)"
    r"(?: microsoft (?:word|excel|powerpoint))?[\s_-]*\d*"
    r"|(?:présentation|presentación de|presentazione standard di|presentazione) powerpoint"
    r"|(?:page|seiten)[ -]?tite?le?|welcome(?: to adobe golive.*)?|vorlage|modèle|plantilla|modello"
    r"|final (?:version|draft|copy)|v(?:ersion)? ?\d[\d.]*"
    r"|[\[<(]?(?:(?:type|enter|insert|add|click to (?:add|edit))\b.*\btitle\b.*"
    r"|(?:document )?title)[\])>]?"
    r"|print (?:preview|view|version|this page|document|job)|druck(?:ansicht|vorschau)"
    r"|\(?(?:anonymous|unspecified)\)?|lorem ipsum\b.*"
    r"|no title|unknown|none|null|default|(full|print|microsoft) page.*)$"
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


def without_program(title: str) -> str:
    """A title without the name of the program that showed it: "Rules" of "Rules - Google Docs"."""
    return _BESIDE.sub("", title)


def is_meaningful_title(title: str) -> bool:
    """Whether a title kept as a document property was chosen by a person.

    Takes "Apple fair"; not the name of a file, or of the program that made it.
    """
    title = _COPY.sub("", without_program(" ".join(title.split())))
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
