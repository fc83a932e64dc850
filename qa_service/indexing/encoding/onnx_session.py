"""Running an exported network: texts in, arrays out."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TypeAlias

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Encoding

Session: TypeAlias = onnxruntime.InferenceSession

GRAPH_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
SLOWER_FUSIONS = ("SkipLayerNormFusion", "BiasGeluFusion")
"""What the library would join into operators that take longer than those they are made of."""


def open_session(graph: Path) -> Session:
    """A session that works in the thread that calls it, and in no other.

    Many threads may run it at once: that shares the cores out better than many threads for
    one run, and does not fight with the threads of a server.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3  # errors; they are raised besides
    return Session(
        graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER_FUSIONS
    )


def padded(encodings: Sequence[Encoding]) -> dict[str, NDArray[np.int64]]:
    """(texts, tokens) arrays by the names that transformers have for them."""
    shape = len(encodings), max(len(item.ids) for item in encodings)
    names = ("input_ids", "attention_mask", "token_type_ids")
    arrays = {name: np.zeros(shape, np.int64) for name in names}
    for row, item in enumerate(encodings):
        for name, values in zip(names, (item.ids, item.attention_mask, item.type_ids), strict=True):
            arrays[name][row, : len(values)] = values
    return arrays
