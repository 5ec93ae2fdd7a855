"""Backups of the demo, and of the reference data where LEERHUIS_BENCH_LARGE is set: made, read back, put back."""

import os
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from benchmarks.apart import LEERHUIS, Apart
from benchmarks.figures import MS, Figure
from tests.faults.installation import ROOT

ACADEMY = ROOT / "examples" / "leffectief.toml"
RESTORE_AIM_MS = 15 * 60 * MS


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
        (folder / "place").mkdir()
        backups = {"LEERHUIS_BACKUP_PLACE": str(folder / "place"), "LEERHUIS_BACKUP_KEYS": str(folder / "keys")}
        product = Apart(folder, backups | own)
        with product.database():
            for words in [*fill, (*LEERHUIS, "journal", "ship")]:
                product.run(*words)
            full = _time(product, *LEERHUIS, "backup", "--full")
            size = _size(folder / "place")
            increment = _time(product, *LEERHUIS, "backup")
            verify = _time(product, *LEERHUIS, "verify-backup")
            drill = _time(product, *LEERHUIS, "verify-backup", "--drill")
        restore = _time(product, *LEERHUIS, "restore", "--home", str(folder / "new"))
        note = f"{_size(product.home / 'postgres') / 1e6:.0f} MB of database, {size / 1e6:.0f} MB sealed"
    return [
        Figure(f"full backup of {what}", None, full * MS, full * MS, note=note),
        Figure(f"backup of what changed in {what}", None, increment * MS, increment * MS),
        Figure(f"reading back all backups of {what}", None, verify * MS, verify * MS),
        Figure(f"drill with {what}", None, drill * MS, drill * MS),
        Figure(f"restore of {what} on an empty machine", None, restore * MS, restore * MS, RESTORE_AIM_MS),
    ]


def _time(product: Apart, *words: str) -> float:
    """Carry out a command and return how many seconds it took."""
    since = time.monotonic()
    product.run(*words)
    return time.monotonic() - since


def _size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
