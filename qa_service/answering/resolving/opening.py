"""How the classifier of terms is run: as the reader of passages is."""

from __future__ import annotations

from pathlib import Path

from qa_service.answering.evidence.passage_reader_opening import open_network
from qa_service.answering.resolving.term_classifier import TransformerTermClassifier
from qa_service.config import Settings
from qa_service.understanding.follow_ups.left_out import TermClassifier

TERM_WEIGHTS_FILE = Path(__file__).with_name("term_classifier.safetensors")


def open_term_classifier(
    settings: Settings, weights: Path = TERM_WEIGHTS_FILE
) -> TermClassifier | None:
    """The classifier of terms, where the settings have a reader. Raises ModelError."""
    if not settings.reader:
        return None
    network, tokenizer, _ = open_network(settings, weights)
    return TransformerTermClassifier(network, tokenizer)
