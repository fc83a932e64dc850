"""What every process of the server does."""

import subprocess
import sys

import pytest

ARENAS = """
import ctypes, os, sys, threading
from qa_service.web.serving.own_processes import share_arenas
if sys.argv[1] == "shared":
    share_arenas()
libc, kept, all_hold = ctypes.CDLL(None), [], threading.Barrier(6)
libc.malloc.restype = libc.fdopen.restype = ctypes.c_void_p
def hold():
    kept.append(libc.malloc(50_000))
    all_hold.wait()
threads = [threading.Thread(target=hold) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
stream = ctypes.c_void_p(libc.fdopen(1, b"w"))
libc.malloc_info(0, stream)
libc.fflush(stream)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="arenas are those of glibc")
def test_threads_take_memory_from_few_places() -> None:
    def arenas(how: str) -> int:
        command = [sys.executable, "-c", ARENAS, how]
        return subprocess.run(command, capture_output=True, text=True).stdout.count("<heap nr=")

    assert arenas("shared") <= 2 < arenas("apart")
