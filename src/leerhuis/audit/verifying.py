"""Examining everything that is sealed: whether each row is what it was when it was written, none is gone, none more.

Three things are held against each other: the rows, the chain of seals in the database, and the signed head outside it.
Rows are read in a stream, so a million of them take half a minute or so and no memory.
"""

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from leerhuis.audit.heads import HeadFile, head_file
from leerhuis.audit.ledger import Damaged
from leerhuis.audit.marks import PERSON_BYTES, Cover, columns_of, content_digest, person_digest
from leerhuis.audit.models import Seal, SealCheck, SealEvent, SealRelease
from leerhuis.audit.reading import (
    all_of,
    expressions,
    forget_remembered,
    know_remembered,
    putting_in_order,
    remember,
    remembered,
    rows_of,
    stream,
    table_of,
)
from leerhuis.audit.sealing import (
    DELETED,
    EMPTIED,
    ID_BYTES,
    NULLIFIED,
    What,
    begins_after,
    chained,
    dropped_months,
    is_ahead_outside,
    is_genuine,
    is_released,
    last_seal,
    leaf_size,
    lost_a_person,
    root_of,
    sealed_models,
)
from leerhuis.audit.signing import DIGEST_BYTES, seal_key
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.charter.records import Record

TOLD: Final = 50  # faults that are told one by one
SEALS_AT_ONCE: Final = 20
CHECKS_KEPT: Final = timedelta(days=90)
CHECK_EVERY: Final = timedelta(hours=26)  # nightly, and some time for a long night
SEALED_WITHIN: Final = timedelta(minutes=10)

log = logging.getLogger(__name__)


@dataclass
class Verdict:
    """What an examination found: `faults` in words, the first fifty of `count`; `notices` is what was done openly."""

    seals: int = 0
    rows: int = 0
    waiting: int = 0  # rows that are genuine and not sealed yet
    count: int = 0
    faults: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    def fault(self, words: str) -> None:
        """Add a fault."""
        self.count += 1
        if self.count <= TOLD:
            self.faults.append(words)


@dataclass(frozen=True)
class Standing:
    """How the seals of an academy stand, without examining them: what is wrong, and what is late ('' when nothing)."""

    fault: str = ""
    late: str = ""


def examine(head: Path | None = None) -> Verdict:
    """Examine the academy that is entered, against the head outside, or a copy of it that was kept elsewhere.

    Raises OSError where the head cannot be read.
    """
    inside_edge()
    found = Verdict()
    forget_remembered()
    parts = _follow_chain(found, head)
    know_remembered()
    models = {model._meta.label_lower: model for model in sealed_models()}
    for number, (kind, covers) in enumerate(parts):
        model = models.get(kind)
        if model is None:
            found.fault(f"{kind}: its rows were sealed, and no such table is sealed now.")
        else:
            _compare(found, model, number, covers)
    for model in models.values():
        _look_for_more(found, model)
    _tell_events(found)
    return found


def keep_check(found: Verdict) -> SealCheck:
    """Keep how an examination ended, and forget those of long ago."""
    inside_edge()
    SealCheck.objects.filter(created_at__lt=clock.now() - CHECKS_KEPT).delete()
    return SealCheck.objects.create(seals=found.seals, rows=found.rows, faults=found.count)


def examine_quietly() -> None:
    """Examine, and keep how that ended; a folder that is not there is told by the doctor."""
    try:
        found = examine()
    except OSError as fault:
        log.warning("audit not examined", extra={"fault": type(fault).__name__})
        return
    if found.count:
        log.error("audit is not as it was written", extra={"count": found.count})
    keep_check(found)


def last_check() -> SealCheck | None:
    """Return how the last examination ended, None before the first."""
    return SealCheck.objects.order_by("-created_at", "-id").first()


def standing() -> Standing:
    """Return how the seals stand: against the head outside, by the last examination, and whether they keep up."""
    try:
        fault = _fault_of_head()
    except OSError as away:
        return Standing(late=f"the folder of the journal cannot be read ({type(away).__name__})")
    check = last_check()
    if not fault and check is not None and check.faults:
        fault = f"{check.faults} faults were found on {check.created_at:%Y-%m-%d}"
    return Standing(fault) if fault else Standing(late=_lateness(check))


def _fault_of_head() -> str:
    """Return what is wrong between the last seal and the head outside, without going through them."""
    try:
        if is_ahead_outside():
            return "seals that were signed are not there: rows were cut off, or an older state was put back"
        if last_seal()[0] and head_file().read() is None:
            return "the head outside the database is gone"
    except Damaged:
        return "the head outside the database was changed"
    return ""


def _lateness(check: SealCheck | None) -> str:
    """Return what should have been done by now, sealing or examining."""
    now = clock.now()
    since = Seal.objects.order_by("-number").values_list("created_at", flat=True).first()
    for model in sealed_models():
        rows = all_of(model).filter(created_at__lt=now - SEALED_WITHIN)
        if (rows.filter(created_at__gt=since) if since else rows).exists():
            return "what was written down lately is not sealed"
    begun = SealEvent.objects.filter(what=What.BEGUN).values_list("created_at", flat=True).first()
    if begun is None or begun > now - CHECK_EVERY or (check and check.created_at > now - CHECK_EVERY):
        return ""
    return f"it was not examined since {check.created_at if check else begun:%Y-%m-%d}"


def _follow_chain(found: Verdict, copy: Path | None) -> list[tuple[str, str]]:
    """Go through the seals in order, remember what they hold, and hold the last against the head outside."""
    parts: dict[tuple[str, str], int] = {}
    number, digest = beginning = begins_after()
    head = _head(found, copy)
    is_met = head is None or head[0] < number or head == beginning
    broken = False
    dropped: dict[str, set[Any]] = {}
    for each in _seals():
        if not broken and (each.number != number + 1 or each.previous != digest or chained(each) != each.digest):
            found.fault(f"Seal {each.number}: it was changed, or seals before it were changed or taken out.")
            broken = True
        number, digest = each.number, each.digest
        is_met = is_met or (number, digest) == head
        found.seals += 1
        if each.leaves is None:
            if each.month not in dropped.setdefault(each.kind, dropped_months(each.kind)):
                found.fault(f"Seal {number}: it was emptied, and {each.month:%Y-%m} was not dropped by its term.")
            continue
        leaves, size = bytes(each.leaves), leaf_size(each.covers)
        if root_of(leaves) != each.root or len(leaves) != size * each.rows:
            found.fault(f"Seal {number}: what it holds was changed.")
        part = parts.setdefault((each.kind, each.covers), len(parts))
        ids = range(0, len(leaves) - size + 1, size)
        remember(part, ((number, leaves[at : at + ID_BYTES], leaves[at + ID_BYTES : at + size]) for at in ids))
    if head is not None and not is_met:
        cut = "the end was cut off" if number < head[0] else "all seals up to there were made anew"
        found.fault(
            f"Seal {head[0]} is not the one that was signed outside the database: {cut},"
            " or an older state was put back."
        )
    return list(parts)


def _head(found: Verdict, copy: Path | None) -> tuple[int, str] | None:
    file = HeadFile(current_academy().schema_name, copy) if copy else head_file()
    try:
        head = file.read()
    except Damaged as damage:
        found.fault(str(damage))
        return None
    if head is None:
        if Seal.objects.exists() or SealEvent.objects.exists():
            found.fault(f"{file.path} is gone: nobody outside the database says which seal is the last.")
        return None
    return head.number, head.digest


def _seals() -> Iterator[Seal]:
    """Yield the seals in order, some at a time: between them rows are remembered."""
    number = -1
    while batch := list(Seal.objects.filter(number__gt=number).order_by("number")[:SEALS_AT_ONCE]):
        yield from batch
        number = batch[-1].number


def _compare(found: Verdict, model: type[Record], part: int, covers: str) -> None:
    """Hold each sealed row of one table, sealed with the same columns, against what it says now."""
    plain, _, persons = covers.partition("|")
    cover = Cover(model._meta.label_lower, tuple(plain.split()), tuple(persons.split()))
    lacking = [name for name in (*cover.plain, *cover.persons) if name not in columns_of(model)]
    if lacking:
        found.fault(f"{cover.kind}: rows were sealed with columns that the table has no more ({', '.join(lacking)}).")
        return
    question = f"""
        SELECT s.number, s.id::text, s.mark, x.fate, r.id IS NULL, {", ".join(expressions(model, cover))}
          FROM {remembered()} s LEFT JOIN {table_of(model)} r ON r.id = s.id
          LEFT JOIN seal_release x ON x.id = s.id AND x.kind = %s WHERE s.part = %s
    """  # noqa: S608 - names of tables and columns, from the models
    key, split, order = seal_key(current_academy().schema_name), len(cover.plain), putting_in_order(model, cover)
    for number, id, mark, fate, is_gone, *told in stream(question, [cover.kind, part]):
        found.rows += 1
        if is_gone:
            if not (fate == DELETED and _was_released(id)):
                found.fault(f"{cover.kind} {id} (seal {number}): it is gone, and nobody erased it.")
            continue
        if fate == DELETED:
            found.fault(f"{cover.kind} {id} (seal {number}): it was erased, and is back.")
            continue
        if fate == EMPTIED and _was_released(id):
            continue
        values = order(told)
        if mark[:DIGEST_BYTES] != content_digest(key, cover.kind, id, values[:split]):
            found.fault(f"{cover.kind} {id} (seal {number}): it was changed.")
            continue
        at = DIGEST_BYTES
        for name, person in zip(cover.persons, values[split:], strict=True):
            is_same = mark[at : at + PERSON_BYTES] == person_digest(key, cover.kind, id, name, person)
            if not is_same and not (person is None and fate == NULLIFIED and _was_released(id)):
                found.fault(f"{cover.kind} {id} (seal {number}): {name} was changed.")
            at += PERSON_BYTES


def _was_released(row_id: str) -> bool:
    return is_released(SealRelease.objects.get(pk=UUID(row_id)))


def _look_for_more(found: Verdict, model: type[Record]) -> None:
    """Find the rows that stand in no seal: those of the last minute are genuine, others were put in."""
    dropped = dropped_months(model._meta.label_lower)
    for row in rows_of(model, since=None):
        if row.month in dropped:
            found.fault(f"{row.cover.kind} {row.id}: it is of a month that was dropped by its term.")
        elif row.is_genuine or lost_a_person(row):
            found.waiting += 1
        else:
            words = "it was put in by somebody without the key, or changed before it was sealed."
            found.fault(f"{row.cover.kind} {row.id}: {words}")


def _tell_events(found: Verdict) -> None:
    for event in SealEvent.objects.order_by("created_at"):
        if not is_genuine(event):
            found.fault(f"The record of {event.created_at:%Y-%m-%d} that says {event.what!r} was not signed here.")
        elif event.what == What.PUT_BACK:
            found.notices.append(
                f"{event.created_at:%Y-%m-%d %H:%M} UTC: an older state of the database was put back;"
                f" {event.rows} seals after number {event.number} went with what came after it."
            )
        elif event.what == What.DROPPED:
            found.notices.append(f"{event.kind} of {event.month:%Y-%m}: {event.rows} rows dropped by their term.")
