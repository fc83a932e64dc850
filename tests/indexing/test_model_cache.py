"""Exported models are kept whole, and never taken away from another process that has them."""

from __future__ import annotations

import os
import time
from pathlib import Path

from qa_service.indexing.model_cache import LEFT_OVER_SECONDS, exported_model


def export(place: Path) -> dict[str, str]:
    (place / "model.onnx").write_text("weights")
    return {"name": "small"}


def test_a_model_is_exported_once(tmp_path) -> None:
    with exported_model(tmp_path, "key", export) as (first, description):
        assert description == {"name": "small"}
    with exported_model(tmp_path, "key", lambda _: {}) as (second, description):
        assert (second, description) == (first, {"name": "small"})


def test_a_damaged_export_is_made_again(tmp_path) -> None:
    with exported_model(tmp_path, "key", export) as (place, _):
        (place / "model.onnx").write_text("other")
    with exported_model(tmp_path, "key", export) as (place, _):
        assert (place / "model.onnx").read_text() == "weights"


def test_what_another_process_exports_meanwhile_stays(tmp_path) -> None:
    def slow(place: Path) -> dict[str, str]:
        with exported_model(tmp_path, "key", export) as (other, _):
            held.append((other / "model.onnx").stat().st_ino)
        return export(place)

    held: list[int] = []
    with exported_model(tmp_path, "key", slow) as (place, _):
        assert (place / "model.onnx").stat().st_ino == held[0]


def test_what_a_killed_export_left_is_removed_after_a_day(tmp_path) -> None:
    for name, age in (("old", LEFT_OVER_SECONDS + 60), ("new", 0)):
        (tmp_path / f".partial-{name}").mkdir()
        moment = time.time() - age
        os.utime(tmp_path / f".partial-{name}", (moment, moment))
    with exported_model(tmp_path, "key", export):
        pass
    assert sorted(path.name for path in tmp_path.iterdir()) == [".partial-new", "key"]
