"""Files of collections as machines that read for another have them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from distant_servers import Distant

from qa_service.commands.building.originals import FetchedOriginals, Originals
from qa_service.config import Settings
from qa_service.errors import FetchFailed
from qa_service.indexing.building.corpus import corpus_sources
from qa_service.indexing.building.progress import NoProgress
from qa_service.mirroring.mirrors import refresh_all

pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]
ONE = pytest.mark.parametrize("distant", ["webdav"], indirect=True)


@pytest.fixture
def builder(tmp_path: Path, distant: Distant) -> Settings:
    """What the machine that builds has mirrored."""
    found = Settings(collections=f"visits={distant.address}", index_dir=tmp_path / "index")
    refresh_all(found, NoProgress())
    return found


@pytest.fixture
def worker(tmp_path, builder) -> Settings:
    """The same collections on a machine that has mirrored nothing."""
    return replace(builder, index_dir=tmp_path / "of-a-worker")


def test_a_file_is_fetched_from_the_address_of_its_collection(builder, worker) -> None:
    source = next(it for it in corpus_sources(builder.folders) if "visit.md" in it.name)
    collection, file = Originals(builder).of(source)
    with FetchedOriginals(worker).fetched(collection, file) as fetched:
        assert fetched.path.read_bytes() == source.path.read_bytes()
        assert (fetched.name, fetched.collection) == (source.name, source.collection)
    assert not fetched.path.exists()


@ONE
def test_a_file_that_changed_there_since_is_not_read(builder, worker, distant) -> None:
    source = next(it for it in corpus_sources(builder.folders) if "visit.md" in it.name)
    collection, file = Originals(builder).of(source)
    distant.store.put("2023/visit.md", b"It was not visited, after all.")
    with pytest.raises(FetchFailed), FetchedOriginals(worker).fetched(collection, file):
        pass


@ONE
def test_the_machine_that_builds_reads_its_mirror(builder, distant) -> None:
    source = corpus_sources(builder.folders)[0]
    distant.way.close()
    with FetchedOriginals(builder, mirrored=True).fetched(*Originals(builder).of(source)) as found:
        assert found.path == source.path


def test_a_file_of_a_folder_is_read_where_it_lies_if_its_bytes_are_the_same(tmp_path) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "a.md").write_text("One.")
    settings = Settings(corpus_dir=folder, index_dir=tmp_path / "index")
    (source,) = corpus_sources(settings.folders)
    asked = Originals(settings).of(source)
    with FetchedOriginals(settings).fetched(*asked) as found:
        assert found == source
    (folder / "a.md").write_text("Another.")
    with pytest.raises(FetchFailed), FetchedOriginals(settings).fetched(*asked):
        pass


@ONE
def test_collections_that_cannot_be_reached_are_not_offered(worker: Settings) -> None:
    assert FetchedOriginals(replace(worker, corpus_dir=Path("nowhere"))).collections == ["visits"]
