"""The drill: the newest backup is put back into a home to throw away, counted, and the journal is carried out on it.

Nothing leaves it and nothing of the real installation is touched: it has a copy of the journal, and no worker, so that
no mail goes out.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from leerhuis.config.backup_settings import BackupSettings
from leerhuis.config.restore import RESTORED, Restored, restore

FOLDER: Final = "drill"
COUNTED: Final = re.compile(r": (\d+) operations? ")
OUTSIDE: Final = ("DATABASE_", "LEERHUIS_BACKUP_", "LEERHUIS_FILE", "LEERHUIS_SMTP_", "LEERHUIS_LAUNCHED_FROM")


@dataclass
class Drilled:
    """What a drill saw: the restore with its counts, how many operations the journal did again, and what was wrong."""

    restored: Restored
    operations: int = 0
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
    try:
        told = Drilled(restore(chosen.place(), home, say=say))
        told.faults += told.restored.faults
        say("Carrying out the journal …")
        if chosen.journal_folder.is_dir():
            shutil.copytree(chosen.journal_folder, home / "journal", dirs_exist_ok=True)
        told.operations = carry_out_journal(home, told.faults)
    finally:
        remove(home)
    return told


def remove(home: Path) -> None:
    """Remove the throw-away home, that of a drill that was killed, too."""
    if home.exists():
        shutil.rmtree(home)


def carry_out_journal(home: Path, faults: list[str]) -> int:
    """Replay and verify the journal in the throw-away home; returns how many operations that were."""
    operations = 0
    for task in ("replay", "verify"):
        ran = subprocess.run(
            [sys.executable, "-m", "leerhuis.config.cli", "journal", task],
            env=environment(home),
            capture_output=True,
            text=True,
            check=False,
        )
        if ran.returncode != 0:
            faults.append(f"leerhuis journal {task} failed: {(ran.stdout + ran.stderr).strip()}")
            break
        operations += sum(int(count) for count in COUNTED.findall(ran.stdout)) if task == "replay" else 0
    if not faults and (home / RESTORED).exists():
        faults.append("The journal is missing: after a restore the academies would stay closed.")
    return operations


def environment(home: Path) -> dict[str, str]:
    """Return an environment in which nothing leads back to the real installation."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OUTSIDE)}
    return kept | {"LEERHUIS_HOME": str(home), "LEERHUIS_JOURNAL": str(home / "journal")}
