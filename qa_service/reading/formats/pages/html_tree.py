"""Element trees -> blocks: HTML's own tags and those of the extractor's trees alike."""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Iterator

from qa_service.reading.content import Block
from qa_service.reading.formats.pages.html_links import Element, leads_on
from qa_service.reading.formats.pages.unseen import STRUCK, mark_looks
from qa_service.reading.formats.plain.tables import are_labels, label_blocks, table_blocks
from qa_service.reading.metadata.titles import is_title_line

_LISTS = frozenset(("ul", "ol", "list"))
_CONTAINERS = _LISTS | {"html", "body", "main", "article", "section", "div", "header", "footer"}
_CONTAINERS |= {
    "aside",
    "nav",
    "form",
    "fieldset",
    "figure",
    "dl",
    "blockquote",
    "quote",
    "details",
}
_TEXT_BLOCKS = frozenset(("p", "pre", "code", "dt", "dd", "figcaption", "address", "summary", "ab"))
_ITEMS = frozenset(("li", "item"))
_ROWS = frozenset(("tr", "row"))
_CELLS = frozenset(("td", "th", "cell"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6", "head"))
_BOLD = ("strong", "b", "hi")
_STRUCK = ("del", "s", "strike")
LONGEST_HEADING, LOWEST_LEVEL = 60, 6
_BLOCKS = _CONTAINERS | _TEXT_BLOCKS | _ITEMS | _ROWS | HEADINGS | {"table"}
_SCRIPTS = frozenset(("script", "style", "noscript", "template", "svg", "iframe", "object", "head"))
_CONTROLS = frozenset(("form", "select", "button", "input", "textarea", "dialog"))
_NOT_TEXT = _SCRIPTS | _CONTROLS | {"nav", "footer", "aside"}
_OWN_NUMBER = re.compile(r"(?:-?\d{1,4}|[a-z]|[ivxlc]{2,7})\. ", re.IGNORECASE)
_BOILERPLATE = re.compile(
    r"(?:^|[\s_-])(cookies?|consent|gdpr|breadcrumbs?|navbar|navigation|menu|sidebar|skip-?link"
    r"|social|share|newsletter|advert|footer)(?:$|[\s_-])",
    re.IGNORECASE,
)


FEWEST_WORDS = 12
"""Of a paragraph that tells text from the parts that arrange a page."""


def without_boilerplate(page: Element) -> Element:
    """A copy of a page without scripts, navigation, banners, forms and hidden parts."""
    mark_looks(page)
    return without(page, is_boilerplate)


def without(page: Element, unwanted: Callable[[Element], bool]) -> Element:
    """A copy of a page without the elements of which this holds, and all they contain."""
    page = copy.deepcopy(page)
    for element in list(page.iter()):
        if element.getparent() is not None and unwanted(element):
            element.drop_tree()
    return page


def is_boilerplate(element: Element) -> bool:
    """Whether an element is no part of a page's main text, or not to be seen on it."""
    tag = element.tag
    if not isinstance(tag, str):
        return True
    if tag in ("html", "body", "main", "article"):
        return False
    if tag in _NOT_TEXT or is_hidden(element) or is_struck(element):
        return True
    if element.get("role") == "navigation":
        return True
    if tag == "header" and not any(element.iterancestors("main", "article")):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"
    named = tag in ("div", "section", "ul") and bool(_BOILERPLATE.search(names))
    return named and not is_box(element)


def is_hidden(element: Element) -> bool:
    """Whether a part is not to be seen, as the page says or its looks do."""
    return element.get("hidden") is not None


def is_struck(element: Element) -> bool:
    """Whether a part is struck out: the page says it no longer."""
    return element.tag in _STRUCK or element.get(STRUCK) is not None


def is_box(element: Element) -> bool:
    """Whether a part called a sidebar is a box in the text: it stands among paragraphs."""
    names = f"{element.get('class', '')} {element.get('id', '')}"
    around = [*element.itersiblings(), *element.itersiblings(preceding=True)]
    return "sidebar" in names and any(map(_is_prose, around))


def _is_prose(element: Element) -> bool:
    if not isinstance(element.tag, str) or _has_parts(element):
        return False
    return len(element.text_content().split()) >= FEWEST_WORDS


def main_element(page: Element) -> Element:
    """The element a page marks as its main part, else its body, else all of it."""
    for path in (".//main", ".//*[@role='main']", ".//article", ".//body"):
        found = page.findall(path)
        if len(found) == 1:
            return found[0]
    return page


def element_blocks(element: Element) -> Iterator[Block]:
    """Headings, paragraphs, list items and table rows of an element in reading order."""
    yield from _walk(element, depth=-1, bullet="")


def _walk(element: Element, depth: int, bullet: str) -> Iterator[Block]:
    """Blocks of one element; `bullet` goes before its first words, `depth` is its lists'."""
    text = _spaced(element, element.text)
    for child in element:
        if not isinstance(child.tag, str) or not _holds_blocks(child):
            text += _inline(child)
        else:
            if block := _own_block(element, bullet + text, depth):
                yield block
                bullet = ""
            yield from _child_blocks(child, depth)
            text = ""
        text += _spaced(element, child.tail)
    if block := _own_block(element, bullet + text, depth):
        yield block


def _child_blocks(child: Element, depth: int) -> Iterator[Block]:
    if leads_on(child):
        yield from _contents(child)
    # A table that holds another one only arranges the page.
    elif child.tag == "table" and child.find(".//table") is None:
        yield from _table(child)
    elif child.tag == "dl" or child.get("rend") == "dl":
        yield from _definitions(child, depth)
    elif child.tag in _LISTS:
        yield from _list(child, depth + 1)
    else:
        yield from _walk(child, depth, "• " if child.tag in _ITEMS else "")


def _contents(element: Element) -> Iterator[Block]:
    """A line for each place that a list of links names."""
    for link in element.iter("a"):
        if words := " ".join(_inline(link).split()):
            yield Block("contents", f"• {words}")


def _list(element: Element, depth: int) -> Iterator[Block]:
    """The items of a list, each with its number, or a bullet where it brings none along."""
    ordered = element.tag == "ol" or element.get("rend") == "ol"
    number = 0
    for child in element:
        if child.tag in _LISTS:
            yield from _list(child, depth + 1)
        elif isinstance(child.tag, str):
            number += 1
            own = _OWN_NUMBER.match(_inline(child).lstrip()) is not None
            bullet = f"{number}. " if ordered else "• "
            yield from _walk(child, depth, "" if own and not ordered else bullet)


def _definitions(element: Element, depth: int) -> Iterator[Block]:
    """Each definition with its term before it: "Berth: A place where a boat lies."."""
    terms: list[str] = []
    defined = True
    for part in element.iter("dt", "dd", "item"):
        if next(part.iterancestors("dl", "list")) is not element:
            continue
        if part.tag == "dt" or (part.get("rend") or "").startswith("dt"):
            terms = [] if defined else terms
            terms.append(" ".join(_inline(part).split()))
            defined = False
        else:
            defined = True
            yield from _defined(", ".join(filter(None, terms)), list(_walk(part, depth, "")))
    if not defined:
        yield Block("paragraph", ", ".join(terms))


def _defined(term: str, blocks: list[Block]) -> Iterator[Block]:
    """The blocks of a definition, the first of them begun with its term where it is a text."""
    first = blocks[0] if blocks else None
    if term and first and first.kind in ("paragraph", "item") and not first.text.startswith("•"):
        colon = "" if term.endswith((":", ".", "?", "!")) else ":"
        yield Block("paragraph", f"{term}{colon} {first.text}")
        yield from blocks[1:]
    else:
        yield from [Block("paragraph", term)] if term else []
        yield from blocks


def _own_block(element: Element, text: str, depth: int) -> Block | None:
    """The words an element itself holds, as a block; None where it holds none."""
    words = text.strip()
    defined = (element.get("rend") or "").startswith("dd")
    if not words.strip("•. 0123456789") and not (words and (defined or element.tag not in _ITEMS)):
        return None
    if element.tag in HEADINGS:
        return Block("heading", words, level=_level(element))
    if element.tag in _ITEMS or depth >= 0:
        return Block("item", words, level=max(depth, 0))
    if _is_bold_title(element, words):
        return Block("heading", words, level=LOWEST_LEVEL)
    return Block("paragraph", words)


def _is_bold_title(element: Element, words: str) -> bool:
    """Whether a paragraph is nothing but a short name in bold, which stands for a heading."""
    if element.tag != "p" or not is_title_line(words) or len(words) > LONGEST_HEADING:
        return False
    bold = [part for part in element.iter(*_BOLD) if part.tag != "hi" or part.get("rend") == "#b"]
    said = "".join(map(_inline, bold[:1]))
    return bool(said) and words[0].isupper() and said.split() == words.split()


def _level(element: Element) -> int:
    found = re.search(r"[1-6]", element.get("rend", "") if element.tag == "head" else element.tag)
    return int(found[0]) if found else 2


def _holds_blocks(element: Element) -> bool:
    return element.tag != "code" and (element.tag in _BLOCKS or _has_parts(element))


def _has_parts(element: Element) -> bool:
    return any(child.tag in _BLOCKS and child.tag != "code" for child in element.iterdescendants())


def _inline(element: Element) -> str:
    """The words of an element inside a line, line breaks kept."""
    if not isinstance(element.tag, str):
        return ""
    if element.tag in ("br", "lb"):
        return "\n"
    parts = [_spaced(element, element.text)]
    for child in element:
        parts += [_inline(child), _spaced(element, child.tail)]
    return "".join(parts)


def _spaced(element: Element, text: str | None) -> str:
    """Text with its blanks as HTML shows them: as one space, but for preformatted text."""
    if not text or element.tag in ("pre", "code"):
        return text or ""
    return re.sub(r"\s+", " ", text)


def _table(table: Element) -> Iterator[Block]:
    for caption in table.iter("caption"):
        yield Block("paragraph", _inline(caption))
    rows = [[cell for cell in row if cell.tag in _CELLS] for row in table.iter(*_ROWS)]
    texts = [[" ".join(_inline(cell).split()) for cell in row] for row in rows]
    named = bool(rows) and all(map(_is_head, rows[0]))
    # Below the first row the extractor keeps no heads.
    labels = bool(rows) and [*map(_is_head, rows[0])] == [True, False]
    if (labels and all(len(row) == 2 for row in rows)) or (not named and are_labels(texts)):
        yield from label_blocks(texts)
    else:
        yield from table_blocks(texts, has_header=named)


def _is_head(cell: Element) -> bool:
    return bool(cell.tag == "th" or cell.get("role") == "head")
