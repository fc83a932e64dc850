"""What `qa-service calibrate` found for one corpus, kept in a file."""

from __future__ import annotations

import hashlib
import json
import logging
import threading
from collections.abc import Hashable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from qa_service.answering.calibration.scoring_profile import (
    ScoringProfile,
    scoring_profile,
)
from qa_service.answering.evidence.confidence import Calibration
from qa_service.answering.evidence.passage_reader_opening import reader_fingerprint
from qa_service.config import Settings
from qa_service.disk.kept_file import KeptFile
from qa_service.errors import CalibrationError, DamagedBuild
from qa_service.indexing.builds.beside import file_beside
from qa_service.indexing.builds.kept import kept_builds_of
from qa_service.translation.sentences import said

CALIBRATION_FILE = "calibration.json"
FORMAT_VERSION = 2

_log = logging.getLogger(__name__)


class CurrentCalibration:
    """The stored calibration, read again when its file changes. For many threads.

    A file that cannot be used is logged once; what was in use before, if anything, stays.
    """

    def __init__(self, file: KeptFile, profile: ScoringProfile) -> None:
        self._file = file
        self._profile = profile
        self._lock = threading.Lock()
        self._stamp: Hashable = None
        self._calibration: Calibration | None = None

    def get(self) -> Calibration | None:
        """What to use now; None where nothing was calibrated."""
        with self._lock:
            stamp = self._file.stamp()
            if stamp != self._stamp:
                self._stamp = stamp
                self._read()
            return self._calibration

    def _read(self) -> None:
        try:
            self._calibration = load_calibration(self._file, self._profile)
        except CalibrationError as error:
            _log.error("going on %s: %s", "as before" if self._calibration else "without", error)


def calibration_file(settings: Settings) -> KeptFile:
    """Where what was calibrated for the index in use lies, if anything was."""
    return file_beside(settings, CALIBRATION_FILE)


def load_calibration(file: KeptFile, profile: ScoringProfile) -> Calibration | None:
    """The stored calibration; None where there is none.

    Raises CalibrationError where the file is damaged, of another format, or was made with
    another profile; it says what differs.
    """
    path = file.place
    try:
        values = json.loads(file.read().decode("utf-8"))
        _require_ours(path, values, profile)
        if values.pop("sha256") != _digest(values):
            raise ValueError(said("it is not what was written"))
        shape = values["map"]
        points = tuple((float(one), float(other)) for one, other in shape.pop("points"))
        return Calibration(**{name: float(number) for name, number in shape.items()}, points=points)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CalibrationError(
            said("%(path)s is damaged (%(error)s); %(fix)s", path=path, error=error, fix=_fix(path))
        ) from error


def require_calibration(settings: Settings, profile: ScoringProfile) -> None:
    """Raises CalibrationError where a calibration is stored that should be used and cannot."""
    if settings.calibration:
        load_calibration(calibration_file(settings), profile)


def check_calibration(settings: Settings) -> list[str]:
    """Why the stored calibration cannot be used with the build in use; empty where it can,
    where there is none, or where the build itself is damaged. Raises NoIndex.
    """
    try:
        manifest = kept_builds_of(settings).manifest()
        reader = reader_fingerprint() if settings.reader else ""
        profile = scoring_profile(settings, manifest.model, manifest.model_fingerprint, reader)
        require_calibration(settings, profile)
    except CalibrationError as error:
        return [str(error)]
    except DamagedBuild:
        return []
    return []


def write_calibration(
    file: KeptFile, calibration: Calibration, profile: ScoringProfile, report: Mapping[str, Any]
) -> Path | str:
    """Stores a calibration in one rename; `report` is kept beside it for people to read.

    Raises CalibrationError where the folder cannot be written.
    """
    values = {
        "format_version": FORMAT_VERSION,
        "profile": asdict(profile),
        "profile_digest": profile.digest,
        "map": asdict(calibration),
        "report": dict(report),
    }
    text = json.dumps(values | {"sha256": _digest(values)}, indent=1, ensure_ascii=False)
    try:
        file.change(lambda _: f"{text}\n".encode())
    except OSError as error:
        raise CalibrationError(
            said(
                "cannot write %(path)s: %(error)s; see to the folder, or use --dry-run",
                path=file.place,
                error=error.strerror,
            )
        ) from error
    return file.place


def _require_ours(path: Path | str, values: Mapping[str, Any], profile: ScoringProfile) -> None:
    if values["format_version"] != FORMAT_VERSION:
        reason = said(
            "has format %(theirs)s, this version reads %(ours)s",
            theirs=values["format_version"],
            ours=FORMAT_VERSION,
        )
    elif values["profile_digest"] != profile.digest:
        reason = said(
            "was made with %(what)s", what=_difference(values["profile"], asdict(profile))
        )
    else:
        return
    raise CalibrationError(
        said("%(path)s %(reason)s; %(fix)s", path=path, reason=reason, fix=_fix(path))
    )


def _difference(theirs: Mapping[str, Any], ours: Mapping[str, Any]) -> str:
    """In words, what a stored profile has that the one in use has not."""
    if theirs["fingerprint"] != ours["fingerprint"]:
        return said("another model (%(model)s)", model=theirs["model"])
    if theirs["reader_bits"] != ours["reader_bits"]:
        bits = theirs["reader_bits"]
        return f"reader {'on' if bits else 'off'}, reader_bits {bits}"
    if theirs["reader"] != ours["reader"]:
        return said("another reader")
    if theirs["ranking"] != ours["ranking"] or theirs["reader_places"] != ours["reader_places"]:
        return said("other settings of the ranking or the reader")
    return said("a version of the service that reckons confidence otherwise")


def _fix(path: Path | str) -> str:
    return said("run: qa-service calibrate, or delete %(path)s", path=path)


def _digest(values: Mapping[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
