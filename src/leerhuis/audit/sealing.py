"""Sealing what was written down: each minute the marks of new rows are bound into a chain, whose head lies elsewhere.

A seal holds the ids and marks of some rows of one table and month, and the hash of the seal before. So it can be told
afterwards that a row was changed, taken out, put in or moved, that an end was cut off, or that all was made anew
(`audit.verifying`). What may go all the same says so here first: `release` when somebody is erased,
`drop_sealed_months` when the term of a month is over. Decision: docs/decisions/0017-journal-and-seals.md.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.db.models import Q, QuerySet

from leerhuis.audit.actor import Actor
from leerhuis.audit.heads import Head, head_file
from leerhuis.audit.ledger import FIRST, Damaged
from leerhuis.audit.marks import PERSON_BYTES, Cover, cover_of
from leerhuis.audit.models import Seal, SealEvent, SealRelease
from leerhuis.audit.reading import Row, all_of, forget_remembered, know_remembered, remember, rows_of
from leerhuis.audit.signing import DIGEST_BYTES, canonical, is_signed, keyed, seal_key, sign
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.charter.records import Record

log = logging.getLogger(__name__)

ID_BYTES: Final = 16
AT_ONCE: Final = 5_000  # rows in one seal at most
SEALS_AT_ONCE: Final = 20
LOOK_BACK: Final = timedelta(hours=1)  # each minute; what a longer transaction wrote is found at night


class Fate(StrEnum):
    """What may have become of a sealed row."""

    DELETED = "deleted"
    EMPTIED = "emptied"  # its texts, and the persons that it names
    NULLIFIED = "nullified"  # persons that it names


DELETED, EMPTIED, NULLIFIED = Fate.DELETED, Fate.EMPTIED, Fate.NULLIFIED


class What(StrEnum):
    """What can happen to the seals as a whole."""

    BEGUN = "begun"  # the first seal
    DROPPED = "dropped"  # a month had its time
    SHORTENED = "shortened"  # the chain begins after a number from now on
    PUT_BACK = "put back"  # an older state of the database was restored


class CutOff(Exception):
    """The seals of the database are not those of the head outside it; the words say how."""


def sealed_models() -> list[type[Record]]:
    """Return the tables whose rows are sealed, by name."""
    found = [model for model in apps.get_models() if issubclass(model, Record) and model.sealed]
    return sorted(found, key=lambda model: model._meta.label_lower)


# --- sealing ---------------------------------------------------------------------------------------------------------
def seal(*, everything: bool = False) -> int:
    """Seal the rows that are new, and sign outside what was sealed before; returns how many rows.

    A row without a fitting mark is left out: whoever wrote it had not the key, and verifying tells. Each minute rows
    of the last hour are looked at; with `everything` all. Raises CutOff when the seals here are not those that were
    signed, OSError and Damaged.
    """
    inside_edge()
    _only_one()
    begins = _sign_what_stands()
    count = 0
    for model in sealed_models():
        since = None if everything or begins else _since()
        count += _seal_table(model, since, take_all=begins)
    return count


def seal_quietly(*, everything: bool = False) -> int:
    """Seal; a folder that is not there, or seals that were cut off, stop nothing else: the doctor tells."""
    try:
        return seal(everything=everything)
    except (OSError, Damaged, CutOff) as fault:
        log.warning("audit not sealed", extra={"fault": type(fault).__name__})
        return 0


def begin_anew(*, by: Actor) -> int:
    """Go on from the seals that are here after an older state was put back, and keep on record that it was.

    The head outside is set back to the last seal of the database; the event says how many seals went with what was
    lost. Returns that count. Raises OSError and Damaged.
    """
    inside_edge()
    _only_one()
    file, (number, digest) = head_file(), last_seal()
    head = file.read()
    lost = max(head.number - number, 0) if head else 0
    _keep_event(What.PUT_BACK, rows=lost, number=number, digest=digest)
    log.warning("seals go on after a restore", extra={"lost": lost, "actor": by.kind})
    file.write(number, digest, clock.now())
    return lost


def go_on_quietly(*, by: Actor) -> None:
    """Begin anew where seals were signed that this database has not; a head that cannot be read hinders no replay."""
    try:
        if is_ahead_outside():
            begin_anew(by=by)
    except (OSError, Damaged) as fault:
        log.warning("seals not begun anew", extra={"fault": type(fault).__name__})


def is_ahead_outside() -> bool:
    """Whether more seals were signed outside than this database has: after a restore, or when its end was cut off."""
    head = head_file().read()
    return head is not None and head.number > last_seal()[0]


def last_seal() -> tuple[int, str]:
    """Return the number and hash of the last seal; (0, zeros) before the first."""
    found = Seal.objects.order_by("-number").values_list("number", "digest").first()
    return found or begins_after()


def begins_after() -> tuple[int, str]:
    """Return the number and hash after which the chain begins: those of the last seal of which nothing is left."""
    for event in SealEvent.objects.filter(what=What.SHORTENED).order_by("-number"):
        if is_genuine(event):
            return event.number, event.digest
    return 0, FIRST


def chained(seal: Seal) -> str:
    """Return the hash of a seal over all that it says and the seal before."""
    told = (
        seal.number, seal.kind, str(seal.month), seal.rows, seal.covers, seal.root,
        seal.created_at.astimezone(UTC).isoformat(timespec="microseconds"), seal.previous,
    )  # fmt: skip
    return hashlib.sha256(canonical(*told)).hexdigest()


def root_of(leaves: bytes) -> str:
    """Return the hash of the ids and marks of a seal."""
    return hashlib.sha256(leaves).hexdigest()


def leaves_of(seal: Seal) -> Iterator[tuple[UUID, bytes]]:
    """Yield the id and mark of each row of a seal."""
    leaves, size = bytes(seal.leaves or b""), leaf_size(seal.covers)
    for at in range(0, len(leaves), size):
        yield UUID(bytes=leaves[at : at + ID_BYTES]), leaves[at + ID_BYTES : at + size]


def leaf_size(covers: str) -> int:
    """Return how many bytes one row takes in a seal that covers these columns."""
    return ID_BYTES + DIGEST_BYTES + PERSON_BYTES * len(covers.partition("|")[2].split())


def _only_one() -> None:
    """Wait until nobody else seals in this academy; until the transaction ends nobody else does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"seals {current_academy().schema_name}"])


def _sign_what_stands() -> bool:
    """Sign the last seal outside; True when nothing was ever sealed here, so that everything is taken as it is."""
    file, (number, digest) = head_file(), last_seal()
    head = file.read()
    if head is None:
        if number:
            raise CutOff(f"{file.path} is gone: nobody signed seal {number}.")
        file.write(0, FIRST, clock.now())
        head = Head(0, FIRST, "")
    if not _holds(head.number, head.digest):
        raise CutOff(f"Seal {head.number} of the database is not the one that was signed in {file.path}.")
    if number > head.number:
        file.write(number, digest, clock.now())
    begins = number == 0 and not any(is_genuine(each) for each in SealEvent.objects.filter(what=What.BEGUN))
    if begins:
        _keep_event(What.BEGUN)
    return begins


def _holds(number: int, digest: str) -> bool:
    """Whether this database has a seal, or had it before it was dropped by its term."""
    beginning = begins_after()
    if number <= beginning[0]:
        return number < beginning[0] or digest == beginning[1]
    return Seal.objects.filter(number=number, digest=digest).exists()


def _since() -> datetime:
    """Return the moment from which rows are looked at each minute."""
    last = Seal.objects.order_by("-number").values_list("created_at", flat=True).first()
    return (last or clock.now()) - LOOK_BACK


def _seal_table(model: type[Record], since: datetime | None, *, take_all: bool) -> int:
    """Seal the rows of one table that are not sealed yet; returns how many."""
    cover, count = cover_of(model), 0
    dropped = dropped_months(cover.kind)
    waiting: dict[date, list[bytes]] = {}
    for row in _unsealed(model, since):
        if row.month in dropped or not (take_all or row.is_genuine or lost_a_person(row)):
            continue
        leaves = waiting.setdefault(row.month, [])
        leaves.append(row.id.bytes + (row.mark if len(row.mark) == cover.size else row.expected))
        count += 1
        if len(leaves) >= AT_ONCE:
            _bind(cover, row.month, waiting.pop(row.month))
    for month in sorted(waiting):
        _bind(cover, month, waiting[month])
    return count


def _unsealed(model: type[Record], since: datetime | None) -> Iterator[Row]:
    """Yield the rows of a table that stand in no seal, those since a moment or all."""
    seals = Seal.objects.filter(kind=model._meta.label_lower).exclude(leaves=None)
    if since is not None:  # a row is sealed after it was made, so it stands in a seal since then, or in none
        known = {
            id for each in seals.filter(created_at__gte=since).iterator(SEALS_AT_ONCE) for id, _ in leaves_of(each)
        }
        yield from (row for row in rows_of(model, since=since) if row.id not in known)
        return
    forget_remembered()
    for number in list(seals.order_by("number").values_list("number", flat=True)):
        each = seals.get(number=number)
        remember(0, ((number, id.bytes, mark) for id, mark in leaves_of(each)))
    know_remembered()
    yield from rows_of(model, since=None)


def lost_a_person(row: Row) -> bool:
    """Whether a row does not fit its mark for no other reason than that somebody in it was erased since."""
    fates = (NULLIFIED, EMPTIED) if row.is_genuine_but_for_persons else (EMPTIED,)
    found = SealRelease.objects.filter(pk=row.id, fate__in=fates).first()
    return found is not None and is_released(found)


def _bind(cover: Cover, month: date, leaves: list[bytes]) -> None:
    """Put another seal behind the last."""
    number, digest = last_seal()
    content = b"".join(leaves)
    fresh = Seal(
        number=number + 1, kind=cover.kind, month=month, rows=len(leaves), covers=cover.text, leaves=content,
        root=root_of(content), previous=digest, created_at=clock.now(),
    )  # fmt: skip
    fresh.digest = chained(fresh)
    fresh.save(force_insert=True)


# --- what may go -----------------------------------------------------------------------------------------------------
def release(rows: QuerySet[Any], fate: Fate, *, by: Actor) -> int:
    """Let sealed rows go, lose their texts, or lose the persons that they name; returns how many.

    To be called in the transaction that erases, just before it, with exactly the rows that are erased. What is kept of
    it are the ids of rows, and a digest that nobody can make without the key. A second time is harmless.
    """
    if fate is NULLIFIED:  # a row that lost its texts before goes on being one of those
        kind = rows.model._meta.label_lower
        rows = rows.exclude(pk__in=SealRelease.objects.filter(kind=kind, fate=EMPTIED).values("pk"))
    return release_ids(rows.model, rows.order_by().values_list("pk", flat=True).iterator(AT_ONCE), fate, by=by)


def release_ids(model: type[models.Model], ids: Iterable[UUID], fate: Fate, *, by: Actor) -> int:
    """Let the sealed rows with these ids go or lose something, as `release`; returns how many."""
    inside_edge()
    kind, key = model._meta.label_lower, seal_key(current_academy().schema_name)
    month = clock.now().astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    count = 0
    for batch in _batches(ids):
        SealRelease.objects.bulk_create(
            [
                SealRelease(pk=id, created_at=month, kind=kind, fate=fate, tag=_tag(key, kind, fate, id))
                for id in sorted(batch)
            ],
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["fate", "tag"],
        )
        count += len(batch)
    log.info("sealed rows released", extra={"kind": kind, "count": count, "actor": by.kind})
    return count


def is_released(found: SealRelease) -> bool:
    """Whether a release was written with the key."""
    key = seal_key(current_academy().schema_name)
    return bytes(found.tag) == _tag(key, found.kind, found.fate, found.pk)


def first_kept(before: date) -> date:
    """Return the first day whose rows stay when what is older than `before` goes: a month goes as a whole."""
    return before.replace(day=1)


def drop_sealed_months(
    model: type[Record], before: date, *, keep: Q | None = None, at_most: int | None = None, by: Actor
) -> int:
    """Delete the rows of a table whose month ended on or before a day, and keep on record that they went.

    Returns how many rows went. Rows that match `keep` stay, and with them the seals of their month. A month goes as a
    whole, so `at_most` is looked at between months: the one that reaches it is the last of this call.
    """
    inside_edge()
    _only_one()
    cover = cover_of(model)
    until = datetime.combine(first_kept(before), time(), UTC)
    gone = 0
    for month in _months_of(model, until):
        if at_most is not None and gone >= at_most:
            break
        rows = all_of(model).filter(created_at__gte=month, created_at__lt=_next_month(month))
        if keep is not None and rows.filter(keep).exists():
            rows = rows.exclude(keep)
            release(rows, DELETED, by=by)
            gone += rows.delete()[0]
            continue
        count = rows.delete()[0]
        _drop_seals(cover.kind, month.date(), count)
        gone += count
    _shorten()
    return gone


def dropped_months(kind: str) -> set[date]:
    """Return the months of a table that were dropped by their term."""
    events = SealEvent.objects.filter(what=What.DROPPED, kind=kind)
    return {event.month for event in events if event.month is not None and is_genuine(event)}


def is_genuine(event: SealEvent) -> bool:
    """Whether an event was signed by this installation."""
    return is_signed(event.signature, *_told(event))


def _months_of(model: type[Record], until: datetime) -> list[datetime]:
    """Return the months before a moment of which there are rows or seals, the oldest first."""
    months = set(all_of(model).filter(created_at__lt=until).datetimes("created_at", "month", tzinfo=UTC))
    seals = Seal.objects.filter(kind=model._meta.label_lower, month__lt=until.date()).exclude(leaves=None)
    months |= {datetime.combine(day, time(), UTC) for day in seals.values_list("month", flat=True).distinct()}
    return sorted(months)


def _next_month(month: datetime) -> datetime:
    return (month + timedelta(days=32)).replace(day=1)


def _drop_seals(kind: str, month: date, count: int) -> None:
    """Leave of the seals of a month only what binds the chain, and record it."""
    seals = Seal.objects.filter(kind=kind, month=month).exclude(leaves=None)
    for each in seals.iterator(chunk_size=20):
        SealRelease.objects.filter(pk__in=[id for id, _ in leaves_of(each)]).delete()
    seals.update(leaves=None)
    if month not in dropped_months(kind):
        _keep_event(What.DROPPED, kind=kind, month=month, rows=count)


def _shorten() -> None:
    """Take away the beginning of the chain of which nothing is left, and sign after which seal it begins now."""
    first = Seal.objects.exclude(leaves=None).order_by("number").values_list("number", flat=True).first()
    empty = Seal.objects.filter(leaves=None)
    if first is not None:
        empty = empty.filter(number__lt=first)
    last = empty.order_by("-number").first()
    if last is None:
        return
    _keep_event(What.SHORTENED, number=last.number, digest=last.digest)
    empty.delete()


def _keep_event(
    what: What, *, kind: str = "", month: date | None = None, rows: int = 0, number: int = 0, digest: str = ""
) -> None:
    event = SealEvent(what=what, kind=kind, month=month, rows=rows, number=number, digest=digest)
    event.signature = sign(*_told(event))
    event.save(force_insert=True)


def _told(event: SealEvent) -> tuple[object, ...]:
    moment = event.created_at.astimezone(UTC).isoformat(timespec="microseconds")
    academy = current_academy().schema_name
    return (
        academy, "event", str(event.pk), moment, str(event.what), event.kind, str(event.month), event.rows,
        event.number, event.digest,
    )  # fmt: skip


def _tag(key: bytes, kind: str, fate: str, row_id: UUID) -> bytes:
    return keyed(key, canonical("release", kind, str(fate), str(row_id)))


def _batches(ids: Iterable[UUID]) -> Iterator[list[UUID]]:
    batch: list[UUID] = []
    for each in ids:
        batch.append(each)
        if len(batch) >= AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch
