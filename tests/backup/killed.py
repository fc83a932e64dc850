"""Backups and restorings that are killed before each change of a name: killed.py INDEX FOLDER.

In FOLDER afterwards: N.tar of the backup that was killed before its Nth change, restored-N of the
restoring of whole.tar over a copy of INDEX, for every N that there is.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

from qa_service.backup.restoring import restore_backup
from qa_service.backup.writing import write_backup
from qa_service.config import Settings

CHANGES = ("rename", "replace", "link")


def is_killed(number: int, act: Callable[[], object]) -> bool:
    """Whether a child that acts gets as far as the change of that number; there it is killed."""
    child = os.fork()
    if not child:
        left = iter(range(number - 1))
        for name in CHANGES:
            setattr(os, name, dying(getattr(os, name), left))
        act()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def dying(change: Callable[..., Any], left: Any) -> Callable[..., Any]:
    def changed(*given: Any, **named: Any) -> Any:
        if next(left, None) is None:
            os.kill(os.getpid(), signal.SIGKILL)
        return change(*given, **named)

    return changed


def main(index: Path, folder: Path) -> None:
    settings = Settings(index_dir=index)
    write_backup(settings, folder / "whole.tar")
    numbers = count(1)
    while is_killed(it := next(numbers), partial(write_backup, settings, folder / f"{it}.tar")):
        pass
    numbers = count(1)
    while is_killed(it := next(numbers), partial(restore_over_copy, index, folder, it)):
        pass


def restore_over_copy(index: Path, folder: Path, number: int) -> None:
    copy = folder / f"restored-{number}"
    shutil.copytree(index, copy)
    restore_backup(folder / "whole.tar", copy, replace=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
