"""`leerhuis backup`, `verify-backup` and `restore`: copies that can be put back, and the proof that they can."""

import argparse
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leerhuis.config.cli import exits
from leerhuis.config.home import leerhuis_home
from leerhuis.config.postgres import InUse, database_running, own_database
from leerhuis.config.programs import DatabaseError

if TYPE_CHECKING:
    from leerhuis.config.backup_settings import BackupSettings
    from leerhuis.config.restore import Restored
    from leerhuis.operations.history import Kind
    from leerhuis.operations.verifying import Verdict

MEGABYTE = 1e6
ENVIRONMENT = """environment:
  LEERHUIS_BACKUP_PLACE  the folder of the backups: a disk of another machine; empty: no backups are made
  LEERHUIS_BACKUP_KEYS   the folder of their keys, on another disk than data and backups (LEERHUIS_HOME/backup-keys)
  LEERHUIS_BACKUP_DAYS   how many days a backup is kept (30); what the statement of each academy says, or fewer
  LEERHUIS_BACKUP_AT     when the nightly backup is made, Dutch time (02:30)
"""


def add_to(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Declare `leerhuis backup`, `leerhuis verify-backup` and `leerhuis restore`."""
    parser = _command(
        commands,
        "backup",
        back_up,
        "make a backup now: what changed since the last one, or everything",
        "The product may go on running; `serve` makes one each night by itself.",
    )
    parser.add_argument("--full", action="store_true", help="everything, as a new set with a new key")

    parser = _command(
        commands,
        "verify-backup",
        verify,
        "read every file of every backup: find what was changed, is missing, too old or late",
        "Exit code 1 when anything is wrong.",
    )
    parser.add_argument("--drill", action="store_true", help="put the newest back into a home to throw away, and check")
    _where(parser)
    parser.add_argument("--json", action="store_true", help="as JSON")

    parser = _command(
        commands,
        "restore",
        restore,
        "put a backup back into an empty home: database, files and secrets",
        "It is counted and compared with what was there when the backup was made. Then start `leerhuis serve`: before"
        " the first page it carries out the journal, so that nobody who was erased comes back.",
    )
    words = "the moment to go back to (2026-11-23T14:05, Dutch time unless it says otherwise); else the last there is"
    parser.add_argument("--to", metavar="MOMENT", type=moment, help=words)
    parser.add_argument("--home", type=Path, help="the empty home to put it in (LEERHUIS_HOME)")
    parser.add_argument(
        "--files", type=Path, help="the empty folder for persons' files (LEERHUIS_FILES, or in the home)"
    )
    _where(parser)


def _command(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", name: str, function: Any, meaning: str, more: str
) -> argparse.ArgumentParser:
    parser = commands.add_parser(
        name,
        help=meaning,
        description=f"{meaning.capitalize()}. {more}",
        epilog=f"{ENVIRONMENT}\n{exits.EXPLANATION}",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(carry_out=function)
    return parser


def _where(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--from", dest="place", type=Path, help="the folder of the backups (LEERHUIS_BACKUP_PLACE)")
    parser.add_argument("--keys", type=Path, help="the folder of their keys (LEERHUIS_BACKUP_KEYS)")


def back_up(asked: argparse.Namespace) -> int:
    """Make a backup; what came of it is kept for the page and the doctor, also when it failed."""
    from leerhuis.config.backups import BackupRunning, make_backup
    from leerhuis.operations.history import Kind

    refuse_own_database()
    chosen = chosen_by(asked)
    with in_plain_words():
        chosen.place().names()
    print(f"Making a backup in {chosen.place_folder} …", flush=True)
    try:
        with noted(chosen, Kind.BACKUP) as facts, in_plain_words(), database_running(chosen.home):
            made = make_backup(chosen, full=asked.full)
            rows = sum(count for count, _ in (made.counts or {}).values())
            facts |= {"kind": made.kind, "size": made.size, "tables": len(made.counts or {}), "rows": rows}
            facts |= {"set": made.set_name, "gone": made.gone}
    except BackupRunning as running:
        raise exits.Stop(str(running), exits.NOT_READY) from running
    what = "Everything" if made.kind == "full" else "What changed since the last backup"
    print(f"{what} is backed up: {made.size / MEGABYTE:.1f} MB in {made.seconds:.1f} s.")
    print(f"Counted: {len(made.counts)} tables, {rows} rows." if made.counts else "Not counted: it was never quiet.")
    for name in made.gone:
        print(f"Its term has come: {name} is gone, and its key.")
    return exits.GOOD


def verify(asked: argparse.Namespace) -> int:
    """Read every file, or put the newest back into a throw-away home; WRONG when anything is not as it should be."""
    from leerhuis.operations.history import Kind

    chosen = chosen_by(asked)
    is_drill = bool(asked.drill)
    with noted(chosen, Kind.DRILL if is_drill else Kind.VERIFY) as facts, in_plain_words():
        faults = _drill(chosen, asked, facts) if is_drill else _verify(chosen, facts)
        facts |= {"faults": faults}
    if asked.json:
        print(json.dumps(facts, indent=1, ensure_ascii=False, default=str))
        return exits.WRONG if faults else exits.GOOD
    for fault in faults:
        print(fault)
    if is_drill:
        print(
            f"Put back {facts['tables']} tables with {facts['rows']} rows and {facts['files']} files"
            f" in {facts['restore_seconds']:.1f} s; the journal did {facts['operations']} operations again."
        )
    else:
        print(f"Read {facts['files']} files, {facts['size'] / MEGABYTE:.1f} MB, in {facts['sets']} sets.")
        print(f"Newest backup: {facts['newest'] or 'none'}. Oldest copy: {facts['oldest'] or 'none'}.")
    print(f"{len(faults)} things are wrong: see above." if faults else "All is as it should be.")
    return exits.WRONG if faults else exits.GOOD


def _verify(chosen: "BackupSettings", facts: dict[str, Any]) -> list[str]:
    from leerhuis.config.backup_settings import machine_time
    from leerhuis.operations import verifying

    place = chosen.place()
    told: Verdict = verifying.verify(place, now=machine_time(), days=chosen.days)
    facts |= {"files": told.files, "size": told.size, "sets": len(place.names())}
    facts |= {name: moment and spoken(moment) for name, moment in (("newest", told.newest), ("oldest", told.oldest))}
    return told.faults


def _drill(chosen: "BackupSettings", asked: argparse.Namespace, facts: dict[str, Any]) -> list[str]:
    from leerhuis.config.drill import drill

    done = drill(chosen, say=(lambda _words: None) if asked.json else say)
    counts = done.restored.counts or {}
    facts |= {"stamp": done.restored.stamp, "tables": len(counts), "rows": sum(count for count, _ in counts.values())}
    facts |= {
        "files": done.restored.files,
        "operations": done.operations,
        "orphans": done.orphans,
        "restore_seconds": done.restored.seconds,
    }
    return done.faults


def restore(asked: argparse.Namespace) -> int:
    """Put a backup back into an empty home, hold it to its count, and say what to do next."""
    from leerhuis.config import restore as restoring
    from leerhuis.config.backup_settings import machine_time
    from leerhuis.operations.history import Deed, Kind

    home = (asked.home or leerhuis_home()).absolute()
    chosen = replace(chosen_by(asked), home=home)
    if asked.keys is None and not _named("LEERHUIS_BACKUP_KEYS"):
        chosen = replace(chosen, keys_folder=home / "backup-keys")
    files = (asked.files.absolute() if asked.files else None) or (
        chosen.files_folder if _named("LEERHUIS_FILES") else None
    )
    with in_plain_words():
        report = restoring.restore(chosen.place(), home, to=asked.to, files=files, say=say)
    facts = {"stamp": report.stamp, "to": spoken(report.to) if report.to else "", "faults": report.faults}
    words = "\n".join(report.faults)
    chosen.history.note(Deed(Kind.RESTORE, machine_time(), not words, round(report.seconds, 1), words, facts))
    for fault in report.faults:
        print(fault)
    _say_what_next(home, report, chosen)
    return exits.WRONG if report.faults else exits.GOOD


def _say_what_next(home: Path, report: "Restored", chosen: "BackupSettings") -> None:
    rows = sum(count for count, _ in (report.counts or {}).values())
    print(f"Put back in {report.seconds:.1f} s: {len(report.counts or {})} tables, {rows} rows, {report.files} files.")
    if report.faults:
        print("The counts are not those of the backup: see above. Go back further with --to, or ask for help.")
    until = spoken(report.to) if report.to else "the last that was handed over"
    if not report.to and report.handed_over_at:
        until += f", at {spoken(report.handed_over_at)}"
    print(f"The state is that of {until}.")
    journal = chosen.journal_folder if _named("LEERHUIS_JOURNAL") else home / "journal"
    print("\nWhat to do next:")
    print(
        f"1. Look through {home / 'restored.env'}: the settings that the lost machine had. Set those that still hold."
    )
    found = journal.is_dir() and any(journal.glob("*.journal"))
    where = f"{journal} has it" if found else f"it is not in {journal}: bring it, or set LEERHUIS_JOURNAL to its folder"
    print(f"2. The journal of what was erased and withdrawn since: {where}.")
    print(f"3. LEERHUIS_HOME={home} leerhuis serve. It carries out the journal, and opens the academies then.")
    print("4. leerhuis doctor says whether all is well.")


def moment(text: str) -> datetime:
    """Return a moment that an operator typed, in Dutch time where it names no zone."""
    from leerhuis.config.backup_settings import ZONE

    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no moment: write 2026-11-23T14:05") from None
    return found if found.tzinfo else found.replace(tzinfo=ZONE)


def spoken(found: datetime) -> str:
    """Return a moment as an operator reads it, in Dutch time."""
    from leerhuis.config.backup_settings import ZONE

    return f"{found.astimezone(ZONE):%Y-%m-%d %H:%M:%S}"


def say(words: str) -> None:
    """Tell how far it is."""
    print(words, flush=True)


def chosen_by(asked: argparse.Namespace) -> "BackupSettings":
    """Return the settings of the environment with what was typed instead."""
    from leerhuis.config.backup_settings import backup_settings

    with in_plain_words():
        chosen = backup_settings(leerhuis_home())
    if getattr(asked, "place", None):
        chosen = replace(chosen, place_folder=asked.place.absolute())
    if getattr(asked, "keys", None):
        chosen = replace(chosen, keys_folder=asked.keys.absolute())
    return chosen


def refuse_own_database() -> None:
    """Leave where the operator brought a PostgreSQL: whoever runs that backs it up."""
    if own_database():
        raise exits.Stop(
            "DATABASE_URL is set: your own PostgreSQL is backed up by its own tools (docs/howto/back-up.md says how)."
        )


@contextmanager
def noted(chosen: "BackupSettings", kind: "Kind") -> Iterator[dict[str, Any]]:
    """Keep in the home what came of something, and how long it took; `faults` among its facts say that it went badly.

    Two that are made at once are no failure, and a request to stop is none either.
    """
    from leerhuis.config.backup_settings import machine_time
    from leerhuis.config.backups import BackupRunning
    from leerhuis.operations.history import Deed

    facts: dict[str, Any] = {}
    since = time.monotonic()
    words = ""
    try:
        yield facts
        words = "\n".join(facts.get("faults", []))
    except BackupRunning:
        raise
    except Exception as fault:
        words = str(fault) or type(fault).__name__
        raise
    finally:
        if words or facts:
            deed = Deed(kind, machine_time(), not words, round(time.monotonic() - since, 1), words, facts)
            chosen.history.note(deed)


@contextmanager
def in_plain_words() -> Iterator[None]:
    """Turn what can go wrong with backups into words and an exit code."""
    import psycopg

    from leerhuis.config.backup_settings import WronglyChosen
    from leerhuis.config.backups import BackupFailed
    from leerhuis.config.restore import CannotRestore
    from leerhuis.operations.keys import NoKey
    from leerhuis.operations.place import PlaceAway
    from leerhuis.operations.sealing import Damaged

    try:
        yield
    except WronglyChosen as fault:
        raise exits.Stop(str(fault), exits.USAGE) from fault
    except (InUse, PlaceAway) as fault:
        raise exits.Stop(str(fault), exits.NOT_READY) from fault
    except psycopg.OperationalError as fault:
        raise exits.Stop("The database went away. Nothing half stays; try again.", exits.NOT_READY) from fault
    except (BackupFailed, CannotRestore, Damaged, NoKey, DatabaseError) as fault:
        raise exits.Stop(str(fault)) from fault
    except OSError as fault:
        raise exits.Stop(f"{fault.filename or 'A file'} cannot be read or written: {fault.strerror}.") from fault


def _named(variable: str) -> bool:
    return bool(os.environ.get(variable))
