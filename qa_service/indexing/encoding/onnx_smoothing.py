"""A network of 32 bits -> the same, whose activations lose less when they are rounded to 8."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from qa_service.indexing.encoding.onnx_session import open_session

Floats = NDArray[np.float32]
Nodes = list[Any]

SMALLEST = 1e-4


def smooth_activations(whole: Path, path: Path, samples: Iterable[Mapping[str, Any]]) -> None:
    """Writes the network with each layer's inputs divided by a scale of their channel, by which
    its weights are multiplied: it says the same, and rounds better.

    A few channels of a transformer have values far from all others, and rounding gives all of
    them one scale. `samples` are inputs by which the ranges are found; a few will do. The
    scale is sqrt(range of the channel / range of its weights), see Xiao et al.: SmoothQuant,
    2022.
    """
    import onnx

    model = onnx.load(whole)
    weights = {each.name: each for each in model.graph.initializer}
    by_input: dict[str, Nodes] = {}
    for node in model.graph.node:
        if node.op_type == "MatMul" and node.input[1] in weights:
            by_input.setdefault(node.input[0], []).append(node)
    ranges = _ranges(whole, path, list(by_input), samples)
    for name, layers in by_input.items():
        _scale(model.graph, name, layers, weights, ranges[name])
    onnx.save(model, path)


def contracting_layers(whole: Path) -> list[str]:
    """The layers with fewer outputs than inputs, as the second of each feed-forward block.

    Their activations, all but a few nearly 0, lose most by rounding.
    """
    import onnx

    graph = onnx.load(whole).graph
    shapes = {weights.name: weights.dims for weights in graph.initializer}
    layers = [node for node in graph.node if node.op_type == "MatMul" and node.input[1] in shapes]
    return [layer.name for layer in layers if shapes[layer.input[1]][0] > shapes[layer.input[1]][1]]


def _ranges(
    whole: Path, probe: Path, names: list[str], samples: Iterable[Mapping[str, Any]]
) -> dict[str, Floats]:
    """(channels,) largest size of what comes into layers, by the names of those inputs."""
    import onnx

    model = onnx.load(whole)
    known = {each.name for each in model.graph.output}
    shown = [
        onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None)
        for name in names
        if name not in known
    ]
    model.graph.output.extend(shown)
    onnx.save(model, probe)
    session = open_session(probe)
    runs = [[_range(values) for values in session.run(names, dict(it))] for it in samples]
    return {
        name: np.max(found, axis=0)
        for name, found in zip(names, zip(*runs, strict=True), strict=True)
    }


def _range(values: Floats) -> Floats:
    """The largest size in each of the last dimension's channels."""
    return np.asarray(np.abs(values).reshape(-1, values.shape[-1]).max(axis=0), np.float32)


def _scale(
    graph: Any, name: str, layers: Nodes, weights: Mapping[str, Any], activations: Floats
) -> None:
    """Puts a division before the layers that take an input, and the scale into their weights."""
    from onnx import helper, numpy_helper

    arrays = [numpy_helper.to_array(weights[layer.input[1]]) for layer in layers]
    scale = _balance(activations, np.max([np.abs(array).max(axis=1) for array in arrays], axis=0))
    divisor, smoothed = f"{name}_inverse_scale", f"{name}_smoothed"
    graph.initializer.append(numpy_helper.from_array(1 / scale, divisor))
    graph.node.insert(
        next(at for at, node in enumerate(graph.node) if node.name == layers[0].name),
        helper.make_node("Mul", [name, divisor], [smoothed], name=smoothed),
    )
    for layer, array in zip(layers, arrays, strict=True):
        scaled = f"{layer.input[1]}_scaled"
        graph.initializer.append(numpy_helper.from_array(array * scale[:, None], scaled))
        layer.input[:] = [smoothed, scaled]


def _balance(activations: Floats, weights: Floats) -> Floats:
    """(channels,) scales, 1 in their geometric mean."""
    logs = np.log(np.maximum(activations, SMALLEST)) - np.log(np.maximum(weights, SMALLEST))
    return np.asarray(np.exp((logs - logs.mean()) / 2), np.float32)
