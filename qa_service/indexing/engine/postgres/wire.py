"""Vectors and arrays as the server sends and takes them: no number is rounded on its way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_INT4, _FLOAT4 = 23, 700
"""The server's numbers of these types."""
_SIDES = 20
"""Bytes before the first cell of a flat array."""
TYPES: Mapping[str, str] = {"vector": "bytea", "int4[]": "bytea", "float4[]": "bytea"}
"""Of columns whose values are given as they are sent."""


def sent_vector(vector: NDArray[np.float32]) -> bytes:
    """A vector as pgvector takes and sends it: its length, nothing, its numbers."""
    return np.array([len(vector), 0], ">i2").tobytes() + vector.astype(">f4").tobytes()


def received_vectors(sent: Sequence[bytes], dimension: int) -> NDArray[np.float32]:
    """The (rows, dimension) numbers of vectors as they were sent."""
    numbers = np.frombuffer(b"".join(each[4:] for each in sent), ">f4")
    return numbers.reshape(-1, dimension).astype(np.float32)


def sent_array(values: NDArray[Any]) -> bytes:
    """A flat array of int32 or float32 as the server takes and sends it."""
    kind, number = (">i4", _INT4) if values.dtype.kind == "i" else (">f4", _FLOAT4)
    cells = np.empty(len(values), [("size", ">i4"), ("value", kind)])
    cells["size"], cells["value"] = 4, values
    sides = [1, 0, number, len(values), 1] if len(values) else [0, 0, number]
    return np.array(sides, ">i4").tobytes() + cells.tobytes()


def received_array(sent: bytes) -> NDArray[Any]:
    """The int32 or float32 of a flat array as it was sent."""
    is_whole = int.from_bytes(sent[8:12]) == _INT4
    cell = np.dtype([("size", ">i4"), ("value", ">i4" if is_whole else ">f4")])
    cells = np.frombuffer(sent[_SIDES:], cell)
    return cells["value"].astype(np.int32 if is_whole else np.float32)
