"""Backups of the demo, and of the reference data where LEERHUIS_BENCH_LARGE is set: made, read back, put back."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figures import MS, Figure
from leerhuis.config.postgres import EmbeddedPostgres
from tests.faults.installation import ROOT, wait_until

ACADEMY = ROOT / "examples" / "leffectief.toml"
RESTORE_AIM_MS = 15 * 60 * MS
LEERHUIS = ("-m", "leerhuis.config.cli")


def measure() -> list[Figure]:
    """Return how long each takes, as an operator waits for it."""
    found = _measure("the demo", {"LEERHUIS_DEMO": "1"}, [(*LEERHUIS, "migrate", "--with-demo")])
    if os.environ.get("LEERHUIS_BENCH_LARGE"):
        fill = [
            (*LEERHUIS, "migrate"),
            (*LEERHUIS, "academy", "create", str(ACADEMY)),
            ("-m", "benchmarks.reference", "base"),
        ]
        found += _measure("the reference data", {}, fill)
    return found


def _measure(what: str, own: dict[str, str], fill: Sequence[Sequence[str]]) -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="leerhuis-bench-") as name:
        folder = Path(name).resolve()
        folder.chmod(0o755)
        (folder / "place").mkdir()
        environment = _environment(folder) | own
        with _database(folder / "var", environment):
            for words in [*fill, (*LEERHUIS, "journal", "ship")]:
                _run(environment, *words)
            full = _run(environment, *LEERHUIS, "backup", "--full")
            size = _size(folder / "place")
            increment = _run(environment, *LEERHUIS, "backup")
            verify = _run(environment, *LEERHUIS, "verify-backup")
            drill = _run(environment, *LEERHUIS, "verify-backup", "--drill")
        restore = _run(environment, *LEERHUIS, "restore", "--home", str(folder / "new"))
        note = f"{_size(folder / 'var' / 'postgres') / 1e6:.0f} MB of database, {size / 1e6:.0f} MB sealed"
    return [
        Figure(f"full backup of {what}", None, full * MS, full * MS, note=note),
        Figure(f"backup of what changed in {what}", None, increment * MS, increment * MS),
        Figure(f"reading back all backups of {what}", None, verify * MS, verify * MS),
        Figure(f"drill with {what}", None, drill * MS, drill * MS),
        Figure(f"restore of {what} on an empty machine", None, restore * MS, restore * MS, RESTORE_AIM_MS),
    ]


def _environment(folder: Path) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("LEERHUIS", "DATABASE"))}
    return inherited | {
        "PYTHONPATH": os.pathsep.join((str(ROOT), str(ROOT / "src"))),
        "LEERHUIS_HOME": str(folder / "var"),
        "LEERHUIS_BACKUP_PLACE": str(folder / "place"),
        "LEERHUIS_BACKUP_KEYS": str(folder / "keys"),
        "LEERHUIS_JOURNAL": str(folder / "journal"),
    }


@contextmanager
def _database(home: Path, environment: dict[str, str]) -> Iterator[None]:
    """Have the embedded database run for as long."""
    running = subprocess.Popen(
        [sys.executable, *LEERHUIS, "database"], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        wait_until(lambda: EmbeddedPostgres(home).is_running, why="the database did not start")
        yield
    finally:
        running.terminate()
        running.wait(60)


def _run(environment: dict[str, str], *words: str) -> float:
    """Carry out a command and return how many seconds it took."""
    since = time.monotonic()
    ran = subprocess.run([sys.executable, *words], env=environment, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, (ran.stdout + ran.stderr)[-3000:]
    return time.monotonic() - since


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
