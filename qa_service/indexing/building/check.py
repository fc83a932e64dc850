"""Is the build in use sound, and does it still say what the corpus says?"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from itertools import groupby
from pathlib import Path

from qa_service.errors import BuildFailed, DamagedBuild
from qa_service.indexing.building.corpus import Folders, corpus_sources, known_names
from qa_service.indexing.building.metadata_table import read_stated
from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.seam.reading import TextReader
from qa_service.indexing.engine.store_walk import all_passages
from qa_service.indexing.keeping.manifest import Manifest, current_build
from qa_service.nouns.documents import SkippedFile
from qa_service.reading import source_version
from qa_service.translation.catalogue import N_
from qa_service.translation.sentences import said

_REBUILD = N_("run: qa-service build")


def check_index(
    index_dir: Path, folders: Folders, unfetched: Sequence[SkippedFile] = ()
) -> list[str]:
    """Everything that is wrong, a sentence each; empty where the build is sound.

    `unfetched` are files that could not be had from elsewhere.

    Raises NoIndex before the first build.
    """
    try:
        opened = FolderBuild(current_build(index_dir), anew=True)
    except DamagedBuild as error:
        return [str(error)]
    with closing(opened):
        return check_build(opened.manifest, opened.store, folders, unfetched)


def check_build(
    manifest: Manifest, texts: TextReader, folders: Folders, unfetched: Sequence[SkippedFile]
) -> list[str]:
    """As `check_index`, of a build whose files or rows were looked at already."""
    try:
        return [
            *misplaced_passages(texts),
            *_differences(manifest, _corpus_versions(folders)),
            *_restated(texts, folders, unfetched),
            *map(_not_fetched, unfetched),
        ]
    except DamagedBuild as error:  # a text that is not the one that was hashed
        return [str(error)]


def _not_fetched(item: SkippedFile) -> str:
    told = {"source": item.source, "reason": item.reason, "fix": _REBUILD}
    return said("%(source)s: %(reason)s; %(fix)s", **told)


def misplaced_passages(store: TextReader) -> list[str]:
    """Passages that are not their document's text at their offsets."""
    by_document = groupby(all_passages(store), key=lambda passage: passage.document_id)
    texts = ((store.document(name).text, passages) for name, passages in by_document)
    return [
        said(
            "passage %(passage)s is not the text of %(document)s at its place; run: "
            "qa-service build --full",
            passage=passage.id,
            document=passage.document_id,
        )
        for text, passages in texts
        for passage in passages
        if text[passage.start : passage.end] != passage.text
    ]


def _corpus_versions(folders: Folders) -> dict[str, str]:
    return {source.name: source_version(source) for source in corpus_sources(folders)}


def _differences(manifest: Manifest, versions: dict[str, str]) -> list[str]:
    skipped = {item.source: item.version for item in manifest.skipped}
    known = skipped | manifest.read_files
    new = [source for source in versions if source not in known]
    gone = [source for source in manifest.read_files if source not in versions]
    changed = [source for source in known if versions.get(source, known[source]) != known[source]]
    return [
        *_told(N_("%(source)s is new since the build; %(fix)s"), new),
        *_told(N_("%(source)s has left the corpus since the build; %(fix)s"), gone),
        *_told(N_("%(source)s has changed since the build; %(fix)s"), changed),
    ]


def _told(sentence: str, sources: list[str]) -> list[str]:
    return [said(sentence, source=source, fix=_REBUILD) for source in sources]


def _restated(texts: TextReader, folders: Folders, unfetched: Sequence[SkippedFile]) -> list[str]:
    """Files of which a table beside them states something else than at the build."""
    try:
        facts = read_stated(folders, known_names(corpus_sources(folders), unfetched))
    except BuildFailed as error:
        return [str(error)]
    return [
        said(
            "what is stated of %(file)s has changed since the build; %(fix)s",
            file=file,
            fix=_REBUILD,
        )
        for file, stated in texts.stated()
        if facts.of_file(file) != stated
    ]
