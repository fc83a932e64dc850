"""A build in a process of its own, the same that `qa-service build` runs; one at a time."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock, Thread
from typing import IO, Any, Literal, cast

from flask import current_app

from qa_service.config import Settings
from qa_service.errors import BuildFailed, BuildLocked
from qa_service.settings_sources import ENVIRONMENT_PREFIX, environment_of
from qa_service.translation.catalogue import _

State = Literal["none", "running", "done", "failed", "cancelled"]
COMMAND = (sys.executable, "-m", "qa_service", "build", "--json", "--attended")
"""Its input is a pipe of the server, which ends with that, however it ends."""
CANCEL_SECONDS = 5.0
"""A build ends by itself once the passages at work are encoded."""
GONE_SECONDS = 60.0
"""After it was killed, on a machine that is busy with much else."""
NICENESS = 10
"""So much less the build is heeded by the processor than the questions of people."""
_KEPT_LINES = 20


@dataclass(frozen=True, slots=True)
class BuildRun:
    """The latest build that was started here. Times are UTC, ISO 8601.

    `done` of `total` steps of the stage are done, None where the total is not known, and `aside`
    tells what else there is to say of it. Once
    done, `build` names the new build and `skipped` counts files that were not read; failed,
    `message` says why.
    """

    state: State = "none"
    started: str | None = None
    finished: str | None = None
    stage: str = ""
    done: int = 0
    total: int | None = None
    aside: str = ""
    build: str | None = None
    documents: int = 0
    passages: int = 0
    encoded: int = 0
    skipped: int = 0
    message: str = ""


class Builder:
    """Starts builds, follows them and can end them. For many threads."""

    def __init__(self, settings: Settings, command: Sequence[str] = COMMAND) -> None:
        self._settings = settings
        self._command = command
        self._lock = Lock()
        self._run = BuildRun()
        self._process: subprocess.Popen[str] | None = None
        self._follower: Thread | None = None
        self._is_cancelled = False
        self._errors: deque[str] = deque(maxlen=_KEPT_LINES)

    @property
    def run(self) -> BuildRun:
        """How the latest build stands."""
        return self._run

    def start(self, full: bool = False, empty: bool = False) -> BuildRun:
        """Begins a build; `full` reads and encodes everything again, `empty` takes it that no
        document may be left.

        Raises BuildLocked where one that was started here is running, BuildFailed where no
        process can be started.
        """
        with self._lock:
            if self._run.state == "running":
                raise BuildLocked(_("a build is running; wait for it to end, or cancel it"))
            flags = [name for name, is_set in (("--full", full), ("--empty", empty)) if is_set]
            self._process = self._spawn([*self._command, *flags])
            self._errors.clear()
            self._is_cancelled = False
            self._run = BuildRun("running", started=_now(), stage="starting")
            self._follower = Thread(target=self._follow, args=(self._process,), daemon=True)
            self._follower.start()
            return self._run

    def cancel(self) -> BuildRun:
        """Ends the build that is running, if any; the index stays as it was.

        A build that was done by then is told as done.
        """
        with self._lock:
            process = self._process
            if process is None or self._run.state != "running":
                return self._run
            self._is_cancelled = True
        _end(process)
        return self.wait(GONE_SECONDS)

    def wait(self, seconds: float) -> BuildRun:
        """How the latest build stands once it has ended, or after so many seconds."""
        if self._follower:
            self._follower.join(seconds)
        return self._run

    def close(self) -> None:
        """Ends what is running, as the server ends."""
        self.cancel()

    def _spawn(self, command: list[str]) -> subprocess.Popen[str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(ENVIRONMENT_PREFIX)}
        # The server's threads block the signals that end a build; a child takes over what they do.
        blocked = signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        try:
            process = subprocess.Popen(
                command,
                env=kept | environment_of(self._settings),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                encoding="utf-8",
                errors="replace",
                start_new_session=True,
            )
        except OSError as error:
            raise BuildFailed(
                _("the build could not be started: %(reason)s", reason=error.strerror)
            ) from error
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        with contextlib.suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, process.pid, NICENESS)
        return process

    def _follow(self, process: subprocess.Popen[str]) -> None:
        assert process.stdout
        assert process.stderr
        with process:
            errors = Thread(target=self._keep_errors, args=(process.stderr,), daemon=True)
            errors.start()
            for line in process.stdout:
                self._take(process, line)
            errors.join()
            status = process.wait()
        with self._lock:
            if self._run.state == "running" and process is self._process:
                self._run = self._finished(status)

    def _take(self, process: subprocess.Popen[str], line: str) -> None:
        """Puts what a line tells into the run."""
        try:
            told = json.loads(line)
        except ValueError:
            return
        with self._lock:
            if self._run.state == "running" and process is self._process:
                self._run = replace(self._run, **_members(told))

    def _keep_errors(self, stream: IO[str]) -> None:
        self._errors.extend(line.strip() for line in stream if line.strip())

    def _finished(self, status: int) -> BuildRun:
        if self._run.build is not None and status in (0, 3):
            return replace(self._run, state="done", finished=_now())
        if self._is_cancelled:
            return replace(self._run, state="cancelled", finished=_now())
        ours = [line for line in self._errors if line.startswith("qa-service: ")]
        said = (ours or list(self._errors) or [f"it ended with status {status}"])[-1]
        return replace(
            self._run,
            state="failed",
            finished=_now(),
            message=said.removeprefix("qa-service: "),
        )


def _members(told: Any) -> dict[str, Any]:
    """What a line of `build --json` says of a run."""
    if not isinstance(told, dict):
        return {}
    if "build" in told:
        names = ("build", "documents", "passages", "encoded")
        return {**{name: told[name] for name in names}, "skipped": len(told["skipped"])}
    return {name: told[name] for name in ("stage", "done", "total", "aside") if name in told}


def _end(process: subprocess.Popen[str]) -> None:
    """Asks a process to stop and, where it does not in time, ends it with all of its session."""
    with contextlib.suppress(ProcessLookupError):
        process.send_signal(signal.SIGINT)
    try:
        process.wait(CANCEL_SECONDS)
    except subprocess.TimeoutExpired:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")


def current_builder() -> Builder:
    """What runs builds in the app in use."""
    return cast(Builder, current_app.extensions["builder"])
