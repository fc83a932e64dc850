"""Texts and documents of any size, the same for each seed."""

from __future__ import annotations

import random
from collections.abc import Iterable

from fakes import make_document

from qa_service.nouns.documents import Document, Span

WORDS = (
    *("inspectors", "families", "records", "quality", "children", "school", "harbour"),
    *("review", "partners", "staff", "plans", "support", "meetings", "progress"),
    *("leaders", "evidence", "learning", "services", "weekly", "report"),
)


def prose(words: int, seed: int = 0) -> str:
    """One paragraph of about so many words, in sentences of 6 to 14."""
    chance = random.Random(seed)
    sentences: list[str] = []
    while sum(len(sentence.split()) for sentence in sentences) < words:
        chosen = chance.choices(WORDS, k=chance.randint(6, 14))
        sentences.append(" ".join(chosen).capitalize() + ".")
    return " ".join(sentences)


def random_document(seed: int) -> Document:
    """Any mix of headings, paragraphs, lists, tables and odd lines, with or without pages."""
    chance = random.Random(seed)
    blocks = [_random_block(chance) for _ in range(chance.randint(1, 12))]
    text = "\n\n".join(block for _, block in blocks)
    cuts = sorted(chance.randint(0, len(text)) for _ in range(chance.randint(0, 4)))
    return make_document(
        text,
        name=f"random-{seed}",
        headings=[(level, block) for level, block in blocks if level],
        page_lengths=[end - start for start, end in zip([0, *cuts], cuts, strict=False)],
    )


def uncovered(text: str, spans: Iterable[Span]) -> str:
    """What of `text` stands in none of the spans, blanks left out."""
    rest, last = "", 0
    for start, end in spans:
        rest, last = rest + text[last:start], end
    return "".join((rest + text[last:]).split())


def _random_block(chance: random.Random) -> tuple[int, str]:
    """A block with its heading level, 0 for what is no heading."""
    words = chance.choices(WORDS, k=chance.randint(1, 9))
    kind = chance.choice(["heading", "prose", "prose", "list", "table", "run", "odd"])
    if kind == "heading":
        return chance.randint(1, 3), " ".join(words).title()
    if kind == "prose":
        return 0, prose(chance.randint(1, 420), chance.random())
    if kind == "list":
        return 0, "\n".join(f"{mark} {prose(8, at)}" for at, mark in enumerate("•-•–•"))
    if kind == "table":
        return 0, "\n".join(" | ".join(words) for _ in range(chance.randint(2, 9)))
    if kind == "run":
        return 0, " ".join(chance.choices(WORDS, k=chance.randint(200, 700)))
    return 0, chance.choice(["…", "é" * 900, "“Quite.” 😀 ‘No!’ 1.5 Mr. X", "   indented", "1."])
