"""A layer one of whose inputs is far larger than the others loses less when it is rounded."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from qa_service.indexing.encoding.onnx_export import round_by_channel
from qa_service.indexing.encoding.onnx_session import open_session
from qa_service.indexing.encoding.onnx_smoothing import contracting_layers, smooth_activations

CHANNELS, OUTPUTS = 16, 16
RANDOM = np.random.default_rng(7)
WEIGHTS = RANDOM.normal(size=(CHANNELS, OUTPUTS)).astype(np.float32)
SPREAD = np.ones(CHANNELS, np.float32)
SPREAD[3] = 200.0


def inputs() -> NDArray[np.float32]:
    return (RANDOM.normal(size=(1, 12, CHANNELS)) * SPREAD).astype(np.float32)


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    return layer(tmp_path / "whole.onnx", WEIGHTS)


def layer(path: Path, weights: NDArray[np.float32]) -> Path:
    """A network of one layer."""
    graph = helper.make_graph(
        [helper.make_node("MatMul", ["in", "weights"], ["out"], name="layer")],
        "one layer",
        [helper.make_tensor_value_info("in", TensorProto.FLOAT, [1, "tokens", len(weights)])],
        [helper.make_tensor_value_info("out", TensorProto.FLOAT, None)],
        [numpy_helper.from_array(weights, "weights")],
    )
    onnx.save(helper.make_model(graph, opset_imports=[helper.make_opsetid("", 23)]), path)
    return path


def said(network: Path, values: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(open_session(network).run(["out"], {"in": values})[0])


def test_smoothed_it_says_the_same(whole: Path, tmp_path: Path) -> None:
    smoothed, values = tmp_path / "smoothed.onnx", inputs()
    smooth_activations(whole, smoothed, [{"in": inputs()}])
    np.testing.assert_allclose(said(smoothed, values), said(whole, values), rtol=1e-3, atol=1e-2)


def test_smoothed_and_rounded_it_is_less_than_half_as_wrong(whole: Path, tmp_path: Path) -> None:
    values, wrong = inputs(), {}
    smooth_activations(whole, tmp_path / "smoothed.onnx", [{"in": inputs()}])
    for name in ("whole", "smoothed"):
        round_by_channel(tmp_path / f"{name}.onnx", tmp_path / "rounded.onnx")
        rounded = said(tmp_path / "rounded.onnx", values)
        wrong[name] = np.abs(rounded - said(whole, values)).mean()
    assert 0 < 2 * wrong["smoothed"] < wrong["whole"]


def test_a_layer_with_fewer_outputs_than_inputs_is_known_by_its_name(tmp_path: Path) -> None:
    narrow, wide = WEIGHTS[:, :4], WEIGHTS[:4]
    assert contracting_layers(layer(tmp_path / "narrow.onnx", narrow)) == ["layer"]
    assert contracting_layers(layer(tmp_path / "wide.onnx", wide)) == []
