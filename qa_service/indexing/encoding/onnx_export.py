"""A torch network -> an ONNX file, with weights of 32 or of 8 bits. To run it needs no torch."""

from __future__ import annotations

import logging
import operator
import warnings
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

EXPORT_VERSION = 4
"""To be raised whenever what is written here would come out differently."""

OPSET = 23
"""The first in which attention is one operator."""

BLOCK = 64
"""Weights, and activations, that share a scale."""
_IN_8_BITS = 4
"""What the operator calls its way of multiplying whole numbers of 8 bits."""


def export_network(
    network: Any,
    run: Callable[[Any, dict[str, Any]], Any],
    inputs: Mapping[str, Any],
    outputs: Sequence[str],
    path: Path,
) -> None:
    """Writes a torch module, which `run` calls with a dict of (texts, tokens) tensors.

    `inputs` are an example; both lengths may differ at every run. Raises whatever the
    exporter does.
    """
    import torch

    lengths = {0: torch.export.Dim("texts"), 1: torch.export.Dim("tokens")}
    with _quiet_exporter():
        torch.onnx.export(
            _positional(network, run, tuple(inputs)).eval(),
            tuple(inputs.values()),
            path,
            input_names=list(inputs),
            output_names=list(outputs),
            dynamic_shapes={"tensors": tuple(lengths for _ in inputs)},
            opset_version=OPSET,
            external_data=False,
            dynamo=True,
            verbose=False,
        )


def _positional(
    network: Any, run: Callable[[Any, dict[str, Any]], Any], names: Sequence[str]
) -> Any:
    """The network as a module whose tensors come one after another, as the exporter wants them."""
    import torch

    class Positional(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network

        def forward(self, *tensors: Any) -> Any:
            return run(self.network, dict(zip(names, tensors, strict=True)))

    return Positional()


def round_by_channel(whole: Path, path: Path, but: Collection[str] = ()) -> None:
    """Writes a network of 32 bits with weights of 8 bits, scaled by channel; faster for many
    tokens than `round_in_blocks`, and less exact. Layers named in `but` stay as they are.

    The weights use 7 of the bits, so that sums of products stay within 16 bits on processors
    without VNNI instructions. Activations are scaled anew at every run, all of a layer alike.
    """
    with _quiet_exporter():
        from onnxruntime.quantization import QuantType, quantize_dynamic

        quantize_dynamic(
            whole,
            path,
            op_types_to_quantize=["MatMul", "Gather"],
            weight_type=QuantType.QInt8,
            per_channel=True,
            reduce_range=True,
            nodes_to_exclude=list(but),
        )


def round_in_blocks(whole: Path, path: Path) -> None:
    """Writes a network of 32 bits with weights of 8 bits, each block of which has its own scale.

    So have the activations, row by row, at every run: what a text comes out as does not depend
    on what is run beside it. Fast for few tokens, as a question has.
    """
    with _quiet_exporter():
        import onnx
        from onnxruntime.quantization import matmul_nbits_quantizer as blockwise

        config = blockwise.DefaultWeightOnlyQuantConfig(
            block_size=BLOCK, is_symmetric=True, accuracy_level=_IN_8_BITS, bits=8
        )
        quantizer = blockwise.MatMulNBitsQuantizer(onnx.load(whole), algo_config=config)
        quantizer.process()
        onnx.save(quantizer.model.model, path)


def delicate_layers(whole: Path) -> list[str]:
    """The layers of a transformer that rounding by channel harms most, for what it gains.

    They are the embeddings, and the two of each feed-forward block, whose weights are no
    square: their activations have a few values far from the others, so that one scale for all
    of them rounds most away.
    """
    import onnx

    graph = onnx.load(whole).graph
    shapes = {weights.name: weights.dims for weights in graph.initializer}
    embeddings = [node for node in graph.node if node.op_type == "Gather"]
    layers = [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in shapes]
    oblong = [layer for layer in layers if operator.ne(*shapes[layer.input[1]])]
    return [node.name for node in embeddings + oblong]


@contextmanager
def _quiet_exporter() -> Iterator[None]:
    """Keeps to itself what the exporter says of its own parts, and how it would log."""
    root = logging.root
    disabled, level, handlers = root.manager.disable, root.level, root.handlers[:]
    logging.disable(logging.WARNING)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.disable(disabled)
        root.setLevel(level)
        root.handlers[:] = handlers
