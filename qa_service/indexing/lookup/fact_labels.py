"""Labels that several documents state, each with its facts: what a table of facts is made of."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from qa_service.indexing.lookup.titles import TitleStems
from qa_service.nouns.documents import DocumentSummary, StoredFact
from qa_service.stems import terms

MOST_FACTS = 200_000
"""Of more facts no labels are found: looking for them would take seconds."""
MOST_JOINED = 300
"""So many of the labels that most documents state are looked at for other forms of each other."""
ALIKE = 0.5
"""Two labels of so large a share of common stems may be forms of one."""
FEW_VALUES = 0.5
"""A label of no more values than this share of the documents that state it is a grade."""
_WORD = re.compile(r"\w+")
WHOLE = frozenset(terms("overall total final altogether"))
"""What labels say that speak of the whole of a document."""


@dataclass(frozen=True)
class FactLabel:
    """A label with all its facts by document, whatever its form in each.

    `name` is its most frequent form, `forms` the stems of each form, `heads` those of the
    columns that its values stand in; `names_document` where it says in each document no more
    than what this is on (“Children’s services in Leeds”).
    """

    name: str
    forms: tuple[frozenset[str], ...]
    heads: frozenset[str]
    facts: Mapping[str, tuple[StoredFact, ...]]
    names_document: bool = False

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Every value once, in small letters."""
        return tuple(dict.fromkeys(each.fact.value.casefold() for each in self.all))

    @cached_property
    def value_stems(self) -> frozenset[tuple[str, ...]]:
        """The stems of every value, in order."""
        return frozenset(tuple(terms(value)) for value in self.values)

    @cached_property
    def _said(self) -> str:
        """The stems of every value, a line each, with a space before and after each stem."""
        return "".join(f"\n {' '.join(stems)} " for stems in self.value_stems)

    def says(self, stems: Sequence[str]) -> bool:
        """Whether a value begins with a stem; or, of several, holds them side by side."""
        begins = "\n" if len(stems) == 1 else ""
        return f"{begins} {' '.join(stems)} " in self._said

    @property
    def all(self) -> Iterator[StoredFact]:
        """Every fact, document by document."""
        return (fact for held in self.facts.values() for fact in held)

    @cached_property
    def is_dated(self) -> bool:
        """Whether most of its values are dates."""
        dated = [each.fact.date is not None for each in self.all]
        return 2 * sum(dated) > len(dated)

    @property
    def is_graded(self) -> bool:
        """Whether documents say one of a few things: a grade, of which only one can be true."""
        return len(self.values) <= FEW_VALUES * len(self.facts)

    @property
    def of_whole(self) -> bool:
        """Whether it speaks of the whole of a document: “Overall grade”, “Total”."""
        return self.names_document or any(form & WHOLE for form in self.forms)


def fact_labels(
    facts: Sequence[StoredFact], documents: Sequence[DocumentSummary], titles: TitleStems
) -> tuple[FactLabel, ...]:
    """The labels that two documents or more state, those of most documents first.

    Words of a document's title that few others have are no part of its labels. Labels that no
    document has both of, that share most of their stems and a value, or are both of the
    whole, are forms of one. A label that says the same in every document tells nothing and is
    left out.
    """
    if len(facts) > MOST_FACTS:
        return ()
    names = {document.id: document.title for document in documents}
    found = [
        replace(
            label,
            names_document=all(_names_document(each, names, titles) for each in label.all),
        )
        for label in _by_stems(facts, titles)
    ]
    found = [label for label in found if len(label.facts) > 1 or label.of_whole]
    found.sort(key=lambda label: (-len(label.facts), label.name))
    joined = _joined(found[:MOST_JOINED]) + found[MOST_JOINED:]
    return tuple(label for label in joined if len(label.facts) > 1 and len(label.values) > 1)


def _names_document(stored: StoredFact, names: Mapping[str, str], titles: TitleStems) -> bool:
    """Whether a label is a name and other words of its document's title alone."""
    label, held = stored.fact.label, stored.document_id
    words = set(_WORD.findall(names.get(held, "")))
    named = any(word[0].isupper() and word in words for word in _WORD.findall(label)[1:])
    return named and set(terms(label)) <= titles.of[held]


def _by_stems(facts: Sequence[StoredFact], titles: TitleStems) -> Iterator[FactLabel]:
    groups: defaultdict[frozenset[str], list[StoredFact]] = defaultdict(list)
    own = {name: titles.own(name) for name in {fact.document_id for fact in facts}}
    for fact in facts:
        stems = frozenset(terms(fact.fact.label))
        groups[(stems - own[fact.document_id]) or stems].append(fact)
    for stems, held in groups.items():
        if stems:
            yield _label((stems,), held)


def _label(forms: tuple[frozenset[str], ...], facts: Sequence[StoredFact]) -> FactLabel:
    names = Counter(fact.fact.label for fact in facts)
    by_document: defaultdict[str, list[StoredFact]] = defaultdict(list)
    for fact in facts:
        by_document[fact.document_id].append(fact)
    return FactLabel(
        name=max(names, key=lambda name: (names[name], name)),
        forms=forms,
        heads=frozenset(stem for fact in facts for stem in terms(fact.fact.column)),
        facts={name: tuple(held) for name, held in by_document.items()},
    )


def _joined(labels: Sequence[FactLabel]) -> list[FactLabel]:
    """The labels, each with its other forms."""
    kept: list[FactLabel] = []
    for label in labels:
        at = next((at for at, other in enumerate(kept) if _is_other_form(label, other)), None)
        if at is None:
            kept.append(label)
        else:
            facts = [*kept[at].all, *label.all]
            whole = kept[at].names_document and label.names_document
            joined = _label((*kept[at].forms, *label.forms), facts)
            kept[at] = replace(joined, names_document=whole)
    return kept


def _is_other_form(label: FactLabel, other: FactLabel) -> bool:
    if label.facts.keys() & other.facts.keys():
        return False
    return _are_alike(label, other) and _say_the_like(label, other)


def _are_alike(label: FactLabel, other: FactLabel) -> bool:
    if label.of_whole and other.of_whole:
        return True
    (form,) = label.forms[:1]
    shares = (len(form & each) / min(len(form), len(each)) for each in other.forms)
    return max(shares) > ALIKE


def _say_the_like(label: FactLabel, other: FactLabel) -> bool:
    if label.is_dated or other.is_dated:
        return label.is_dated and other.is_dated
    return not set(label.values).isdisjoint(other.values)
