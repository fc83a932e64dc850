"""What all commands share, and `check`, `documents` and `serve`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from outcomes import BORDERS, QUESTION, assert_plain_failure

from qa_service import __version__
from qa_service.cli import main


@pytest.mark.parametrize("command", [["ask", QUESTION], ["search", "quality"], ["check"]])
def test_before_the_first_build_the_fix_is_named(run, command) -> None:
    assert_plain_failure(run(*command), "run: qa-service build")


def test_check_is_content_with_a_sound_index(built) -> None:
    outcome = built("check")
    assert (outcome.status, outcome.err) == (0, "")
    assert "sound" in outcome.out


def test_check_names_what_is_wrong_and_ends_with_1(built, corpus_dir) -> None:
    (corpus_dir / "new.txt").write_text("New.")
    outcome = built("check")
    assert outcome.status == 1
    assert "new.txt is new since the build" in outcome.out


def test_serve_starts_the_web_face_with_the_flags(run, monkeypatch) -> None:
    started = []
    monkeypatch.setattr("qa_service.web.server.serve", started.append)
    assert run("serve", "--host", "0.0.0.0", "--port", "81").status == 0
    assert [(settings.host, settings.port) for settings in started] == [("0.0.0.0", 81)]


def test_a_flag_beats_the_environment(built, monkeypatch) -> None:
    monkeypatch.setenv("QA_INDEX_DIR", "elsewhere")
    assert_plain_failure(built("check"), "elsewhere")
    assert built("check", "--index", "index").status == 0


def test_a_settings_file_is_read_and_its_errors_are_plain(built, tmp_path) -> None:
    (tmp_path / "qa.toml").write_text("index_dir = 'elsewhere'")
    (tmp_path / "bad.toml").write_text("index_dri = 'elsewhere'")
    assert_plain_failure(built("check", "--config", "qa.toml"), "elsewhere")
    assert_plain_failure(built("check", "--config", "bad.toml"), "did you mean 'index_dir'")


@pytest.mark.parametrize(
    "arguments", [[], ["anser"], ["ask"], ["search", "x", "--limit", "many"], ["build", "--all"]]
)
def test_a_command_that_is_not_understood_ends_with_2(arguments, capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert capsys.readouterr().err.startswith("usage: qa-service")


def test_a_stopped_command_says_so(built, monkeypatch) -> None:
    monkeypatch.setattr(
        "qa_service.indexing.builds.kept.check_builds", mock.Mock(side_effect=KeyboardInterrupt)
    )
    assert built("check") == (130, "", "qa-service: stopped\n")


def run_process(*arguments: str, **options: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "qa_service", *arguments]
    buffered = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    values = buffered | {"PYTHONPATH": str(Path(__file__).parents[2])}
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=values, **options)


def test_the_package_runs_as_a_module() -> None:
    with run_process("--version", stdout=subprocess.PIPE) as process:
        out, err = process.communicate()
    assert (process.returncode, out, err) == (0, f"qa-service {__version__}\n", "")


@pytest.mark.usefixtures("built")
def test_a_reader_that_goes_away_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with run_process("check", stdout=writer) as process:
        os.close(writer)
        _, err = process.communicate()
    assert (process.returncode, err) == (0, "")


def test_documents_are_listed_with_how_each_was_read(run, corpus_dir) -> None:
    (corpus_dir / "copy.md").write_text(BORDERS, encoding="utf-8")
    (corpus_dir / "grades.pdf").write_text("School,Grade\nNorth,Good\n", encoding="utf-8")
    built = run("build")
    assert "warning: grades.pdf: the ending is .pdf, but the content is text" in built.err
    listed = run("documents").out
    assert "Borders inspection, date unknown (borders.md)" in listed
    assert "14 words, language en, markdown" in listed
    assert "also at copy.md" in listed
    assert "warning: the ending is .pdf" in listed


def test_documents_as_json_are_the_endpoints(built) -> None:
    listed = json.loads(built("documents", "--json").out)
    assert [item["source"] for item in listed] == ["borders.md", "library.txt"]
    assert listed[0]["extraction"]["words"] == 14
