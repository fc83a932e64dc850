"""What the documentation points at is there."""

from __future__ import annotations

import configparser
import json
import re
import runpy
from dataclasses import fields
from pathlib import Path

import pytest
import yaml

from qa_service.config import Settings

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))
LIST = ROOT / "docs" / "decisions" / "README.md"
MOST_WORDS_OF_A_DECISION = 250
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)")


def anchors(page: Path) -> set[str]:
    """Those of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading).lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [*PAGES, *DECISIONS], ids=lambda page: page.name)
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page: Path) -> None:
    for file, anchor in LINK.findall(page.read_text("utf-8")):
        target = page.parent / file if file else page
        assert target.exists(), file
        assert not anchor or anchor in anchors(target), f"{file}#{anchor}"


def test_every_page_of_the_documentation_is_found_from_the_readme() -> None:
    linked = {file for file, _ in LINK.findall(PAGES[0].read_text("utf-8"))}
    assert {f"docs/{page.name}" for page in PAGES[1:]} <= linked


def test_a_newcomer_reads_the_readme_in_three_minutes() -> None:
    words = PAGES[0].read_text("utf-8").split()
    assert len(words) < 3 * 250


def test_every_decision_is_listed_among_the_decisions() -> None:
    listed = {file for file, _ in LINK.findall(LIST.read_text("utf-8"))}
    assert {page.name for page in set(DECISIONS) - {LIST}} <= listed


@pytest.mark.parametrize(
    "page", [d for d in DECISIONS if d.name != "README.md"], ids=lambda page: page.name
)
def test_a_decision_takes_half_a_page(page: Path) -> None:
    assert len(page.read_text("utf-8").split()) <= MOST_WORDS_OF_A_DECISION


def test_the_page_of_settings_says_what_the_settings_say() -> None:
    written = runpy.run_path(str(ROOT / "scripts" / "write_settings_page.py"))
    told = {name for names, _ in written["entries"]() for name in names}
    assert told == {field.name for field in fields(Settings)} - {"given"}
    assert (ROOT / "docs" / "settings.md").read_text("utf-8") == written["page"](), (
        "run: .venv/bin/python scripts/write_settings_page.py"
    )


@pytest.mark.parametrize("page", PAGES[1:], ids=lambda page: page.name)
def test_tables_are_those_of_the_figures(page: Path) -> None:
    written = runpy.run_path(str(ROOT / "scripts" / "write_tables.py"))
    text = page.read_text("utf-8")
    assert text == written["page_with_tables"](text), (
        "run: .venv/bin/python scripts/write_tables.py"
    )


def test_the_unit_starts_the_server_again_whatever_ends_it() -> None:
    unit = configparser.ConfigParser(strict=False)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read(ROOT / "docs" / "qa-service.service")
    service = dict(unit["Service"])
    assert service["ExecStart"].endswith("qa-service serve")
    assert (service["Restart"], service["KillMode"]) == ("always", "control-group")


def test_the_images_take_every_file_that_they_are_made_of() -> None:
    kept = (ROOT / ".dockerignore").read_text("utf-8").split()
    service, database = map(copied_by, ("Dockerfile", "docs/deploy/patroni.Dockerfile"))
    assert {f"!{name}" for name in service | database} == {line for line in kept if line[0] == "!"}
    assert {"pyproject.toml", "README.md", "LICENSE", "qa_service", "locked"} == service


def copied_by(dockerfile: str) -> set[str]:
    """The files that an image takes of the repository."""
    copied = re.findall(r"^COPY (?!--)(.+) \S+$", (ROOT / dockerfile).read_text("utf-8"), re.M)
    return {name for line in copied for name in line.split()}


def test_containers_cannot_write_what_they_are_made_of() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    assert all(service["read_only"] for service in services.values())
    assert all(service["cap_drop"] == ["ALL"] for service in services.values())
    assert "USER 10001:10001" in (ROOT / "Dockerfile").read_text("utf-8")
    assert f"- ./docs/{(ROOT / 'docs' / 'Caddyfile').name}:" in (ROOT / "compose.yaml").read_text()


@pytest.mark.engines
def test_what_a_billion_passages_take_is_reckoned_from_what_was_measured(monkeypatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "scripts"))
    figures = json.loads((ROOT / "docs/figures/scale-reckoned.json").read_text("utf-8"))
    reckon = runpy.run_path(str(ROOT / "scripts/reckon_scale.py"))
    expected = [reckon["row"](size, *figures["bytes_of_a_passage"]) for size in reckon["SIZES"]]
    assert figures["rows"] == expected
