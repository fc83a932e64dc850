"""Settings: flag, environment, file, default; and what is wrong is told plainly."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from qa_service import config
from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.settings_sources import environment_of, load_settings


@pytest.fixture
def file(tmp_path):
    """Writes a settings file."""

    def write(text: str) -> Path:
        path = tmp_path / "qa.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return write


def load(environment: dict[str, str] | None = None, **flags: object) -> Settings:
    return load_settings(flags, environment or {})


def test_without_anything_the_defaults_hold() -> None:
    assert load() == Settings()


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(file) -> None:
    config = file("port = 1\nprocesses = 1\nhost = 'file'")
    environment = {"QA_PORT": "2", "QA_PROCESSES": "2"}
    settings = load_settings({"port": 3, "host": None}, environment, config)
    assert (settings.port, settings.processes, settings.host) == (3, 2, "file")
    assert settings.fusion == Settings().fusion


def test_the_environment_names_the_file_and_a_flag_names_another(file, tmp_path) -> None:
    (tmp_path / "other.toml").write_text("port = 2")
    environment = {"QA_CONFIG": str(file("port = 1"))}
    assert load(environment).port == 1
    assert load_settings({}, environment, tmp_path / "other.toml").port == 2


def test_values_become_what_the_setting_is() -> None:
    settings = load({"QA_INDEX_DIR": "elsewhere", "QA_KEYWORD_WEIGHT": "0.25", "QA_PORT": "81"})
    assert (settings.index_dir, settings.keyword_weight, settings.port) == (
        Path("elsewhere"),
        0.25,
        81,
    )


@pytest.mark.parametrize(("text", "value"), [("false", False), ("FALSE", False), ("True", True)])
def test_a_switch_is_true_or_false(file, text: str, value: bool) -> None:
    assert load({"QA_SPELLING": text}).spelling is value
    assert load_settings({}, {}, file(f"spelling = {text.lower()}")).spelling is value


@pytest.mark.parametrize("variable", ["QA_TEAM_TOKEN", "QAPORT", "PORT", "QA_", "QB_PORT"])
def test_variables_that_are_not_ours_are_ignored(variable: str) -> None:
    assert load({variable: "81"}) == Settings()


@pytest.mark.parametrize(
    ("variable", "meant"),
    [
        ("QA_PORTS", "port"),
        ("QA_CORPUSDIR", "corpus_dir"),
        ("QA_KEYWORDS_WEIGHT", "keyword_weight"),
    ],
)
def test_a_variable_that_is_nearly_a_setting_is_an_error(variable: str, meant: str) -> None:
    with pytest.raises(SettingsError, match=rf"{variable} .*did you mean '{meant}'"):
        load({variable: "81"})


def test_an_unknown_name_in_the_file_is_an_error_with_a_suggestion(file) -> None:
    with pytest.raises(SettingsError, match=r"qa\.toml: .*'keyword_wait'; did you mean 'keyword_w"):
        load_settings({}, {}, file("keyword_wait = 0.5"))


@pytest.mark.parametrize("text", ["zebra = 1", "[server]\nport = 1"])
def test_an_unknown_name_without_a_like_one_is_an_error_too(file, text) -> None:
    with pytest.raises(SettingsError, match="unknown setting"):
        load_settings({}, {}, file(text))


def test_a_setting_that_is_no_more_is_to_be_taken_out_of_the_file(file) -> None:
    with pytest.raises(SettingsError, match="'threads'; it is no more: take it out"):
        load_settings({}, {}, file("threads = 4"))


def test_a_file_that_is_not_there_or_no_toml_is_an_error_that_names_it(file, tmp_path) -> None:
    with pytest.raises(SettingsError, match=r"nowhere\.toml"):
        load_settings({}, {}, tmp_path / "nowhere.toml")
    with pytest.raises(SettingsError, match=r"qa\.toml is not a TOML file"):
        load_settings({}, {}, file("port: 1"))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("port", "eighty"),
        ("port", "80.5"),
        ("port", "65536"),
        ("port", "-1"),
        ("reading_processes", "-1"),
        ("keep_builds", "0"),
        ("keyword_weight", "1.1"),
        ("keyword_weight", "nan"),
        ("minimum_confidence", "-0.1"),
        ("max_quotes", "0"),
        ("max_waiting", "-1"),
        ("fusion", "sum"),
        ("spelling", "maybe"),
        ("spelling", "0"),
    ],
)
def test_a_wrong_value_is_an_error_that_names_the_setting(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"^{name} is"):
        load({f"QA_{name.upper()}": value})


@pytest.mark.parametrize("text", ["port = true", "port = 80.5", "corpus_dir = 5", "port = []"])
def test_a_value_of_another_type_in_the_file_is_an_error(file, text) -> None:
    with pytest.raises(SettingsError, match="give a"):
        load_settings({}, {}, file(text))


def test_a_switch_in_the_file_is_no_number(file) -> None:
    with pytest.raises(SettingsError, match="spelling is 1; give true or false"):
        load_settings({}, {}, file("spelling = 1"))


def test_an_empty_variable_counts_as_unset() -> None:
    assert load({"QA_INDEX_DIR": "", "QA_PORT": ""}) == Settings()


def test_a_flag_that_is_no_setting_is_an_error() -> None:
    with pytest.raises(SettingsError, match="prot"):
        load(prot=1)


def test_settings_are_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Settings().port = 1


def test_collections_are_named_folders_and_take_the_place_of_the_default_corpus() -> None:
    settings = load_settings(environment={"QA_COLLECTIONS": "reports=/srv/a; policies=b\n"})
    assert settings.folders == (("reports", Path("/srv/a")), ("policies", Path("b")))
    given = load_settings({"corpus_dir": "c"}, {"QA_COLLECTIONS": "reports=/srv/a"})
    assert given.folders == (("", Path("c")), ("reports", Path("/srv/a")))
    assert Settings().folders == (("", Path("corpus")),)


@pytest.mark.parametrize("value", ["reports", "=a", "a/b=c", "a=b;a=c", "a="])
def test_a_collection_without_name_or_folder_is_refused(value: str) -> None:
    with pytest.raises(SettingsError, match="give NAME=FOLDER"):
        Settings(collections=value)


def test_another_process_loads_the_same_settings_but_for_the_token() -> None:
    settings = load(
        {"QA_PORT": "81", "QA_RECORD_QUESTIONS": "true", "QA_OPERATOR_TOKEN": "x" * 16},
        corpus_dir=Path("corpus"),
        collections="news=/srv/news",
    )
    again = load(environment_of(settings))
    assert (again.port, again.record_questions, again.folders) == (81, True, settings.folders)
    assert again.operator_token == ""


def test_uploads_are_a_collection_once_their_folder_is_there(tmp_path) -> None:
    settings = Settings(index_dir=tmp_path / "index")
    assert [name for name, _ in settings.folders] == [""]
    settings.uploads_folder.mkdir(parents=True)
    assert settings.folders[-1] == ("uploads", tmp_path / "index" / "uploads")


def test_uploads_may_lie_in_a_folder_of_ones_own(tmp_path) -> None:
    settings = load({"QA_UPLOADS_DIR": str(tmp_path), "QA_INDEX_DIR": str(tmp_path / "index")})
    assert settings.uploads_folder == tmp_path
    assert settings.folders[-1] == ("uploads", tmp_path)


@pytest.mark.parametrize("origins", ["example.org", "https://example.org/chat", "*", "null"])
def test_only_whole_origins_may_show_the_chat(origins: str) -> None:
    with pytest.raises(SettingsError, match="without a path"):
        Settings(embed_origins=origins)


def test_unless_it_is_said_each_core_has_a_process_up_to_four(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(config, "cores", lambda: 3)
    assert Settings().answering_processes == 3
    monkeypatch.setattr(config, "cores", lambda: 64)
    assert Settings().answering_processes == 4


def test_caches_lie_where_the_platform_has_them_unless_set() -> None:
    platform = {"XDG_CACHE_HOME": "/caches"}
    assert load_settings(environment=platform).cache_dir == Path("/caches/qa-service")
    chosen = platform | {"QA_CACHE_DIR": "/mine"}
    assert load_settings(environment=chosen).cache_dir == Path("/mine")
    assert load_settings(environment={"XDG_CACHE_HOME": "relative"}) == Settings()
