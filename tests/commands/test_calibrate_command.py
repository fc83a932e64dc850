"""The command `calibrate` on the fake model, and what a stored calibration does to the others."""

from __future__ import annotations

import json
import os

import pytest
from fakes import built_index, make_document
from made_texts import prose

from qa_service.answering.calibration.stored import CALIBRATION_FILE
from qa_service.cli import main

pytestmark = pytest.mark.usefixtures("fake_model")
QUESTION = "inspectors families records quality"


@pytest.fixture
def command(capsys, tmp_path):
    """Runs a command over an index of ten documents of the same few words."""
    documents = [make_document(prose(80, seed), f"prose-{seed}") for seed in range(10)]
    built_index(documents, tmp_path / "index")
    (tmp_path / "corpus").mkdir()

    def run(*arguments):
        capsys.readouterr()
        return main(arguments), *capsys.readouterr()

    return run


@pytest.fixture
def stored(tmp_path):
    return tmp_path / "index" / CALIBRATION_FILE


def test_calibrate_prints_the_figures_and_stores_them(command, stored) -> None:
    status, out, err = command("calibrate", "--error-rate", "0.3")
    assert status == 0
    assert "made of the documents" in out
    assert "Answers are given from a confidence of" in out
    assert f"stored in {stored.relative_to(stored.parents[1])}" in err
    assert json.loads(stored.read_text())["report"]["error_rate"] == 0.3


def test_calibrate_prints_json(command) -> None:
    status, out, _ = command("calibrate", "--json", "--error-rate", "0.3")
    report = json.loads(out)
    assert status == 0
    assert {"threshold", "reached", "before", "after", "after_unseen"} <= report.keys()


def test_a_dry_run_stores_nothing(command, stored) -> None:
    status, out, _ = command("calibrate", "--dry-run")
    assert (status, "unseen" in out, stored.exists()) == (0, True, False)


def test_made_questions_choose_the_threshold_and_leave_confidence_as_it_was(
    command, stored
) -> None:
    raw = json.loads(command("ask", QUESTION, "--json")[1])
    command("calibrate", "--error-rate", "0.3")
    calibrated = json.loads(command("ask", QUESTION, "--json")[1])
    assert stored.exists()
    assert calibrated["confidence"] == raw["confidence"]


def test_a_damaged_calibration_fails_ask_and_check_with_the_fix(command, stored) -> None:
    stored.write_text("{")
    for arguments in (("ask", QUESTION), ("check",)):
        status, out, err = command(*arguments)
        assert status == 1
        assert "run: qa-service calibrate, or delete" in out + err


def test_with_the_switch_off_a_damaged_calibration_is_no_matter(command, stored) -> None:
    stored.write_text("{")
    os.environ["QA_CALIBRATION"] = "false"
    assert command("ask", QUESTION)[0] in {0, 4}


def test_a_build_leaves_the_calibration_where_it_is(command, stored, tmp_path) -> None:
    command("calibrate", "--error-rate", "0.3")
    (tmp_path / "corpus" / "new.txt").write_text(prose(100, 77), encoding="utf-8")
    for _ in range(3):
        assert command("build", "--full")[0] == 0
    assert command("ask", QUESTION)[0] in {0, 4}
    assert stored.exists()


@pytest.mark.parametrize("rate", ["0", "1.5"])
def test_a_wrong_error_rate_is_a_plain_failure(command, rate) -> None:
    status, _, err = command("calibrate", "--error-rate", rate)
    assert (status, "error-rate: give a share" in err) == (1, True)


def test_without_an_index_calibrate_names_the_command_to_run(command) -> None:
    status, _, err = command("calibrate", "--index", "nowhere")
    assert (status, "run: qa-service build" in err) == (1, True)
