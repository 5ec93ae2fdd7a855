"""The keeper of the throw-away cluster: a process that runs it while tests use it (`postgres.test_cluster`)."""

import fcntl
import os
import shutil
import sys
import time
from pathlib import Path
from typing import Final

from leerhuis.config.home import make_home, private_folder
from leerhuis.config.postgres import EmbeddedPostgres, InUse
from leerhuis.config.programs import DatabaseError

IDLE_SECONDS: Final = 30.0


def keep_test_cluster(home: Path) -> None:
    """Run the throw-away cluster until nobody has used it for a while.

    Called in a process of its own; returns in that process when the cluster answers, and goes on in a child of it.
    """
    make_home(home)
    reader, writer = os.pipe()
    if os.fork() > 0:
        os.close(writer)
        with os.fdopen(reader) as told:
            words = told.read()
        sys.exit(words or None)
    os.setsid()
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    embedded = EmbeddedPostgres(home, durable=False)
    try:
        start_or_start_afresh(embedded)
    except (DatabaseError, OSError) as error:
        os.write(writer, str(error).encode())
        os._exit(1)
    os.close(writer)
    use = os.open(private_folder(home, "locks") / "users", os.O_RDWR | os.O_CREAT, 0o600)
    since = time.monotonic()
    while time.monotonic() - since < IDLE_SECONDS and embedded.exit_code() is None:
        time.sleep(1)
        if not take(use):
            since = time.monotonic()
        elif time.monotonic() - since < IDLE_SECONDS:
            fcntl.flock(use, fcntl.LOCK_UN)
    embedded.stop()
    os._exit(0)


def start_or_start_afresh(embedded: EmbeddedPostgres) -> None:
    """Start a throw-away cluster; one that was killed without its data on disk is thrown away."""
    try:
        embedded.start()
    except InUse:
        raise
    except DatabaseError:
        shutil.rmtree(embedded.home / "postgres", ignore_errors=True)
        embedded.start()


def take(lock: int) -> bool:
    """Whether nobody else holds a lock; then it is held now."""
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


if __name__ == "__main__":
    keep_test_cluster(Path(sys.argv[1]))
