"""Puts the build of a folder into a database and takes it out again, without end:
`put_builds.py INDEX_DIR ADDRESS`. Says "." whenever it has begun."""

from __future__ import annotations

import sys
from contextlib import closing
from pathlib import Path

from qa_service.indexing.engine.embedded.folder import FolderBuild
from qa_service.indexing.engine.postgres.database import Database
from qa_service.indexing.engine.postgres.writing.keeping import DatabaseBuilds
from qa_service.indexing.keeping.manifest import current_build

if __name__ == "__main__":
    builds = DatabaseBuilds(Database(sys.argv[2]))
    with closing(FolderBuild(current_build(Path(sys.argv[1])))) as build, builds.locked():
        name, before = build.manifest.build, builds.in_use()
        sys.stdout.write(".")
        sys.stdout.flush()
        while True:
            builds.put(build)
            builds.publish(name, before)
            builds.publish(before or "", name)
            builds.prune(1, before)
