"""A command that ends with whoever started it, of which its standard input tells."""

from __future__ import annotations

import os
import signal
import sys
import time
from threading import Thread

PATIENCE_SECONDS = 30.0
"""So long a command may take to end by itself."""


def end_with_input(patience: float = PATIENCE_SECONDS) -> None:
    """Has this process stop, as Ctrl-C has it, when standard input ends."""
    Thread(target=_wait_and_stop, args=(patience,), daemon=True).start()


def _wait_and_stop(patience: float) -> None:
    while os.read(sys.stdin.fileno(), 2**12):
        pass
    os.kill(os.getpid(), signal.SIGINT)
    time.sleep(patience)
    os._exit(1)
