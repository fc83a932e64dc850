"""The reader's network as torch has it: for training, and to be exported."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from tokenizers import Tokenizer

from qa_service.answering.evidence.reader import (
    Inputs,
    Logits,
    Network,
    Place,
    encode_pairs,
    pair_tokenizer,
)
from qa_service.errors import ModelError, NotExportable
from qa_service.indexing.encoding.embedding import default_model_path
from qa_service.indexing.encoding.onnx_export import export_network, round_by_channel
from qa_service.indexing.encoding.onnx_session import GRAPH_FILE, TOKENIZER_FILE, open_session

EMBEDDINGS = "transformer.embeddings."
"""Begins the names of the parameters that training leaves as they are in the base model."""
OUTPUTS = ["relevance", "spans"]
LARGEST_DIFFERENCE = {32: 1e-3, 8: 2.0}
"""Between logits of relevance by graph and network, by the bits of the weights."""
_FIX = "reinstall qa-service, or switch the reader off: QA_READER=false"
_EXAMPLE = (Place("Borders", "Inspectors recommended better records."), Place("", "They did so."))


def export_reader(
    bits: int, place: Path, weights: Path, base: Path | None = None
) -> dict[str, Any]:
    """Writes graph and tokenizer of the reader in `weights` into the folder `place`.

    Raises NotExportable where it cannot, or the graph judges otherwise than the network, and
    ModelError where there is no reader.
    """
    network, tokenizer = load_network(weights, base)
    inputs, _ = encode_pairs(tokenizer, "Who acted?", _EXAMPLE)
    graph = place / GRAPH_FILE
    try:
        export_network(network.eval(), _run, _tensors(inputs), OUTPUTS, graph)
        if bits == 8:
            round_by_channel(graph, graph)
    except Exception as error:
        # The exporter raises whatever its parts raise; torch runs the reader all the same.
        raise NotExportable(f"its export failed: {error}") from error
    ours, theirs = open_session(graph).run(OUTPUTS, inputs)[0], as_network(network)(inputs)[0]
    if (difference := float(np.abs(ours - theirs).max())) > LARGEST_DIFFERENCE[bits]:
        raise NotExportable(f"exported, its relevance differs by {difference:.1g}")
    (place / TOKENIZER_FILE).write_text(tokenizer.to_str(), encoding="utf-8")
    return {"outputs": OUTPUTS}


def as_network(network: Any) -> Network:
    """A module of load_network as a function of arrays."""

    def run(inputs: Inputs) -> tuple[Logits, Logits]:
        import torch

        with torch.inference_mode():
            relevance, spans = network(_tensors(inputs))
        return relevance.numpy(), spans.numpy()

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
    return network, pair_tokenizer((folder / "tokenizer.json").read_text(encoding="utf-8"))


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
