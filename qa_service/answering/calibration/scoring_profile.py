"""All that a confidence comes from before any calibration, as one frozen noun, hashed whole."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, fields

from qa_service.answering import comparison
from qa_service.answering.collection import fact_matching, fact_tables, facts
from qa_service.answering.evidence import (
    candidates,
    choice,
    confidence,
    corroboration,
    expectation_bonus,
    finding,
    passage_reader,
    read_places,
    reading_order,
)
from qa_service.answering.evidence.confidence import (
    WITH_READER,
    WITHOUT_READER,
    ConfidenceWeights,
)
from qa_service.answering.evidence.quoting import sections
from qa_service.answering.evidence.reading_order import OrderWeights
from qa_service.answering.forms import definitions, told_topics
from qa_service.answering.ranking import conversation_context, fusion, ranking, reranking
from qa_service.answering.scope import scope_search
from qa_service.config import Settings
from qa_service.indexing.engine import keyword

SCORING = (
    *(keyword, fusion, ranking, reranking, conversation_context, scope_search),
    *(candidates, choice, confidence, corroboration, expectation_bonus, finding, passage_reader),
    *(read_places, reading_order, sections, comparison),
    *(fact_matching, fact_tables, facts, definitions, told_topics),
)
"""The modules whose numbers a confidence, or what is cited, comes from."""


@dataclass(frozen=True, slots=True)
class RankingWeights:
    """What the order of passages and their scores come from: settings of the same names."""

    fusion: str
    keyword_weight: float
    candidates: int
    rerank: bool
    rerank_depth: int
    sentence_weight: float
    phrase_weight: float
    name_weight: float
    neighbour_weight: float
    pseudo_feedback_weight: float
    date_weight: float
    duplicate_overlap: float

    @classmethod
    def of(cls, settings: Settings) -> RankingWeights:
        """Those of some settings."""
        return cls(**{field.name: getattr(settings, field.name) for field in fields(cls)})


@dataclass(frozen=True, slots=True)
class ScoringProfile:
    """The encoder and the reader by name and hash, and every weight between text and confidence.

    `reader` is the sha256 of its weights, empty without one, where `reader_bits` is 0 too.
    `constants` are those of the modules that score, by module and name.
    """

    model: str
    fingerprint: str
    ranking: RankingWeights
    reader: str = ""
    reader_bits: int = 0
    reader_places: int = 0
    with_reader: ConfidenceWeights = WITH_READER
    without_reader: ConfidenceWeights = WITHOUT_READER
    constants: tuple[tuple[str, float], ...] = ()

    @property
    def digest(self) -> str:
        """A hash of all of it: a calibration means nothing for a profile of another digest."""
        return hashlib.sha256(json.dumps(asdict(self), sort_keys=True).encode()).hexdigest()


def scoring_profile(
    settings: Settings, model: str, fingerprint: str, reader: str = ""
) -> ScoringProfile:
    """The profile of these settings, this encoder and the reader of that hash, if any."""
    return ScoringProfile(
        model=model,
        fingerprint=fingerprint,
        ranking=RankingWeights.of(settings),
        reader=reader,
        reader_bits=settings.reader_bits if reader else 0,
        reader_places=settings.reader_places if reader else 0,
        constants=scoring_constants(),
    )


def scoring_constants() -> tuple[tuple[str, float], ...]:
    """Every number in capitals of the modules that score or choose, and the weights of the
    order of reading, as (module.NAME, value), by name; of a table (module.NAME.key, value)."""
    found = {
        f"{module.__name__.rpartition('.')[2]}.{name}": number
        for module in SCORING
        for constant, value in vars(module).items()
        if constant.isupper()
        for name, number in _numbers(constant, value)
    }
    order = {f"OrderWeights.{name}": value for name, value in asdict(OrderWeights()).items()}
    return tuple(sorted((found | order).items()))


def _numbers(name: str, value: object) -> Iterator[tuple[str, float]]:
    """A number under its name, those of a table under name and key."""
    if isinstance(value, int | float):
        yield name, float(value)
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _numbers(f"{name}.{key}", inner)
