"""Where settings come from: flag, then environment, then file, then default."""

from __future__ import annotations

import difflib
import json
import os
import tomllib
from collections.abc import Mapping
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

from qa_service.config import Settings
from qa_service.errors import SettingsError
from qa_service.input_checks import TRUTH

ENVIRONMENT_PREFIX = "QA_"
SECRETS = (
    *("operator_token", "proxy_secret", "oidc_client_secret"),
    *("alerts_webhook", "smtp_server", "alerts_mail_to"),
)
"""Which no other process needs; mail has its receivers only with its server."""
GONE = frozenset(("threads",))
"""Settings of earlier versions."""


def load_settings(
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    config_file: Path | None = None,
) -> Settings:
    """Settings from flags over environment over file over defaults; None flags don't count.

    The file is TOML with the names of `Settings` at its top level; `QA_CONFIG` names it
    where no flag does. Raises SettingsError for an unknown name or a wrong value.
    """
    environment = os.environ if environment is None else environment
    named = config_file or (
        Path(environment["QA_CONFIG"]) if environment.get("QA_CONFIG") else None
    )
    values = _from_platform(environment) | (_from_file(named) if named else {})
    values |= _from_environment(environment)
    values |= {name: value for name, value in (flags or {}).items() if value is not None}
    typed = {name: _typed(name, value) for name, value in values.items()}
    return replace(Settings(), **typed, given=tuple(sorted(typed)))


def environment_of(settings: Settings) -> dict[str, str]:
    """QA_* variables from which another process of this service loads the same settings.

    Secrets are not among them.
    """
    chosen = _chosen(settings).items()
    return {f"{ENVIRONMENT_PREFIX}{name.upper()}": str(value) for name, value in chosen}


def settings_toml(settings: Settings) -> str:
    """A settings file of what was chosen, without secrets and where the index is."""
    chosen = _chosen(settings)
    values = {name: chosen[name] for name in chosen if name not in ("index_dir", "postgres")}
    plain = {name: str(it) if isinstance(it, Path) else it for name, it in values.items()}
    lines = [f"{name} = {json.dumps(it, ensure_ascii=False)}" for name, it in plain.items()]
    return "".join(f"{line}\n" for line in lines).replace("\x7f", "\\u007f")


def _chosen(settings: Settings) -> dict[str, Any]:
    """What was given or is not the default, without secrets, by name."""
    default = Settings()
    values = {
        item.name: getattr(settings, item.name)
        for item in fields(settings)
        if item.name not in ("given", *SECRETS)
    }
    return {
        name: value
        for name, value in values.items()
        if name in settings.given or value != getattr(default, name)
    }


def _from_file(path: Path) -> dict[str, Any]:
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"cannot read the settings file {path}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path} is not a TOML file: {error}") from error
    for name in values:
        if name not in _types():
            hint = "; it is no more: take it out" if name in GONE else _did_you_mean(name)
            raise SettingsError(f"{path}: unknown setting {name!r}{hint}")
    return values


def _from_platform(environment: Mapping[str, str]) -> dict[str, Any]:
    """Where the XDG base directory specification has the user's caches."""
    caches = environment.get("XDG_CACHE_HOME", "")
    return {"cache_dir": Path(caches) / "qa-service"} if Path(caches).is_absolute() else {}


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    """QA_* variables that are not empty; a name nearly a setting's is an error, others are
    not ours."""
    values: dict[str, Any] = {}
    for variable, value in environment.items():
        if not variable.startswith(ENVIRONMENT_PREFIX) or variable == "QA_CONFIG" or not value:
            continue
        name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
        if name in _types():
            values[name] = value
        elif hint := _did_you_mean(name):
            raise SettingsError(f"unknown setting {variable} in the environment{hint}")
    return values


_KINDS = {
    str: "text",
    bool: "true or false",
    int: "a whole number",
    float: "a number",
    type(Path()): "a folder",
}


def _types() -> dict[str, Any]:
    return {item.name: type(item.default) for item in fields(Settings) if item.name != "given"}


def _typed(name: str, value: Any) -> Any:
    kind = _types().get(name)
    if kind is None:
        raise SettingsError(f"unknown setting {name!r}{_did_you_mean(name)}")
    try:
        if kind is bool:
            return _switch(value)
        wrong_kind = isinstance(value, bool | list | dict) or (
            isinstance(value, int | float) and kind not in (int, float)
        )
        if wrong_kind or value == "" or (kind is int and isinstance(value, float)):
            raise ValueError
        return Path(value) if issubclass(kind, Path) else kind(value)
    except (KeyError, TypeError, ValueError) as error:
        raise SettingsError(f"{name} is {value!r}; give {_KINDS[kind]}") from error


def _switch(value: Any) -> bool:
    """True or false, as TOML has it or in letters. Raises KeyError for anything else."""
    if isinstance(value, bool):
        return value
    return TRUTH[str(value).lower()]


def _did_you_mean(name: str) -> str:
    close = difflib.get_close_matches(name.lower(), _types(), n=1, cutoff=0.75)
    return f"; did you mean {close[0]!r}?" if close else ""
