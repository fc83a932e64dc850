"""Whatever a file does to the process that reads it costs that file alone."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from made_files import zip_file

from qa_service.nouns.documents import Document, SkippedFile
from qa_service.reading import ReadingLimits, Source
from qa_service.reading.isolation import bounded_child
from qa_service.reading.isolation.pool import ReadingPool
from qa_service.reading.isolation.process import ReadingProcess
from qa_service.reading.isolation.wire import from_wire, spent_from_wire, to_wire

LIMITS = ReadingLimits(seconds=3.0, memory_bytes=2**31, output_bytes=2**20)


@pytest.fixture
def child(monkeypatch: pytest.MonkeyPatch) -> Iterator[ReadingProcess]:
    """A reading process whose text files misbehave by their first word."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    monkeypatch.setattr(bounded_child, "GRACE", 0.5)
    reading = ReadingProcess(LIMITS, worker="bad_worker")
    yield reading
    reading.close()


@pytest.fixture
def read_text(child: ReadingProcess, corpus: Path) -> Callable[[str], Document | SkippedFile]:
    """What the process makes of a file of these words."""

    def read(words: str) -> Document | SkippedFile:
        path = corpus / "a.txt"
        path.write_text(words)
        (item,) = child.read(Source(path, corpus, "a.txt", "default"))
        return item

    return read


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ("crash", "crashed on it (SIGSEGV)"),
        ("hang", "longer than 3 seconds; split it or raise QA_MAX_FILE_SECONDS"),
        ("hang-deaf", "longer than 3 seconds"),
        ("eat", "more than 2,048 megabytes of memory; split it or raise QA_MAX_READING_MEGABYTES"),
        ("talk", "more than 1 megabytes of text; split it"),
    ],
)
def test_a_bad_file_is_named_with_the_reason_and_the_next_one_is_read(
    read_text, words: str, reason: str
) -> None:
    skipped = read_text(words)
    assert isinstance(skipped, SkippedFile)
    assert reason in skipped.reason
    assert read_text("Boats sail.").text == "Boats sail."


def test_what_a_library_prints_does_not_reach_the_answer(read_text) -> None:
    assert read_text("print words").text == "print words"


def test_a_file_does_not_pay_for_what_an_earlier_one_did_to_the_process(read_text) -> None:
    read_text("Boats sail.")
    assert read_text("crash-if-second").text == "crash-if-second"


def test_a_file_that_ends_its_reader_costs_an_archive_that_file_alone(child, corpus) -> None:
    names = ("a crashes", "b", "c hangs", "d")
    words = ("crash", "Boats sail.", "hang", "Boats turn.")
    archive = zip_file({f"{name}.txt": text for name, text in zip(names, words, strict=True)})
    (corpus / "a.zip").write_bytes(archive)
    items = child.read(Source(corpus / "a.zip", corpus, "a.zip", "default"))
    assert [item.source for item in items] == [f"a.zip/{names[n]}.txt" for n in (1, 3, 0, 2)]
    assert "SIGSEGV" in items[2].reason
    assert "longer than" in items[3].reason


def test_an_archive_of_many_such_files_is_given_up(child, corpus) -> None:
    archive = zip_file({f"{place}.txt": "crash" for place in range(9)})
    (corpus / "a.zip").write_bytes(archive)
    items = child.read(Source(corpus / "a.zip", corpus, "a.zip", "default"))
    assert [item.source for item in items][-1] == "a.zip"
    assert len(items) == 6


def test_what_a_reader_started_ends_with_it(read_text) -> None:
    assert "longer than" in read_text("orphan").reason
    running = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True)
    assert "sleep 600.25" not in running.stdout


def test_a_stopped_process_gives_up_at_once(child, corpus) -> None:
    (corpus / "a.txt").write_text("hang")
    child.stop()
    began = time.monotonic()
    child.read(Source(corpus / "a.txt", corpus, "a.txt", "default"))
    assert time.monotonic() - began < 5


def sources(corpus: Path, count: int) -> list[Source]:
    for place in range(count):
        (corpus / f"{place}.txt").write_text(f"Boat number {place} sails.")
    return [Source(corpus / f"{n}.txt", corpus, f"{n}.txt", "default") for n in range(count)]


def test_a_pool_reads_in_order_and_no_further_ahead_than_it_should(corpus: Path) -> None:
    taken: list[str] = []

    def noted() -> Iterator[Source]:
        for source in sources(corpus, 20):
            taken.append(source.name)
            yield source

    with ReadingPool(ReadingLimits(), processes=2) as pool:
        results = pool.map(pool.read, noted())
        assert next(results)[0].text == "Boat number 0 sails."
        assert len(taken) <= 6
        assert [items[0].source for items in results] == [f"{n}.txt" for n in range(1, 20)]


def test_leaving_a_pool_early_ends_its_processes(corpus: Path) -> None:
    with ReadingPool(ReadingLimits(), processes=1) as pool:
        results = pool.map(pool.read, sources(corpus, 9))
        next(results)
        results.close()
    before = {name for name in os.listdir("/proc") if name.isdigit()}
    assert not [n for n in before if _is_reading_child(n)]


def _is_reading_child(number: str) -> bool:
    try:
        words = Path(f"/proc/{number}/cmdline").read_bytes()
        parent = Path(f"/proc/{number}/stat").read_text().rsplit(")", 1)[1].split()[1]
    except OSError:
        return False
    return b"reading.isolation.worker" in words and parent == str(os.getpid())


def test_documents_are_the_same_on_the_other_side(read) -> None:
    document = read("a.md", "# Harbour\n\nBoats sail.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n")
    skipped = SkippedFile("a.pdf", "encrypted")
    assert [from_wire(to_wire(item)) for item in (document, skipped)] == [document, skipped]


@pytest.mark.parametrize(
    "change",
    [
        {"pages": [{"number": 1, "start": 0, "end": 99_999}]},
        {"metadata": {"format": 5}},
        {"title": None},
        {"surprise": "a"},
    ],
)
def test_nonsense_from_the_other_side_is_refused(read, change) -> None:
    wire = to_wire(read("a.txt", "Boats sail."))
    with pytest.raises((ValueError, TypeError)):
        from_wire({"document": wire["document"] | change})


def test_a_file_of_many_steps_is_given_up_after_a_time_for_all_of_it(
    monkeypatch, corpus: Path
) -> None:
    """Every file within began the time anew."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    limits = ReadingLimits(seconds=60.0, total_seconds=4.0)
    path = corpus / "many.zip"
    path.write_bytes(zip_file({f"{number}.txt": "slow second" for number in range(60)}))
    reading = ReadingProcess(limits, worker="bad_worker")
    items = reading.read(Source(path, corpus, "many.zip", "default"))
    reading.close()
    assert "QA_MAX_FILE_TOTAL_SECONDS" in items[-1].reason
    assert len(items) < 60


def test_the_seconds_of_each_stage_of_reading_are_told(corpus: Path) -> None:
    (corpus / "a.md").write_text("# Harbour\n\nBoats sail.\n")
    with ReadingPool(ReadingLimits(), processes=1) as pool:
        _, spent = pool.read_timed(Source(corpus / "a.md", corpus, "a.md", "default"))
    stages = {"opening", "detecting", "format markdown", "text", "dates", "blocks and facts"}
    assert stages | {"language"} == set(spent)
    assert all(0 <= seconds < 60 for seconds in spent.values())


def test_the_time_of_a_file_that_is_given_up_is_told(read_text, child: ReadingProcess) -> None:
    read_text("hang")
    assert child.spent["given up"] >= LIMITS.seconds


@pytest.mark.parametrize(
    "said", [None, [], {"opening": "soon"}, {"opening": -1.0}, {"opening": float("inf")}]
)
def test_nonsense_about_time_is_left_out(said) -> None:
    assert spent_from_wire(said) == {}
