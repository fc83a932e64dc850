"""A build of which other processes read the files and encode the passages, on a real server."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from threading import Event, Thread

import pytest
from fakes import FakeEmbedder, build_here
from made_texts import prose

from qa_service.errors import BuildFailed, FetchFailed
from qa_service.indexing.building.corpus import read_corpus
from qa_service.indexing.building.options import Encoding
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.postgres.database import Database
from qa_service.indexing.engine.postgres.tasks import (
    READ,
    QueueState,
    Skill,
    Task,
    TaskTable,
    finish_task,
    put_tasks,
    take_task,
)
from qa_service.indexing.engine.postgres.writing.contents import contents_hash
from qa_service.indexing.keeping.manifest import current_build
from qa_service.indexing.queue.asking import WorkAsked
from qa_service.indexing.queue.messages import OriginalFile
from qa_service.indexing.queue.queued import QueuedEmbedder, QueuedReaders
from qa_service.indexing.queue.working import encoding_hand, reading_hand, work
from qa_service.reading import ReadingLimits, Source, source_version
from qa_service.reading.isolation.pool import ReadingPool

pytestmark = [pytest.mark.engines, pytest.mark.usefixtures("reads_here")]
HERE = Path(__file__).parent
TASK = Task(READ, "v1", "reports", b"a file")
SKILL = Skill(READ, "v1", ["reports"])


@pytest.fixture
def address(new_database: Callable[[], str]) -> str:
    return new_database()


@pytest.fixture
def table(address: str) -> TaskTable:
    return TaskTable(Database(address))


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    folder.mkdir()
    for number in range(12):
        text = f"# Report {number}\n\n{prose(700 + 40 * number)}"
        (folder / f"report{number}.md").write_text(text, encoding="utf-8")
    return folder


class Workplace:
    """A machine with a folder of documents and a model."""

    def __init__(self, table: TaskTable, folder: Path) -> None:
        self.table, self.folder = table, folder
        self.embedder = FakeEmbedder()
        self.read: list[str] = []

    @contextmanager
    def at_work(self) -> Iterator[None]:
        ended = Event()
        with ReadingPool(ReadingLimits(), 1) as pool:
            hands = [
                encoding_hand(self.embedder),
                reading_hand(pool, "v1", [""], self._fetched),
            ]
            thread = Thread(target=work, args=(self.table, str(id(self)), hands, print, ended))
            thread.start()
            try:
                yield
            finally:
                ended.set()
                thread.join()

    @contextmanager
    def _fetched(self, _collection: str, file: OriginalFile) -> Iterator[Source]:
        source = Source(self.folder / file.path, self.folder, file.name, file.collection)
        if source_version(source) != file.version:
            raise FetchFailed("not here")
        self.read.append(file.name)
        yield source


def original(source: Source) -> tuple[str, OriginalFile]:
    version = source_version(source)
    return "", OriginalFile(source.path.name, source.name, source.collection, version)


def queued_build(
    table: TaskTable, corpus: Path, index_dir: Path, told: list[QueueState] | None = None
) -> str:
    """A build by workers alone; gives the hash of all it holds."""
    with (
        ReadingPool(ReadingLimits(), 1) as own,
        WorkAsked(table, [].append if told is None else told.append) as asked,
    ):
        readers = QueuedReaders(asked, "v1", original, own)
        build_here(
            read_corpus([("", corpus)], ReadingLimits(), readers=readers),
            index_dir,
            QueuedEmbedder(FakeEmbedder(), asked),
            encoding=Encoding(8, asked.stop),
        )
    return contents_of(index_dir)


def contents_of(index_dir: Path) -> str:
    with closing(FolderBuild(current_build(index_dir))) as opened:
        return contents_hash(opened)


@pytest.fixture
def local(corpus: Path, tmp_path: Path) -> str:
    """The hash of all that a build of this machine alone holds."""
    build_here(read_corpus([("", corpus)], ReadingLimits()), tmp_path / "local", FakeEmbedder())
    return contents_of(tmp_path / "local")


def vectors_of(index_dir: Path) -> list[bytes]:
    folder = current_build(index_dir)
    return [path.read_bytes() for path in sorted(folder.glob("*vectors*"))]


def test_workers_make_byte_for_byte_what_one_machine_does(
    table, corpus, index_dir, tmp_path, local
) -> None:
    places = [Workplace(table, corpus), Workplace(table, corpus)]
    with places[0].at_work(), places[1].at_work():
        assert queued_build(table, corpus, index_dir) == local
    assert vectors_of(index_dir) == vectors_of(tmp_path / "local") != []
    assert sorted(places[0].read + places[1].read) == sorted(os.listdir(corpus))


def test_a_worker_that_is_killed_costs_nothing_but_its_last_batch(
    address, table, corpus, index_dir, local
) -> None:
    with ExitStack() as stack:
        reader = Workplace(table, corpus)
        built: list[str] = []
        building = Thread(target=lambda: built.append(queued_build(table, corpus, index_dir)))
        stuck = stack.enter_context(stuck_worker(address))
        building.start()
        stack.enter_context(reader_alone(reader))
        assert stuck.stdout.readline() == "encoding\n"
        stuck.send_signal(signal.SIGKILL)
        stack.enter_context(reader.at_work())
        building.join()
    assert built == [local]
    assert len(reader.embedder.encoded) == len(set(reader.embedder.encoded))


@contextmanager
def reader_alone(place: Workplace) -> Iterator[None]:
    ended = Event()
    with ReadingPool(ReadingLimits(), 1) as pool:
        hands = [reading_hand(pool, "v1", [""], place._fetched)]
        thread = Thread(target=work, args=(place.table, "reader", hands, print, ended))
        thread.start()
        yield
        ended.set()
        thread.join()


@contextmanager
def stuck_worker(address: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, str(HERE / "stuck_worker.py"), address]
    paths = {"PYTHONPATH": os.pathsep.join(map(str, [HERE.parents[1], HERE.parents[2]]))}
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env=os.environ | paths
    ) as process:
        yield process
        process.kill()


def test_a_server_that_is_killed_meanwhile_is_waited_for(
    table, corpus, index_dir, local, postgres_server
) -> None:
    built: list[str] = []
    building = Thread(target=lambda: built.append(queued_build(table, corpus, index_dir)))
    place = Workplace(table, corpus)
    with place.at_work():
        building.start()
        try:
            postgres_server.kill()
        finally:
            postgres_server.start()
        building.join()
    assert built == [local]


def test_what_was_made_for_a_build_that_ended_is_there_for_the_next(table) -> None:
    with table.asking() as connection:
        put_tasks(connection, [TASK])
        taken = take_task(connection, SKILL)
        finish_task(connection, taken, b"read")
    with WorkAsked(table, lambda _: None) as asked:
        assert asked.do(TASK) == b"read"


def test_a_task_that_somebody_has_is_taken_by_nobody_else_until_they_are_gone(table) -> None:
    with table.working("one") as one, table.working("other") as other:
        put_tasks(other, [TASK])
        assert take_task(one, SKILL) == TASK
        assert take_task(other, SKILL) is None
        one.rollback()
        assert take_task(other, SKILL) == TASK


@pytest.mark.parametrize(
    "skill",
    [Skill(READ, "v2", ["reports"]), Skill(READ, "v1", ["minutes"]), Skill("encode", "v1", [""])],
)
def test_who_would_make_something_else_of_it_or_cannot_reach_it_gets_no_task(table, skill) -> None:
    with table.working("one") as connection:
        put_tasks(connection, [TASK])
        assert take_task(connection, skill) is None


def test_a_file_that_no_worker_has_as_the_build_saw_it_is_read_where_it_is_built(
    table, corpus, index_dir, tmp_path, local
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    place = Workplace(table, elsewhere)
    (elsewhere / "report0.md").write_text("Other words.")
    with place.at_work():
        assert queued_build(table, corpus, index_dir) == local
    assert place.read == []


def test_who_waits_when_the_build_is_stopped_goes_on(table) -> None:
    failed: list[str] = []

    def ask(asked: WorkAsked) -> None:
        with pytest.raises(BuildFailed) as raised:
            asked.do(TASK)
        failed.append(str(raised.value))

    with WorkAsked(table, lambda _: None) as asked:
        waiting = Thread(target=ask, args=(asked,))
        waiting.start()
        asked.stop()
        waiting.join()
    assert failed == ["the build was stopped; run it again"]


def test_everybody_connected_is_counted_once_and_all_tasks_are_told(table) -> None:
    with table.working("one"), table.working("one"), table.working("other") as connection:
        put_tasks(connection, [TASK, Task("encode", "v1", "", b"passages", 60)])
        finish_task(connection, take_task(connection, Skill("encode", "v1", [""])), b"made")
        state = table.state()
    assert (state.done, state.total, state.workers) == (1, 2, 2)
    assert 0 < state.rate <= 60


def test_tasks_of_other_versions_are_forgotten(table) -> None:
    with table.asking() as connection:
        put_tasks(connection, [TASK, Task(READ, "v2", "reports", b"a file")])
    table.forget(["v2"])
    assert table.state().total == 1
    table.forget()
    assert table.state().total == 0
