"""Child processes that read what may be made to do harm: how they begin and end."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys


def start_child(*arguments: str, buffered: bool = True) -> subprocess.Popen[bytes]:
    """A Python module run in a process group of its own, so that what it starts ends with it.

    It is told none of the service's settings: the operator's token is one.
    """
    return subprocess.Popen(
        [sys.executable, "-m", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        bufsize=-1 if buffered else 0,
        env={name: value for name, value in os.environ.items() if not name.startswith("QA_")},
    )


def kill_child(child: subprocess.Popen[bytes]) -> None:
    """Ends a child with all it has started."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(child.pid, signal.SIGKILL)
