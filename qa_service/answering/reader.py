"""Question and places -> which of them answer, and with which words.

A cross-encoder: the transformer of the default embedding model, trained further by
scripts/train/train_reader.py to say whether a place answers a question and where in it the
answer begins and ends. What it learned from, and how well it reads: docs/reader.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from qa_service.errors import ModelError
from qa_service.indexing.embedding import default_model_path

WEIGHTS_FILE = Path(__file__).with_name("reader.safetensors")
MAX_TOKENS = 160
LONGEST_ANSWER = 20
"""Tokens."""

EMBEDDINGS = "transformer.embeddings."
"""Begins the names of the parameters that training leaves as they are in the base model."""
_FIX = "reinstall qa-service, or switch the reader off: QA_READER=false"

Logits = NDArray[np.float32]


class Place(NamedTuple):
    """A quote that might answer, and the title of its document."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader makes of a place.

    `relevance` is the logit that the place answers the question. `start` and `end` are the
    words that answer, as offsets in the place's text; `certainty`, 0 to 1, is the share of
    the probability that falls on them, if the place answers at all.
    """

    relevance: float
    start: int
    end: int
    certainty: float


class Reader(Protocol):
    """The seam to a reading model."""

    def read(self, question: str, places: Sequence[Place]) -> list[Reading]:
        """A reading of each place, in order."""


class TransformerReader:
    """The reader that comes with this package. Safe for many threads."""

    def __init__(self, weights: Path = WEIGHTS_FILE, base: Path | None = None) -> None:
        """Loads `weights` onto the base model, see load_network. Raises ModelError."""
        network, self._tokenizer = load_network(weights, base)
        self._network = network.eval()
        # Once, now: how it cuts and pads is a state of the tokenizer that questions which
        # arrive together must not be the first to set.
        self.read("", [Place("", "")])

    def read(self, question: str, places: Sequence[Place]) -> list[Reading]:
        """See Reader."""
        return read_places(self._network, self._tokenizer, question, places)


def read_places(
    network: Any, tokenizer: Any, question: str, places: Sequence[Place]
) -> list[Reading]:
    """A reading of each place, in order; all go through the network together."""
    import torch

    if not places:
        return []
    inputs, offsets = encode_pairs(tokenizer, question, places)
    with torch.inference_mode():
        relevance, spans = network(inputs)
    return [
        Reading(float(logit), *best_span(span, offset))
        for logit, span, offset in zip(relevance, spans.numpy(), offsets, strict=True)
    ]


def encode_pairs(
    tokenizer: Any, question: str, places: Sequence[Place]
) -> tuple[dict[str, Any], list[NDArray[np.int64]]]:
    """What the network takes, and for each place the (tokens, 2) offsets in its text.

    Tokens of question and title have the offsets (0, 0). Of a pair beyond MAX_TOKENS the
    longer part is cut at its end.
    """
    heads = [f"{place.title}\n" for place in places]
    encoded = tokenizer(
        [question] * len(places),
        [head + place.text for head, place in zip(heads, places, strict=True)],
        truncation="longest_first",
        max_length=MAX_TOKENS,
        padding=True,
        return_offsets_mapping=True,
        return_tensors="pt",
    )
    offsets = encoded.pop("offset_mapping").numpy()
    for number, head in enumerate(heads):
        inside = np.array([part == 1 for part in encoded.sequence_ids(number)])
        inside &= offsets[number, :, 0] >= len(head)
        offsets[number] = np.where(inside[:, None], offsets[number] - len(head), 0)
    return dict(encoded), list(offsets)


def load_network(weights: Path | None, base: Path | None = None) -> tuple[Any, Any]:
    """The network and its tokenizer, made from the transformer in the folder `base`.

    That is the default embedding model where None. `weights` holds only what training
    changed, so the embeddings stay those of the base; where None, the whole transformer
    does, and the heads are untrained. Raises ModelError.
    """
    from transformers import AutoModel, AutoTokenizer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    folder = base or default_model_path()
    transformer = AutoModel.from_pretrained(folder)
    transformer.pooler = None  # no head stands on it; left out at once, it would be reported
    network, tokenizer = _network(transformer), AutoTokenizer.from_pretrained(folder)
    if weights is not None:
        _load_weights(network, weights)
    return network, tokenizer


def _load_weights(network: Any, weights: Path) -> None:
    """Puts the tensors of a file into the network; it must hold all that are trained."""
    from safetensors.torch import load_file

    try:
        tensors = {name: tensor.float() for name, tensor in load_file(weights).items()}
        missing, unknown = network.load_state_dict(tensors, strict=False)
    except Exception as error:
        # The library raises whatever its parts raise; to a user all mean the same.
        raise ModelError(f"cannot load the reader {weights}: {error}; {_FIX}") from error
    if unknown or any(not name.startswith(EMBEDDINGS) for name in missing):
        raise ModelError(f"{weights} is no reader of this version; {_FIX}")


def _network(transformer: Any) -> Any:
    """The transformer with a head for relevance, on its first token, and one for spans."""
    from torch import nn

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            width = transformer.config.hidden_size
            self.transformer = transformer
            self.relevance = nn.Linear(width, 1)
            self.span = nn.Linear(width, 2)

        def forward(self, inputs: dict[str, Any]) -> tuple[Any, Any]:
            """(places,) logits of relevance, (places, tokens, 2) of a span's start and end."""
            states = self.transformer(**inputs).last_hidden_state
            return self.relevance(states[:, 0]).squeeze(-1), self.span(states)

    return Network()


def best_span(logits: Logits, offsets: NDArray[np.int64]) -> tuple[int, int, float]:
    """Start, end and probability of the likeliest span of up to LONGEST_ANSWER tokens.

    Both arrays are (tokens, 2). Start and end are taken as independent: their
    probabilities, among the tokens of the place, multiply.
    """
    inside = np.flatnonzero(offsets[:, 1] > 0)
    if not len(inside):
        return 0, 0, 0.0
    starts, ends = _log_softmax(logits[inside]).T
    sums = np.full((len(inside), len(inside)), -np.inf)
    for at, log_share in enumerate(starts):
        reach = slice(at, at + LONGEST_ANSWER)
        sums[at, reach] = log_share + ends[reach]
    first, last = np.unravel_index(int(sums.argmax()), sums.shape)
    start, end = offsets[inside[first], 0], offsets[inside[last], 1]
    return int(start), int(end), float(np.exp(sums[first, last]))


def _log_softmax(logits: Logits) -> Logits:
    shifted = logits - logits.max(axis=0)
    return np.asarray(shifted - np.log(np.exp(shifted).sum(axis=0)), np.float32)
