"""`doctor` names what is missing and how to mend it."""

from __future__ import annotations

import json
import re
import socket
import sys
from pathlib import Path

import pytest

from qa_service.commands import doctor
from qa_service.config import Settings
from qa_service.indexing.encoding import embedding
from qa_service.reading.formats.scans import ocr


@pytest.fixture(autouse=True)
def roomy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with memory, disk and a free port, whatever the one is that tests run on."""
    monkeypatch.setattr(doctor, "free_megabytes", lambda: 8_000)
    monkeypatch.setattr(doctor, "LEAST_FREE_MEGABYTES", 0)
    monkeypatch.setenv("QA_PORT", "0")


@pytest.fixture
def state(built):
    """The state of one thing, and how to mend it."""

    def look(about: str) -> tuple[str, str]:
        findings = json.loads(built("doctor", "--json").out)
        return next((f["state"], f["mend"]) for f in findings if f["about"] == about)

    return look


def test_a_machine_that_lacks_nothing_is_told_so(built) -> None:
    outcome = built("doctor")
    assert outcome.status == 0
    assert "ok      model: its sha256 is that of the published model" in outcome.out


def test_before_the_first_build_doctor_says_to_build(run, corpus_dir) -> None:  # noqa: ARG001
    outcome = run("doctor")
    assert outcome.status == 1
    assert "has no index yet; run: qa-service build" in outcome.out


def test_a_build_of_another_format_is_missing_and_says_what_to_run(built, tmp_path) -> None:
    (manifest,) = tmp_path.rglob("manifest.json")
    manifest.write_text(
        re.sub(r'"format_version": \d+', '"format_version": 1', manifest.read_text())
    )
    outcome = built("doctor")
    assert outcome.status == 1
    assert re.search("missing build: .* has format 1.*; run: qa-service build --full", outcome.out)


def test_weights_that_are_not_the_published_ones_are_missing(state, monkeypatch) -> None:
    monkeypatch.setitem(embedding.DEFAULT_FILES, "model.safetensors", "0" * 64)
    assert state("model")[0] == "missing"


def test_scans_without_tesseract_are_a_note(state, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "ocr_program", lambda: None)
    found, mend = state("text recognition")
    assert (found, "apt-get install tesseract-ocr" in mend) == ("note", True)


def test_tesseract_without_a_language_is_a_note(state, monkeypatch) -> None:
    monkeypatch.setattr(ocr, "ocr_program", lambda: "tesseract")
    monkeypatch.setattr(ocr, "ocr_languages", lambda _: "")
    assert state("text recognition") == (
        "note",
        "to read scans: apt-get install tesseract-ocr-eng",
    )


def test_too_little_memory_is_missing(state, monkeypatch) -> None:
    monkeypatch.setattr(doctor, "free_megabytes", lambda: 600)
    assert state("memory") == ("missing", "set QA_PROCESSES=1, or give the machine more memory")
    monkeypatch.setattr(doctor, "free_megabytes", lambda: 300)
    assert state("memory") == ("missing", "give the machine more memory")


def test_a_containers_limit_is_all_the_memory_there_is(tmp_path, monkeypatch) -> None:
    monkeypatch.undo()
    (tmp_path / "memory.max").write_text("1048576\n")
    assert doctor.free_megabytes(tmp_path / "memory.max") in (1, None)


def test_what_an_extra_would_bring_is_missing_where_settings_ask_for_it(state, monkeypatch) -> None:
    monkeypatch.setenv("QA_TRACES", "http://127.0.0.1:4318/v1/traces")
    assert state("packages") == ("ok", "")
    monkeypatch.delitem(sys.modules, "qa_service.web.tracing.spans")
    monkeypatch.setitem(sys.modules, "opentelemetry.sdk.trace", None)
    assert state("packages") == ("missing", "run: pip install 'qa-service[tracing]'")


def test_a_port_in_use_is_named(state, monkeypatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        monkeypatch.setenv("QA_PORT", str(taken.getsockname()[1]))
        assert state("port")[0] == "note"


def test_an_address_that_is_none_of_this_machine_is_missing(built) -> None:
    outcome = built("doctor", "--host", "192.0.2.1")
    assert outcome.status == 1
    assert re.search("missing port: 192.0.2.1:.*; choose another", outcome.out)


def test_a_folder_that_cannot_be_written_is_missing(monkeypatch, tmp_path: Path) -> None:
    monkeypatch.setattr(doctor.os, "access", lambda *_: False)
    settings = Settings(corpus_dir=tmp_path, index_dir=tmp_path / "index", cache_dir=tmp_path)
    findings = {item.about: item for item in doctor.folders(settings)}
    assert {item.state for item in findings.values()} == {"missing"}
    assert "QA_INDEX_DIR" in findings["index"].mend


def test_a_clock_behind_the_files_is_missing(state, monkeypatch) -> None:
    monkeypatch.setattr(doctor.time, "time", lambda: 0.0)
    assert state("time") == ("missing", "set it: timedatectl set-ntp true")
