"""Bringing the journal outside the database, line by line, and forgetting there what no backup can bring back."""

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from leerhuis.audit.events import JournalShipped
from leerhuis.audit.ledger import FIRST, Behind, Damaged, Ledger, Line
from leerhuis.audit.models import JournalEntry, JournalHead
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit

log = logging.getLogger(__name__)

HEAD: Final = UUID(int=1)
LATE: Final = timedelta(minutes=5)
KEPT: Final = timedelta(days=90)  # as `privacy.JOURNAL` declares
MARGIN: Final = timedelta(days=30)  # beyond the longest backup


@dataclass(frozen=True)
class Standing:
    """How the journal of an academy stands: how many operations wait too long, and what is wrong ('' when nothing)."""

    late: int
    fault: str

    @property
    def is_well(self) -> bool:
        """Whether everything that was done stands outside the database."""
        return not self.late and not self.fault


def ledger() -> Ledger:
    """Return the journal's file of the academy that is entered."""
    return Ledger(current_academy().schema_name)


def known_head() -> tuple[int, str]:
    """Return the number and hash of the last line that this database knows; (0, zeros) before the first."""
    return JournalHead.objects.filter(pk=HEAD).values_list("number", "digest").first() or (0, FIRST)


def unseen() -> list[str]:
    """Return the ids of the entries that stand in the file and that this database has never had.

    There are some after an older state of the database was put back, and at no other time: a crash between writing
    the file and the commit leaves lines whose entries are here, waiting. Raises OSError and Damaged.
    """
    return missing_here(ledger().after(known_head()[0]))


def missing_here(lines: Iterable[Line]) -> list[str]:
    """Return the ids of the entries of these lines that the database does not hold."""
    beyond = [line.entry for line in lines]
    here = {str(key) for key in JournalEntry.objects.filter(pk__in=beyond).values_list("pk", flat=True)}
    return [entry for entry in beyond if entry not in here]


def ship() -> int:
    """Write what waits to the file, in the order in which it was done; returns how many lines were written.

    A row is marked after its line is on the disk; what a crash left in between is found there by its id and not
    written twice. Does nothing after a restore: then the file is ahead, and is replayed first. Raises OSError,
    Damaged, and Behind when the file lacks lines that it had.
    """
    inside_edge()
    head, _ = JournalHead.objects.select_for_update(of=("self",)).get_or_create(
        pk=HEAD, defaults={"number": 0, "digest": FIRST}
    )
    waiting = list(JournalEntry.objects.filter(number=None).order_by("id"))
    if not waiting:
        return 0
    file = ledger()
    with file.held():
        if file.last()[0] < head.number:
            raise Behind(f"{file.file} ends before line {head.number}, which was written to it.")
        if unseen():
            return 0
        written = {line.entry: line for line in file.after(head.number)}
        fresh = file.add([entry for entry in waiting if str(entry.pk) not in written])
    written |= {line.entry: line for line in fresh}
    for entry in waiting:
        entry.number, entry.shipped_at = written[str(entry.pk)].n, clock.now()
    JournalEntry.objects.bulk_update(waiting, ["number", "shipped_at"])
    _know(head, *file.last())
    emit(JournalShipped(len(waiting)))
    return len(fresh)


def ship_quietly() -> int:
    """Ship; a folder that is slow, full, lost or not there closes nothing: the entries wait, and the doctor tells."""
    try:
        return ship()
    except (OSError, Behind, Damaged) as fault:
        log.warning("journal not shipped", extra={"fault": type(fault).__name__})
        return 0


def rebuild() -> int:
    """Write a lost file again from the rows of the database; returns how many lines it holds.

    What waits is shipped after it. Raises OSError.
    """
    inside_edge()
    head, _ = JournalHead.objects.select_for_update(of=("self",)).get_or_create(
        pk=HEAD, defaults={"number": 0, "digest": FIRST}
    )
    entries = list(JournalEntry.objects.exclude(number=None).order_by("number"))
    start = (entries[0].number or 1) - 1 if entries else head.number
    file = ledger()
    with file.held():
        number, digest = file.write_anew((start, FIRST), entries)
    _know(head, number, digest)
    return len(entries)


def drop_old_lines() -> int:
    """Forget the lines that are older than every backup, with a margin, and their rows; returns how many. Keeps: W6.

    The file then begins with the signed number and hash of the last of them.
    """
    inside_edge()
    backups = timedelta(days=current_academy().settings.backup.days)
    before = clock.now() - max(KEPT, backups + MARGIN)
    file = ledger()
    if not file.file.exists() or unseen():
        return 0
    with file.held():
        lines = list(file.lines())
        young = (n for n, line in enumerate(lines) if datetime.fromisoformat(line.time) >= before)
        gone = next(young, len(lines))  # of a row: what stands behind a younger line waits for that one
        if gone:
            file.write_anew((lines[gone - 1].n, lines[gone - 1].hash), lines[gone:])
            JournalEntry.objects.filter(number__lte=lines[gone - 1].n).delete()
    return gone


def faults() -> list[str]:
    """Return what is wrong with the journal of this academy, in words; nothing when it is as it was written.

    Finds a line that was changed, taken out, put in or moved, an end that was cut off (against the signed head and
    against the database) and a row of the database that the file does not know.
    """
    file, (number, digest) = ledger(), known_head()
    try:
        lines = list(file.lines())
        signed = file.signed_head()
        start = file.start()
    except Damaged as damage:
        return [str(damage)]
    end = (lines[-1].n, lines[-1].hash) if lines else start
    hashes = {start[0]: start[1]} | {line.n: line.hash for line in lines}
    found = []
    if signed is None and lines:
        found.append(f"{file.head} is gone: nobody signed the last line.")
    if signed is not None and hashes.get(signed[0]) != signed[1]:
        found.append(f"{file.file} is not what was signed at line {signed[0]}: its end was cut off or rewritten.")
    if end[0] < number or hashes.get(number, digest) != digest:
        found.append(f"{file.file} is not what this database shipped up to line {number}.")
    entries = {line.entry: line for line in lines}
    shipped = JournalEntry.objects.filter(number__gt=start[0]).order_by("number")
    for entry in shipped:
        line = entries.get(str(entry.pk))
        told = line and (line.n, line.operation, line.uuid, line.purpose)
        if told != (entry.number, entry.operation, str(entry.subject_id), entry.purpose):
            found.append(f"Entry {entry.number} of the database is not line {entry.number} of {file.file}.")
    return found


def standing() -> Standing:
    """Return how the journal stands, without reading more of the file than its end."""
    late = JournalEntry.objects.filter(number=None, created_at__lt=clock.now() - LATE).count()
    number, digest = known_head()
    try:
        last = ledger().last()
        if last[0] < number or (last[0] == number and last[1] != digest):
            return Standing(late, "the file lacks lines that were written to it")
        if unseen():
            return Standing(late, "an older state of the database was put back, and the journal was not replayed yet")
    except OSError as fault:
        return Standing(late, f"the folder cannot be read ({type(fault).__name__})")
    except Damaged:
        return Standing(late, "the file is damaged")
    return Standing(late, "")


def _know(head: JournalHead, number: int, digest: str) -> None:
    head.number, head.digest = number, digest
    head.save(update_fields=["number", "digest"])
