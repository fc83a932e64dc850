"""Confidence made true for one corpus: what `qa-service calibrate` found, kept in a file."""

from __future__ import annotations

import hashlib
import json
import logging
import math
import threading
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from qa_service.answering.evidence import confidence as confidence_module
from qa_service.config import Settings
from qa_service.errors import CalibrationError, DamagedBuild
from qa_service.indexing.keeping.manifest import current_build, read_manifest, sync

CALIBRATION_FILE = "calibration.json"
FORMAT_VERSION = 1
LEAST = 1e-6
"""Confidence counts as no nearer than this to 0 or 1, where its log odds have no end."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Calibration:
    """A rising map from confidence to the share of answers so confident that are right.

    Without `points` it is a line on the log odds (Platt 1999): the logistic function of
    intercept + slope * ln(c / (1 - c)). With `points`, (confidence, share) in rising order,
    it runs straight between them and level beyond. Below `threshold`, a share, the service
    declines. A map that falls anywhere cannot be made: ValueError.
    """

    threshold: float
    intercept: float = 0.0
    slope: float = 1.0
    points: tuple[tuple[float, float], ...] = ()

    def __post_init__(self) -> None:
        shares = [self.threshold, *(share for point in self.points for share in point)]
        if not all(0 <= share <= 1 for share in shares):
            raise ValueError("a share lies outside 0 to 1")
        if not (math.isfinite(self.intercept) and math.isfinite(self.slope) and self.slope > 0):
            raise ValueError("the slope is not above 0")
        if any(low[0] >= high[0] or low[1] > high[1] for low, high in pairwise(self.points)):
            raise ValueError("the points do not rise")

    def apply(self, confidence: float) -> float:
        """The share, 0 to 1, of answers of this confidence that are right."""
        if self.points:
            return _between(self.points, confidence)
        odds = self.intercept + self.slope * log_odds(confidence)
        return 1 / (1 + math.exp(-max(-700.0, min(700.0, odds))))


@dataclass(frozen=True, slots=True)
class ScorerId:
    """What raw confidence comes from: the model that encodes, by its name and fingerprint, and
    the bits of the weights of the reader that looks at the places, 0 for none. A calibration
    holds for the scorer it was made with.
    """

    model: str
    fingerprint: str
    reader_bits: int = 0


def log_odds(confidence: float) -> float:
    """ln(c / (1 - c)), within the bounds that LEAST sets."""
    kept = min(max(confidence, LEAST), 1 - LEAST)
    return math.log(kept / (1 - kept))


def calibrated(confidence: float, calibration: Calibration | None) -> float:
    """The confidence to show; as it is where nothing was calibrated."""
    return calibration.apply(confidence) if calibration else confidence


def least_confidence(settings: Settings, calibration: Calibration | None) -> float:
    """The confidence to show below which the service declines.

    The operator's own minimum_confidence comes before the threshold that was calibrated,
    and that before the default.
    """
    if calibration is None or settings.sets_minimum_confidence:
        return settings.minimum_confidence
    return calibration.threshold


class CurrentCalibration:
    """The calibration of an index folder, read again when its file changes. For many threads.

    A file that cannot be used is logged once; what was in use before, if anything, stays.
    """

    def __init__(self, index_dir: Path, scorer: ScorerId) -> None:
        self._index_dir = index_dir
        self._scorer = scorer
        self._lock = threading.Lock()
        self._stamp: tuple[int, ...] | None = None
        self._calibration: Calibration | None = None

    def get(self) -> Calibration | None:
        """What to use now; None where nothing was calibrated."""
        with self._lock:
            stamp = _stamp(self._index_dir / CALIBRATION_FILE)
            if stamp != self._stamp:
                self._stamp = stamp
                self._read()
            return self._calibration

    def _read(self) -> None:
        try:
            self._calibration = load_calibration(self._index_dir, self._scorer)
        except CalibrationError as error:
            _log.error("going on %s: %s", "as before" if self._calibration else "without", error)


def load_calibration(index_dir: Path, scorer: ScorerId) -> Calibration | None:
    """The stored calibration; None where there is none.

    Raises CalibrationError where the file is damaged, of another format, or was made with
    another scorer or another reckoning of confidence.
    """
    path = index_dir / CALIBRATION_FILE
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        _require_ours(path, values, scorer)
        if values.pop("sha256") != _digest(values):
            raise ValueError("it is not what was written")
        shape = values["map"]
        points = tuple((float(one), float(other)) for one, other in shape.pop("points"))
        return Calibration(**{name: float(number) for name, number in shape.items()}, points=points)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise CalibrationError(f"{path} is damaged ({error}); {_fix(path)}") from error


def require_calibration(settings: Settings, scorer: ScorerId) -> None:
    """Raises CalibrationError where a calibration is stored that should be used and cannot."""
    if settings.calibration:
        load_calibration(settings.index_dir, scorer)


def check_calibration(settings: Settings) -> list[str]:
    """Why the stored calibration cannot be used with the build in use; empty where it can,
    where there is none, or where the build itself is damaged. Raises NoIndex.
    """
    try:
        manifest = read_manifest(current_build(settings.index_dir))
        bits = settings.reader_bits if settings.reader else 0
        scorer = ScorerId(manifest.model, manifest.model_fingerprint, bits)
        require_calibration(settings, scorer)
    except CalibrationError as error:
        return [str(error)]
    except DamagedBuild:
        return []
    return []


def write_calibration(
    index_dir: Path, calibration: Calibration, scorer: ScorerId, report: Mapping[str, Any]
) -> Path:
    """Stores a calibration in one rename; `report` is kept beside it for people to read.

    Raises CalibrationError where the folder cannot be written.
    """
    path = index_dir / CALIBRATION_FILE
    values = {
        "format_version": FORMAT_VERSION,
        "scorer": asdict(scorer),
        "confidence_fingerprint": confidence_fingerprint(),
        "map": asdict(calibration),
        "report": dict(report),
    }
    temporary = index_dir / f".{CALIBRATION_FILE}.new"
    try:
        text = json.dumps(values | {"sha256": _digest(values)}, indent=1, ensure_ascii=False)
        temporary.write_text(text + "\n", encoding="utf-8")
        sync(temporary)
        temporary.replace(path)
        sync(index_dir)
    except OSError as error:
        raise CalibrationError(
            f"cannot write {path}: {error.strerror}; see to the folder, or use --dry-run"
        ) from error
    return path


def confidence_fingerprint() -> str:
    """A hash of the weights by which confidence is reckoned: with others, a map means nothing."""
    weights = {name: value for name, value in vars(confidence_module).items() if name.isupper()}
    return hashlib.sha256(json.dumps(weights, sort_keys=True, default=str).encode()).hexdigest()


def _require_ours(path: Path, values: Mapping[str, Any], scorer: ScorerId) -> None:
    if values["format_version"] != FORMAT_VERSION:
        reason = f"has format {values['format_version']}, this version reads {FORMAT_VERSION}"
    elif values["scorer"]["fingerprint"] != scorer.fingerprint:
        reason = f"was made with another model ({values['scorer']['model']})"
    elif (bits := values["scorer"].get("reader_bits")) != scorer.reader_bits:
        reason = "was made with another reader, or none"
        if bits is not None:
            reason = f"was made with reader {'on' if bits else 'off'}, reader_bits {bits}"
    elif values["confidence_fingerprint"] != confidence_fingerprint():
        reason = "was made with a version of the service that reckons confidence otherwise"
    else:
        return
    raise CalibrationError(f"{path} {reason}; {_fix(path)}")


def _fix(path: Path) -> str:
    return f"run: qa-service calibrate, or delete {path}"


def _between(points: tuple[tuple[float, float], ...], confidence: float) -> float:
    after = bisect_right(points, confidence, key=lambda point: point[0])
    if after in (0, len(points)):
        return points[0 if after == 0 else -1][1]
    (low, low_share), (high, high_share) = points[after - 1 : after + 1]
    share = low_share + (confidence - low) / (high - low) * (high_share - low_share)
    return min(share, high_share)


def _stamp(path: Path) -> tuple[int, ...] | None:
    """What changes whenever the file does; None where there is none."""
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_ino, status.st_size, status.st_mtime_ns


def _digest(values: Mapping[str, Any]) -> str:
    text = json.dumps(values, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
