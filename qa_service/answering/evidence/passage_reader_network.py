"""The network of the reader of passages as torch has it: for training, and to be exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from qa_service.answering.evidence.passage_reader import (
    Floats,
    Inputs,
    Network,
    PassageText,
    encode_passage,
    passage_tokenizer,
)
from qa_service.errors import ModelError, NotExportable
from qa_service.indexing.encoding.embedding import default_model_path
from qa_service.indexing.encoding.onnx_attention import join_attention
from qa_service.indexing.encoding.onnx_export import export_network, round_by_channel
from qa_service.indexing.encoding.onnx_session import GRAPH_FILE, TOKENIZER_FILE, open_session
from qa_service.indexing.encoding.onnx_smoothing import contracting_layers, smooth_activations

READER_VERSION = 3
"""To be raised whenever what is exported here would come out differently."""
EMBEDDINGS = "transformer.embeddings."
"""Begins the names of the parameters that training leaves as they are in the base model."""
OUTPUTS = ["passages", "tokens"]
LARGEST_DIFFERENCE = {32: 1e-3, 8: 2.0}
"""Between logits by graph and network, by the bits of the weights."""
_FIX = "reinstall qa-service, or switch the reader off: QA_READER=false"

_SAMPLES = (
    (
        "Who chairs the board, and when does it meet?",
        "Harbour Trust, 2021-03-04\nGovernance",
        "The board has nine members and meets in the first week of each quarter. Its chair, "
        "Dr Amara Okafor, was appointed in May 2019 for four years.",
    ),
    (
        "what did inspectors recommend about record keeping",
        "Review of Elm Lane Home, 12 June 2018\nWhat needs to improve",
        "• Records of visits are written within 48 hours and signed by a manager.\n"
        "• Plans name who does what, and by when.\n"
        "• Complaints (17 in the last year, up from 9) are answered in full.",
    ),
    (
        "How much is a late return charged?",
        "Library rules\n4. Charges",
        "Item: Book; Per day: £0.20; At most: £8.00\nItem: Film; Per day: £1.50; At most: £15.00\n"
        "Nothing is charged to readers under 16, or where the library was closed.",
    ),
    (
        "why did the crew turn back?",
        "Accident to a light aircraft near Westport\nHistory of the flight",
        "About 40 minutes after take-off the oil pressure of the left engine was falling. The "
        "commander reduced power, told the controller, and turned back in rain.",
    ),
)
"""Questions and passages of several kinds, by which an exported network is scaled and tried."""


def export_passage_reader(
    bits: int, place: Path, weights: Path, base: Path | None = None
) -> dict[str, Any]:
    """Writes graph and tokenizer of the reader in `weights` into the folder `place`.

    Raises NotExportable where it cannot, or the graph judges otherwise than the network, and
    ModelError where there is no reader.
    """
    network, tokenizer = load_network(weights, base)
    samples = _samples(tokenizer)
    example = {name: np.concatenate([array, array]) for name, array in samples[0].items()}
    graph = place / GRAPH_FILE
    try:
        export_network(network.eval(), _run, _tensors(example), OUTPUTS, graph)
        if bits == 8:
            _round(graph, samples)
        join_attention(graph, network.transformer.config.num_attention_heads)
    except Exception as error:
        # The exporter raises whatever its parts raise; torch runs the reader all the same.
        raise NotExportable(f"its export failed: {error}") from error
    exported, trained = (
        open_session(graph).run(OUTPUTS, samples[0]),
        as_network(network)(samples[0]),
    )
    both = zip(exported, trained, strict=True)
    difference = max(float(np.abs(ours - theirs).max()) for ours, theirs in both)
    if difference > LARGEST_DIFFERENCE[bits]:
        raise NotExportable(f"exported, its relevance differs by {difference:.1g}")
    (place / TOKENIZER_FILE).write_text(tokenizer.to_str(), encoding="utf-8")
    return {"outputs": OUTPUTS}


def _samples(tokenizer: Tokenizer) -> list[Inputs]:
    return [
        encode_passage(tokenizer, question, PassageText(head, text, ((0, len(text)),)))[0]
        for question, head, text in _SAMPLES
    ]


def _round(graph: Path, samples: list[Inputs]) -> None:
    """Rounds a reader's graph to 8 bits, but for the layers that lose most by it."""
    smooth_activations(graph, graph, samples)
    round_by_channel(graph, graph, but=contracting_layers(graph))


def as_network(network: Any) -> Network:
    """A module of load_network as a function of arrays."""

    def run(inputs: Inputs) -> tuple[Floats, Floats]:
        import torch

        with torch.inference_mode():
            passages, tokens = network(_tensors(inputs))
        return passages.float().numpy(), tokens.float().numpy()

    return run


def _run(network: Any, inputs: dict[str, Any]) -> Any:
    return network(inputs)


def _tensors(inputs: Inputs) -> dict[str, Any]:
    import torch

    return {name: torch.from_numpy(array) for name, array in inputs.items()}


def load_network(weights: Path | None, base: Path | None = None) -> tuple[Any, Tokenizer]:
    """The network and its tokenizer, made from the transformer in the folder `base`.

    That is the default embedding model where None. `weights` holds only what training
    changed, so the embeddings stay those of the base; where None, the whole transformer
    does, and the heads are untrained. Raises ModelError.
    """
    from transformers import AutoModel
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    folder = base or default_model_path()
    transformer = AutoModel.from_pretrained(folder)
    transformer.pooler = None  # no head stands on it; left out at once, it would be reported
    network = _network(transformer)
    if weights is not None:
        _load_weights(network, weights)
    return network, passage_tokenizer((folder / "tokenizer.json").read_text(encoding="utf-8"))


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
    """The transformer with a head for passages, on its first token, and one for tokens."""
    from torch import nn

    class Network(nn.Module):
        def __init__(self) -> None:
            super().__init__()
            width = transformer.config.hidden_size
            self.transformer = transformer
            self.passage = nn.Linear(width, 2)
            self.token = nn.Linear(width, 3)

        def forward(self, inputs: dict[str, Any]) -> tuple[Any, Any]:
            """(passages, 2) and (passages, tokens, 3) logits, see passage_reader.Network."""
            states = self.transformer(**inputs).last_hidden_state
            return self.passage(states[:, 0]), self.token(states)

    return Network()
