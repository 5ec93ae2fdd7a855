"""Keeping, dropping and forgetting documents, having them examined, and taking from the disk what is kept no more."""

import hashlib
import hmac
import logging
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import BinaryIO, Final
from uuid import UUID

from django.db import connection

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor, ActorKind
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.ids import uuid7
from leerhuis.base.jobs import defer
from leerhuis.base.text import tidy
from leerhuis.documents import disk, keys, scanning
from leerhuis.documents.contents import kind_of, read
from leerhuis.documents.events import DocumentRefused, RemovedFromDisk
from leerhuis.documents.models import Document, Removal
from leerhuis.documents.queries import kinds_of_documents, opened
from leerhuis.documents.rules import (
    LONGEST_REASON,
    MOST_BYTES,
    DroppedAlready,
    GoneForGood,
    KeptAlready,
    NoSuchPurpose,
    TooLarge,
    check_words,
    clean_name,
)

log = logging.getLogger(__name__)

SCAN: Final = "documents.scan_document"
REMOVE: Final = "documents.remove_from_disk"
UNDO: Final = timedelta(hours=24)
REFUSED_SHOWN: Final = timedelta(days=7)
SCAN_LATE: Final = timedelta(minutes=5)
ORPHAN: Final = timedelta(days=1)
UNUSED_KEY: Final = timedelta(days=90)  # as long as the journal remembers: no restore goes further back
AT_ONCE: Final = 500


def keep_document(
    person_id: UUID, *, purpose: str, name: str, reason: str, content: BinaryIO, not_bsn: bool = False, by: Actor
) -> Document:
    """Keep a file about a person for a declared purpose, closed with the key of that person and purpose.

    What it is, is found in its content. The file is on the disk before the row is there; where the transaction is
    taken back, a sweep removes it within a day. Where there is a scanner, nobody opens it before that saw it. Refuses
    NoSuchPurpose, NoReason, NumberInName (unless `not_bsn`), TooLarge, NothingInIt, NotTaken, HoldsCode, KeptAlready.
    Keeps: L26a, L36.
    """
    inside_edge()
    if purpose not in {filed.purpose for filed in kinds_of_documents()}:
        raise NoSuchPurpose
    if content.seek(0, 2) > MOST_BYTES:
        raise TooLarge
    kind = kind_of(content)
    name, reason = clean_name(name, kind), tidy(reason)[:LONGEST_REASON]
    check_words(name, reason, not_bsn=not_bsn)
    _take_turn(person_id)
    key_name, key = _key_for(person_id, purpose)
    digest = _digest(content, key)
    if Document.objects.filter(person=person_id, purpose=purpose, digest=digest, dropped_at=None).exists():
        raise KeptAlready
    document = Document(
        id=uuid7(),
        person=person_id,
        purpose=purpose,
        name=name,
        reason=reason,
        kind=kind,
        size=content.seek(0, 2),
        digest=digest,
        key=key_name,
        scan=Document.Scan.WAITING if scanning.is_configured() else Document.Scan.NONE,
        made_by=by.person_id if by.kind is ActorKind.PERSON else None,
    )
    disk.write(document.id, read(content), key=key)
    document.save(force_insert=True)
    note("add document", document, by=by, subject=person_id)
    if document.scan == Document.Scan.WAITING:
        defer(SCAN, document.id)
    return document


def drop_document(document: Document, *, by: Actor) -> Document:
    """Remove a document: nobody opens it from now on, and within a day it is gone. Refuses DroppedAlready."""
    inside_edge()
    held = _lock(document)
    if held.is_dropped:
        raise DroppedAlready
    held.dropped_at = clock.now()
    held.save(update_fields=["dropped_at"])
    note("remove document", held, by=by, subject=held.person, fields=["dropped_at"])
    return held


def take_document_back(document: Document, *, by: Actor) -> Document:
    """Have a document back that was removed less than a day ago. Refuses GoneForGood."""
    inside_edge()
    held = _lock(document)
    if held.dropped_at is None or held.dropped_at < clock.now() - UNDO or held.scan == Document.Scan.INFECTED:
        raise GoneForGood
    held.dropped_at = None
    held.save(update_fields=["dropped_at"])
    note("take document back", held, by=by, subject=held.person, fields=["dropped_at"])
    return held


def remove_dropped(*, by: Actor) -> int:
    """Let go of what was removed more than a day ago, and of rows of what held a virus; returns how many."""
    inside_edge()
    dropped = Document.objects.filter(dropped_at__lt=clock.now() - UNDO).exclude(scan=Document.Scan.INFECTED)
    refused = Document.objects.filter(scan=Document.Scan.INFECTED, dropped_at__lt=clock.now() - REFUSED_SHOWN)
    gone = [*dropped.order_by("id")[:AT_ONCE], *refused.order_by("id")[:AT_ONCE]]
    for document in gone:
        note("remove document for good", document, by=by, subject=document.person)
    follow_documents([document.id for document in gone], by=by)
    Document.objects.filter(pk__in=[document.id for document in gone]).delete()
    return len(gone)


def follow_documents(ids: Sequence[UUID], *, by: Actor) -> int:
    """Have files taken from the disk after the commit, before the rows with these ids are deleted; and keys.

    A key goes with the last document of its person and purpose. Changes no row of a document, and keeps nothing that
    leads to a person; called twice it does no harm. Returns how many documents it knows. Keeps: L19, L21.
    """
    inside_edge()
    going = list(Document.objects.filter(pk__in=ids).order_by("person", "id"))
    for person_id in dict.fromkeys(document.person for document in going):
        _take_turn(person_id)
    used = {document.key for document in going}
    staying = set(Document.objects.filter(key__in=used).exclude(pk__in=ids).values_list("key", flat=True))
    places = [_of_files(disk.place_of(document.id)) for document in going]
    last = {d.key: _of_keys(keys.place_of(d.person, d.purpose, d.key)) for d in going if d.key not in staying}
    _have_removed([*last.values(), *places], by=by)
    return len(going)


def forget_person(person_id: UUID, purposes: Iterable[str] | None = None, *, by: Actor) -> int:
    """Let go of all documents about a person, or of those for some purposes, with every key there is of theirs.

    Also of a key that no row mentions, as where the store of keys is older than the database. Rows go here, keys and
    files by a worker as soon as this is committed; it is done when `queries.removals_waiting` says so. Returns how
    many documents went. Keeps: L19, K19a.
    """
    inside_edge()
    wanted = None if purposes is None else list(purposes)
    _take_turn(person_id)
    rows = Document.objects.filter(person=person_id)
    rows = rows if wanted is None else rows.filter(purpose__in=wanted)
    ids = list(rows.values_list("id", flat=True))
    follow_documents(ids, by=by)
    _have_removed([_of_keys(place) for place in keys.places_of(person_id, wanted)], by=by)
    Document.objects.filter(pk__in=ids).delete()
    return len(ids)


def forget_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Let go again, after a restore, of the keys of whoever the journal says was erased. Keeps: W6.

    Where it says of which purpose, its documents go. Where it says everything, rows that the backup brought back are
    for the erasure that is done again: it leaves what is held, and takes files and keys along with each row.
    """
    inside_edge()
    if purpose:
        forget_person(subject_id, [purpose], by=by)
        return
    _take_turn(subject_id)
    mentioned = set(Document.objects.filter(person=subject_id).values_list("purpose", flat=True))
    places = keys.places_of(subject_id, None)
    kept = set(keys.places_of(subject_id, mentioned)) if mentioned else set()
    _have_removed([_of_keys(place) for place in places if place not in kept], by=by)


def remove_from_disk(*, by: Actor) -> int:
    """Take from the disk what rows of the outbox name, keys first; returns how many. Done twice it does no harm.

    A row goes after its file: killed in between, the next call finds the file gone. Where a key cannot be destroyed
    everywhere, because the copy of the store is away, its row stays and the sweep tries again.
    """
    inside_edge()
    waiting = Removal.objects.select_for_update(of=("self",), skip_locked=True).order_by("id")[:AT_ONCE]
    done = []
    for removal in sorted(waiting, key=lambda each: not each.place.startswith(_of_keys(""))):
        folder, _, place = removal.place.partition("/")
        try:
            (keys.destroy if folder == keys.FOLDER_OF_KEYS else disk.remove)(place)
        except OSError:
            log.warning("not removed from disk", extra={"id": removal.id})
            continue
        done.append(removal)
    if done:
        note("remove from disk", done[0], by=by)
        Removal.objects.filter(pk__in=[removal.pk for removal in done]).delete()
        emit(RemovedFromDisk(len(done)))
    return len(done)


def sweep_disk(*, by: Actor) -> int:
    """Take from the disk what no row knows: files older than a day, and keys older than any backup; returns how many.

    Files without a row are what a transaction that was taken back, or a crash, left behind. A key without a row opens
    nothing today; it stays for as long as a restore could bring back a row that needs it.
    """
    inside_edge()
    now = clock.now().timestamp()
    old = [path for path, written in disk.all_files() if written < now - ORPHAN.total_seconds()]
    names = {path: _id_of(path.name) for path in old}
    known = set(Document.objects.filter(pk__in=filter(None, names.values())).values_list("pk", flat=True))
    swept = [_of_files(f"{path.parent.name}/{path.name}") for path, name in names.items() if name not in known]
    unused = {name: place for place, name, made in keys.all_names() if made < now - UNUSED_KEY.total_seconds()}
    in_use = set(Document.objects.filter(key__in=unused).values_list("key", flat=True))
    swept += [_of_keys(place) for name, place in unused.items() if name not in in_use]
    _have_removed(swept, by=by)
    return len(swept)


def scan_document(document_id: UUID, *, by: Actor) -> None:
    """Have the scanner examine a document: let it be opened, or destroy it and say so.

    The row of what a virus was found in stays a week, so that the office sees what became of it. Where the scanner is
    away the document goes on waiting. Keeps: L26a.
    """
    inside_edge()
    document = Document.objects.select_for_update(of=("self",), skip_locked=True).filter(pk=document_id).first()
    if document is None or document.scan != Document.Scan.WAITING:
        return
    virus = scanning.virus_in(opened(document)) if scanning.is_configured() else ""
    document.scan = Document.Scan.INFECTED if virus else Document.Scan.CLEAN
    if not scanning.is_configured():
        document.scan = Document.Scan.NONE
    if virus:
        document.dropped_at = clock.now()
        _have_removed([_of_files(disk.place_of(document.id))], by=by)
    document.save(update_fields=["scan", "dropped_at"])
    note("refuse document" if virus else "examine document", document, by=by, subject=document.person, fields=["scan"])
    if virus:
        emit(DocumentRefused(document.id))


def scan_again(*, by: Actor) -> int:
    """Give documents that have waited for the scanner for minutes a new job; returns how many. Changes no document."""
    inside_edge()
    late = Document.objects.filter(scan=Document.Scan.WAITING, created_at__lt=clock.now() - SCAN_LATE)
    ids = list(late.order_by("id").values_list("id", flat=True)[:AT_ONCE])
    for document_id in ids:
        defer(SCAN, document_id)
    return len(ids)


def _take_turn(person_id: UUID) -> None:
    """Let only one transaction at a time make, use for a new file, or destroy keys of a person."""
    with connection.cursor() as cursor:
        name = f"documents {current_academy().schema_name} {person_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [name])


def _key_for(person_id: UUID, purpose: str) -> tuple[UUID, bytes]:
    """Return the key of a person and purpose: that of their newest document, else a new one."""
    newest = Document.objects.filter(person=person_id, purpose=purpose).order_by("-id").first()
    if newest is not None:
        try:
            return newest.key, keys.read(person_id, purpose, newest.key)
        except keys.NoKey:  # destroyed, and its rows came back with a backup: they stay unreadable
            pass
    return keys.make(person_id, purpose)


def _digest(content: BinaryIO, key: bytes) -> str:
    digest = hmac.new(key, b"digest ", hashlib.sha256)
    for part in read(content):
        digest.update(part)
    return digest.hexdigest()


def _lock(document: Document) -> Document:
    """Return the row as it is now, locked; refuses GoneForGood."""
    found = Document.objects.select_for_update(of=("self",)).filter(pk=document.pk).first()
    if found is None:
        raise GoneForGood
    return found


def _have_removed(places: Sequence[str], *, by: Actor) -> None:
    """Write down, once for each place, what a worker takes from the disk when this is committed."""
    waiting = set(Removal.objects.filter(place__in=places).values_list("place", flat=True))
    fresh = [Removal(place=place) for place in dict.fromkeys(places) if place not in waiting]
    if fresh:
        made = Removal.objects.bulk_create(fresh)
        note("have removed from disk", made[0], by=by)
        defer(REMOVE, made[0].id)


def _of_keys(place: str) -> str:
    return f"{keys.FOLDER_OF_KEYS}/{place}"


def _of_files(place: str) -> str:
    return f"{disk.FOLDER_OF_FILES}/{place}"


def _id_of(name: str) -> UUID | None:
    """Return the document to which a file belongs by its name; None for what is unfinished or not ours."""
    try:
        return UUID(name)
    except ValueError:
        return None
