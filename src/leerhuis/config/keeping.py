"""Looking after the backups, all the time: handing over, the nightly backup, verifying, the weekly drill, expiry.

The launcher runs this beside web and worker where LEERHUIS_BACKUP_PLACE is set. What takes long is done by children
(the same commands that an operator types), so that handing over never waits. Whatever goes wrong is noted in the home
(`operations.history`) and tried again; this process goes on.
"""

import logging
import logging.config
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from types import FrameType
from typing import Final

import psycopg

from leerhuis.config import children
from leerhuis.config.backup_settings import ZONE, BackupSettings, backup_settings, machine_time
from leerhuis.config.backups import BackupRunning, alone
from leerhuis.config.home import leerhuis_home
from leerhuis.config.keeper import Keeper, KeeperElsewhere
from leerhuis.config.logs import log_uncaught_errors, logging_settings
from leerhuis.operations.expiry import expire
from leerhuis.operations.history import Deed, History, Kind, Standing
from leerhuis.operations.place import PlaceAway
from leerhuis.operations.standing import standing_of

log = logging.getLogger(__name__)

STEP_SECONDS: Final = 1.0
WAIT_SECONDS: Final = 5.0  # after something went wrong
TELL_EVERY: Final = timedelta(seconds=60)
EXPIRE_EVERY: Final = timedelta(hours=1)
TRY_AGAIN: Final = timedelta(minutes=15)
DRILL_EVERY: Final = timedelta(days=6)  # with the nightly backup that follows, so that a week is never exceeded
DRILL_AGAIN: Final = timedelta(hours=6)

Task = tuple[str, ...]


class Keeping:
    """Looks after the backups of one home; `step` is called about every second, from the main thread."""

    def __init__(self, chosen: BackupSettings, *, now: datetime) -> None:
        self.chosen = chosen
        self.history: History = chosen.history
        self.keeper: Keeper | None = None
        self.child: subprocess.Popen[bytes] | None = None
        before = self.history.standing()  # of the run before this one, also how long there have been backups
        self.standing = replace(before, at=now, away="", away_since=None) if before else Standing(now, now)
        self._away = ""
        self._told_at: datetime | None = None
        self._expired_at: datetime | None = None

    def step(self, *, now: datetime) -> bool:
        """Do what there is to do; returns whether all went well, so that the next step can come soon."""
        went_well = self._hand_over(now)
        if self.child is not None and self.child.poll() is not None:
            self._end_of_task()
        if self._told_at is None or now - self._told_at >= TELL_EVERY:
            self._told_at = now
            self._tell(now)
        if self._expired_at is None or now - self._expired_at >= EXPIRE_EVERY:
            self._expired_at = now
            self._expire(now)
        if self.child is None and went_well:
            task = due(self.history, self.standing, self.chosen, now=now)
            if task:
                self._begin(task)
        return went_well

    def stop(self) -> None:
        """Stop the child, if any, hand over what is left, and let another process hand over from here."""
        if self.child is not None:
            self.child.terminate()
            self.child.wait()
        if self.keeper is not None:
            with suppress(psycopg.Error, PlaceAway, OSError):
                self.keeper.finish()
            self.keeper.stop()

    def _hand_over(self, now: datetime) -> bool:
        """Seal what the database wrote. The database or the place may be away for a while: then it waits."""
        try:
            if self.keeper is None:
                self.keeper = Keeper(self.chosen)
            if self.keeper.step(now=now):
                self.standing = replace(self.standing, handed_over_at=now)
        except KeeperElsewhere:
            return False
        except (psycopg.Error, PlaceAway, OSError) as fault:
            log.warning("nothing handed over", extra={"action": type(fault).__name__})
            self._away = "" if isinstance(fault, psycopg.Error) else str(fault)  # the doctor sees a database itself
            return False
        self._away = ""
        return True

    def _tell(self, now: datetime) -> None:
        """Look at the place and keep how the backups stand, for pages and the doctor."""
        waiting = self.keeper.waiting_since() if self.keeper is not None else None
        try:
            found = standing_of(self.chosen.place(), before=self.standing, waiting_since=waiting, now=now)
        except PlaceAway as fault:
            self._away, found = str(fault), replace(self.standing, at=now)
        if self._away:
            found = replace(found, away=self._away, away_since=self.standing.away_since or now)
        self.standing = replace(found, keys_beside_data=self.chosen.keys_beside_data)
        self.history.know(self.standing)

    def _expire(self, now: datetime) -> None:
        """Let go of what had its term, also while no backup succeeds."""
        try:
            with alone(self.chosen.home):
                gone = expire(self.chosen.place(), now=now, days=self.chosen.days)
        except (BackupRunning, PlaceAway, OSError):
            return
        if self.keeper is not None:
            self.keeper.forget_waiting(before=now - timedelta(days=self.chosen.days - 1))
        if gone:
            self.history.note(Deed(Kind.EXPIRY, now, facts={"sets": gone}))

    def _begin(self, task: Task) -> None:
        """Have a child do something that takes long; what it prints is ours."""
        self.child = children.spawn([sys.executable, "-m", "leerhuis.config.cli", *task])

    def _end_of_task(self) -> None:
        if self.child is not None and self.child.returncode != 0:
            log.warning("a task of the backups failed", extra={"status": self.child.returncode})
        self.child = None
        self._told_at = None


def due(history: History, standing: Standing, chosen: BackupSettings, *, now: datetime) -> Task:
    """Return the command whose turn it is, empty when none is.

    A backup when LEERHUIS_BACKUP_AT has passed since the last, or at once where there is none to follow; what fails is
    tried again after a quarter of an hour. Each new backup is verified, and each week the newest is put back.
    """
    tried, made = history.last(Kind.BACKUP), history.last(Kind.BACKUP, went_well=True)
    may_try = tried is None or tried.went_well or now - tried.at >= TRY_AGAIN
    if may_try and (chosen.begin_anew.exists() or made is None or standing.newest is None):
        return ("backup", "--full")
    if may_try and made is not None and made.at < last_time(chosen, now):
        return ("backup",)
    if made is None:
        return ()
    verified, drilled = history.last(Kind.VERIFY), history.last(Kind.DRILL)
    if verified is None or (verified.at < made.at and now - verified.at >= TRY_AGAIN):
        return ("verify-backup",)
    if drilled is None or now - drilled.at >= (DRILL_EVERY if drilled.went_well else DRILL_AGAIN):
        return ("verify-backup", "--drill")
    return ()


def last_time(chosen: BackupSettings, now: datetime) -> datetime:
    """Return the last moment at which a nightly backup was due."""
    here = now.astimezone(ZONE)
    today = datetime.combine(here.date(), chosen.at, ZONE)
    return today if today <= here else datetime.combine(here.date() - timedelta(days=1), chosen.at, ZONE)


def main() -> None:
    """Look after the backups of LEERHUIS_HOME until SIGTERM; the launcher runs this as a child."""
    log_uncaught_errors()
    logging.config.dictConfig(logging_settings(os.environ.get("LEERHUIS_LOG_LEVEL") or "INFO"))
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    keeping = Keeping(backup_settings(leerhuis_home()), now=machine_time())
    try:
        while True:
            time.sleep(STEP_SECONDS if keeping.step(now=machine_time()) else WAIT_SECONDS)
    finally:
        keeping.stop()


def _leave(_number: int, _frame: FrameType | None) -> None:
    raise SystemExit


if __name__ == "__main__":
    main()
