"""A throw-away installation without web and worker: an embedded database of its own, and programs that run on it."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from leerhuis.config.postgres import EmbeddedPostgres
from tests.faults.installation import ROOT, wait_until

LEERHUIS: Final = ("-m", "leerhuis.config.cli")


class Apart:
    """An installation whose every folder lies below one folder."""

    def __init__(self, folder: Path, more: Mapping[str, str]) -> None:
        self.folder = folder.resolve()
        self.folder.chmod(0o755)
        inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LEERHUIS", "DATABASE"))}
        own = {
            "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
            "LEERHUIS_HOME": str(self.home),
            "LEERHUIS_JOURNAL": str(self.folder / "journal"),
        }
        self.environment = inherited | own | dict(more)

    @property
    def home(self) -> Path:
        """Where the database lies."""
        return self.folder / "var"

    def run(self, *words: str) -> str:
        """Carry out a Python program on this installation and return what it prints."""
        ran = subprocess.run(
            [sys.executable, *words], env=self.environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, (ran.stdout + ran.stderr)[-3000:]
        return ran.stdout

    @contextmanager
    def database(self) -> Iterator[None]:
        """Have the embedded database run for as long."""
        running = subprocess.Popen(
            [sys.executable, *LEERHUIS, "database"],
            env=self.environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            wait_until(lambda: EmbeddedPostgres(self.home).is_running, why="the database did not start")
            yield
        finally:
            running.terminate()
            running.wait(60)
