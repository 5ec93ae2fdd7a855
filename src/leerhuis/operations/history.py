"""What was done with the backups, and how they stand: two files in the home, of which pages and the doctor tell.

They lie in the home and not in the database, since they must tell the truth after an older database was put back, and
while there is none. Nothing in them is about a person. `deeds` has a line per thing that was done; `standing.json` is
written anew every minute by who looks after the backups (`config.keeping`).
"""

import fcntl
import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

MOST_DEEDS: Final = 1000
DEEDS: Final = "deeds"
STANDING: Final = "standing.json"


class Kind(StrEnum):
    """What can be done with backups."""

    BACKUP = "backup"
    VERIFY = "verify"
    DRILL = "drill"
    RESTORE = "restore"
    EXPIRY = "expiry"


@dataclass(frozen=True)
class Deed:
    """Something that was done with backups: when it ended, how long it took, whether it went well, and what came of it.

    `words` say what went wrong, for the operator; `facts` are names and counts, as each kind has them.
    """

    kind: Kind
    at: datetime
    went_well: bool = True
    seconds: float = 0.0
    words: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Standing:
    """How the backups stood when somebody looked at the place last.

    `newest` is when the newest whole backup was made, `oldest` the age of the oldest copy of any kind, wherever it is:
    sets, keys, and what waits in the home. `handed_over_at` is when the last that the database wrote was sealed. `away`
    says why the place could not be read; then the rest is from the time before.
    """

    at: datetime
    begun_at: datetime
    newest: datetime | None = None
    oldest: datetime | None = None
    sets: int = 0
    handed_over_at: datetime | None = None
    away: str = ""
    away_since: datetime | None = None
    keys_beside_data: bool = False


class History:
    """The two files in a folder of the home."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def note(self, deed: Deed) -> None:
        """Add a deed; the oldest go when there are very many."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with (self.folder / f".{DEEDS}.lock").open("w", encoding="ascii") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._replace(DEEDS, "".join(f"{line}\n" for line in [*self.lines(), _as_line(deed)][-MOST_DEEDS:]))

    def lines(self) -> list[str]:
        """Return the deeds as they stand in the file, the oldest first."""
        try:
            return (self.folder / DEEDS).read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    def bring_back(self, lines: list[str]) -> None:
        """Put the deeds of the home that was lost before those of this one."""
        here = self.lines()
        kept = [line for line in lines if line not in here]
        self._replace(DEEDS, "".join(f"{line}\n" for line in [*kept, *here][-MOST_DEEDS:]))

    def deeds(self) -> list[Deed]:
        """Return what was done, the newest first."""
        found = []
        for line in reversed(self.lines()):
            told = json.loads(line)
            found.append(Deed(**told | {"kind": Kind(told["kind"]), "at": datetime.fromisoformat(told["at"])}))
        return found

    def last(self, kind: Kind, *, went_well: bool | None = None) -> Deed | None:
        """Return the last deed of a kind, of those that went well or badly where that is asked."""
        return next(
            (each for each in self.deeds() if each.kind == kind and went_well in (None, each.went_well)),
            None,
        )

    def know(self, standing: Standing) -> None:
        """Keep how the backups stand."""
        self._replace(STANDING, json.dumps(asdict(standing), default=datetime.isoformat))

    def standing(self) -> Standing | None:
        """Return how the backups stood when somebody looked last, None when nobody ever did."""
        try:
            told: dict[str, Any] = json.loads((self.folder / STANDING).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        moments = {name: datetime.fromisoformat(told[name]) for name in _MOMENTS if told.get(name)}
        return Standing(**{name: value for name, value in (told | moments).items() if name in _KNOWN})

    def _replace(self, name: str, text: str) -> None:
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.folder / f".{name}.{os.getpid()}"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.folder / name)


_KNOWN: Final = {each.name for each in fields(Standing)}
_MOMENTS: Final = ("at", "begun_at", "newest", "oldest", "handed_over_at", "away_since")


def _as_line(deed: Deed) -> str:
    told = asdict(deed) | {"at": deed.at.astimezone(UTC).isoformat(timespec="seconds")}
    return json.dumps(told, separators=(",", ":"))
