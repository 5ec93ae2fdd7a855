"""The drill: the newest backup is put back into a home to throw away, counted, and the journal is carried out on it.

Nothing leaves it and nothing of the real installation is touched: it has a copy of the journal, and no worker, so that
no mail goes out.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from leerhuis.config.backup_settings import BackupSettings
from leerhuis.config.postgres import EmbeddedPostgres
from leerhuis.config.restore import RESTORED, CannotRestore, Restored, restore

FOLDER: Final = "drill"
ROOM: Final = 2  # times what database and files take: parts are unpacked beside what is made of them
BLOCK: Final = 512  # bytes in which the operating system counts (stat(2))
COUNTED: Final = re.compile(r": (\d+) operations? ")
OUTSIDE: Final = ("DATABASE_", "LEERHUIS_BACKUP_", "LEERHUIS_FILE", "LEERHUIS_SMTP_", "LEERHUIS_LAUNCHED_FROM")


@dataclass
class Drilled:
    """What a drill saw: the restore with its counts, how many operations the journal did again, what was wrong.

    `orphans` are files without a row: those of what was being added, or rolled back, when the backup was made.
    """

    restored: Restored
    operations: int = 0
    orphans: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def went_well(self) -> bool:
        """Whether the backup can be relied upon."""
        return not self.faults


def drill(chosen: BackupSettings, *, say: Callable[[str], object] = lambda _words: None) -> Drilled:
    """Put the newest backup back into a throw-away home, hold it to its count, carry out the journal; then remove it.

    Raises what `restore` raises. It takes room on the disk of the home: that of the database and the files.
    """
    home = chosen.home / FOLDER
    remove(home)
    refuse_little_room(chosen)
    try:
        told = Drilled(restore(chosen.place(), home, say=say))
        told.faults += told.restored.faults
        say("Carrying out the journal …")
        if chosen.journal_folder.is_dir():
            shutil.copytree(chosen.journal_folder, home / "journal", dirs_exist_ok=True)
        told.operations = carry_out_journal(home, told.faults)
        told.orphans = compare_files(home, told.faults)
    finally:
        remove(home)
    return told


def refuse_little_room(chosen: BackupSettings) -> None:
    """Raise CannotRestore where a drill could fill the disk on which the real database writes."""
    data = EmbeddedPostgres(chosen.home).data
    needed = ROOM * sum(size_of(folder) for folder in (data, chosen.files_folder))
    free = shutil.disk_usage(chosen.home).free
    if free < needed:
        raise CannotRestore(
            f"A drill needs {needed / 1e9:.1f} GB of room beside {chosen.home}, and {free / 1e9:.1f} GB is free."
            " Make room, or move LEERHUIS_HOME to a larger disk."
        )


def size_of(folder: Path) -> int:
    """Return how many bytes the files in a folder take; those that go meanwhile count for nothing."""
    total = 0
    for path in folder.rglob("*"):
        with suppress(OSError):
            total += path.lstat().st_blocks * BLOCK
    return total


def remove(home: Path) -> None:
    """Remove the throw-away home, that of a drill that was killed, too."""
    if home.exists():
        shutil.rmtree(home)


def compare_files(home: Path, faults: list[str]) -> int:
    """Find documents that lack their file in the throw-away home; returns how many files have no row."""
    ran = run(home, "leerhuis.config.cli.agreeing")
    if ran.returncode != 0:
        faults.append(f"Rows and files could not be compared: {(ran.stdout + ran.stderr).strip()}")
        return 0
    told: dict[str, int] = json.loads(ran.stdout)
    if told["lacking"]:
        faults.append(f"{told['lacking']} documents lack their file.")
    return told["orphans"]


def carry_out_journal(home: Path, faults: list[str]) -> int:
    """Replay and verify the journal in the throw-away home; returns how many operations that were."""
    operations = 0
    for task in ("replay", "verify"):
        ran = run(home, "leerhuis.config.cli", "journal", task)
        if ran.returncode != 0:
            faults.append(f"leerhuis journal {task} failed: {(ran.stdout + ran.stderr).strip()}")
            break
        operations += sum(int(count) for count in COUNTED.findall(ran.stdout)) if task == "replay" else 0
    if not faults and (home / RESTORED).exists():
        faults.append("The journal is missing: after a restore the academies would stay closed.")
    return operations


def run(home: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run a module of ours in the throw-away home."""
    return subprocess.run(
        [sys.executable, "-m", *words], env=environment(home), capture_output=True, text=True, check=False
    )


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing leads back to the real installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OUTSIDE)}
    return kept | {"LEERHUIS_HOME": str(home), "LEERHUIS_JOURNAL": str(home / "journal")}
