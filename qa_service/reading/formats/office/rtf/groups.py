"""The control words that begin groups, and those that stand for letters (RTF 1.9.1)."""

from __future__ import annotations

from qa_service.reading.formats.office.rtf.heads import take_colours, take_fonts, take_styles

HEADS = {"fonttbl": take_fonts, "colortbl": take_colours, "stylesheet": take_styles}
"""Groups at the head of a file, and what takes their tokens."""
STORIES = {
    "footnote": "note",
    "annotation": "annotation",
    "shptxt": "box",
    "dptxbxtext": "box",
} | {f"{kind}{side}": kind for kind in ("header", "footer") for side in ("", "l", "r", "f")}
MARKERS = ("listtext", "pntext")
"""Groups of the number or bullet before a paragraph."""
COLLECTED = (*HEADS, "title", "author", "creatim", "objdata")
SKIPPED = frozenset(
    (
        *("info", "fldinst", "nonshppict", "shprslt", "nonesttables", "background", "pict"),
        *("pn", "pntxta", "pntxtb", "xe", "tc", "rxe", "txe", "datafield", "filetbl", "sp"),
        *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "template"),
    )
)
MUTE = ("shpinst", "do", "upr", "nesttableprops", "object", "shpgrp", "shp")
"""Groups whose own letters are not shown, but those of some groups within."""
SHOWN = ("ud", "result", "shppict", "fldrslt", "field")
LETTERS = {
    "tab": "\t",
    "line": "\n",
    "lbr": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "softline": "\n",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
    "page": "\n",
    "column": "\n",
}
SIGNS = {"~": "\u00a0", "_": "-", "-": "\u00ad", "{": "{", "}": "}", "\\": "\\"}
