"""Exported models are kept whole, and never taken away from another process that has them."""

from __future__ import annotations

import os
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from qa_service.indexing.encoding import model_cache
from qa_service.indexing.encoding.model_cache import LEFT_OVER_SECONDS, exported_model


def export(place: Path) -> dict[str, str]:
    (place / "model.onnx").write_text("weights")
    return {"name": "small"}


def test_a_model_is_exported_once(tmp_path) -> None:
    first, description = exported_model(tmp_path, "key", export)
    assert description == {"name": "small"}
    assert exported_model(tmp_path, "key", lambda _: {}) == (first, {"name": "small"})


def test_a_damaged_export_is_made_again(tmp_path) -> None:
    place, _ = exported_model(tmp_path, "key", export)
    (place / "model.onnx").write_text("other")
    place, _ = exported_model(tmp_path, "key", export)
    assert (place / "model.onnx").read_text() == "weights"


def test_those_who_come_at_once_find_what_the_first_one_exports(tmp_path) -> None:
    def slow(place: Path) -> dict[str, str]:
        made.append(place)
        time.sleep(0.3)
        return export(place)

    made: list[Path] = []
    with ThreadPoolExecutor(3) as pool:
        found = list(pool.map(lambda _: exported_model(tmp_path, "key", slow), range(3)))
    assert len(made) == 1
    assert found == [(tmp_path / "key", {"name": "small"})] * 3


def test_what_another_process_exports_meanwhile_stays(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(model_cache, "LONGEST_WAIT", 0)

    def slow(place: Path) -> dict[str, str]:
        other, _ = exported_model(tmp_path, "key", export)
        held.append((other / "model.onnx").stat().st_ino)
        return export(place)

    held: list[int] = []
    place, _ = exported_model(tmp_path, "key", slow)
    assert (place / "model.onnx").stat().st_ino == held[0]


def test_an_export_that_fails_leaves_nothing(tmp_path) -> None:
    with pytest.raises(ZeroDivisionError):
        exported_model(tmp_path, "key", lambda _: 1 / 0)
    assert list(tmp_path.iterdir()) == []


def test_where_nothing_can_be_kept_a_model_is_exported_once_a_process(tmp_path, caplog) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = tmp_path / "file" / "cache"
    first, _ = exported_model(cache, "key", export)
    assert exported_model(cache, "key", lambda _: 1 / 0) == (first, {"name": "small"})
    assert caplog.text.count("set QA_CACHE_DIR") == 1


def test_a_damaged_export_that_cannot_be_taken_away_is_not_used(tmp_path, monkeypatch) -> None:
    damaged, _ = exported_model(tmp_path, "key", export)
    (damaged / "model.onnx").write_text("other")
    monkeypatch.setattr(model_cache.shutil, "rmtree", lambda *_, **__: None)
    place, _ = exported_model(tmp_path, "key", export)
    assert place != damaged
    assert (place / "model.onnx").read_text() == "weights"


def test_what_a_killed_export_left_is_removed_after_a_day(tmp_path) -> None:
    for name, age in (("old", LEFT_OVER_SECONDS + 60), ("new", 0)):
        (tmp_path / f".partial-{name}").mkdir()
        moment = time.time() - age
        os.utime(tmp_path / f".partial-{name}", (moment, moment))
    exported_model(tmp_path, "key", export)
    assert sorted(path.name for path in tmp_path.iterdir()) == [".partial-new", "key"]
