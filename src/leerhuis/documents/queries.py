"""Reading documents, within rights."""

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import get_language

from leerhuis.base.edge import current_academy
from leerhuis.charter.declarations import Filed
from leerhuis.charter.register import declared, function_named, in_force
from leerhuis.documents import disk, keys
from leerhuis.documents.contents import MEDIA_TYPES
from leerhuis.documents.models import Document, Removal
from leerhuis.documents.rules import BeingExamined, GoneForGood

log = logging.getLogger(__name__)

OPEN = Q(scan__in=(Document.Scan.NONE, Document.Scan.CLEAN), dropped_at=None)


@dataclass(frozen=True)
class OwnFile:
    """A document as it goes along with somebody's data; `parts` reads the file piece by piece."""

    name: str
    media_type: str
    size: int
    made_at: datetime
    parts: Iterator[bytes]


def documents_for(viewer: Any) -> QuerySet[Document]:
    """Return the documents that a viewer may open, newest first: for each purpose as its own package says."""
    found = Document.objects.none()
    for _, filed in declared(Filed):
        found = found | function_named(filed.query)(viewer).filter(purpose=filed.purpose)
    return found.order_by("-created_at", "-id")


def kinds_of_documents() -> list[Filed]:
    """Return which documents can be kept in the academy that is entered, in the order of the packages."""
    return [filed for _, filed in in_force(Filed, current_academy().settings)]


def reasons_to_keep() -> dict[str, str]:
    """Return what documents are kept for, by the id of the purpose, in the active language."""
    english = get_language() != "nl"
    return {filed.purpose: filed.en if english else filed.nl for _, filed in declared(Filed)}


def shown_in_office(viewer: Any, person_id: UUID) -> QuerySet[Document]:
    """Return the documents about somebody that a viewer may see, newest first, with what was removed a moment ago."""
    return documents_for(viewer).filter(person=person_id)


def refused_documents(viewer: Any) -> QuerySet[Document]:
    """Return the documents, within a viewer's rights, that were destroyed because of a virus this week."""
    return documents_for(viewer).filter(scan=Document.Scan.INFECTED)


def content_of(document: Document) -> Iterator[bytes]:
    """Return the bytes of a document, opened, in pieces; the first is read at once.

    Refuses BeingExamined, and GoneForGood for what was dropped or destroyed. Raises Damaged where the file on the
    disk is not the one that was written.
    """
    if document.scan == Document.Scan.WAITING and not document.is_dropped:
        raise BeingExamined
    if not document.can_be_opened:
        raise GoneForGood
    return _begun(opened(document))


def opened(document: Document) -> Iterator[bytes]:
    """Return the bytes of a document whatever its state: for the scanner. Refuses GoneForGood without its key."""
    try:
        key = keys.read(document.person, document.purpose, document.key)
    except keys.NoKey as fault:
        raise GoneForGood from fault
    return disk.read(document.id, key=key)


def _begun(parts: Iterator[bytes]) -> Iterator[bytes]:
    """Read the first piece now, so that what cannot be read is refused before an answer begins."""
    try:
        first = next(parts, b"")
    except FileNotFoundError as fault:
        raise GoneForGood from fault
    return _then(first, parts)


def _then(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def media_type(document: Document) -> str:
    """Return what a document was found to be, as a browser calls it."""
    return MEDIA_TYPES[document.kind]


def own_documents(person_id: UUID) -> QuerySet[Document]:
    """Return the documents about a person that they may open, newest first."""
    return Document.objects.filter(OPEN, person=person_id).order_by("-created_at", "-id")


def files_of(person_id: UUID) -> Iterator[OwnFile]:
    """Yield the files about a person, for the copy of their data, oldest first.

    Left out is what waits for the scanner, what was removed and goes within a day, and what cannot be read any more:
    one lost file does not keep somebody from the rest. The first piece of each is read when it is yielded.
    """
    for document in own_documents(person_id).reverse():
        try:
            parts = _begun(opened(document))
        except (GoneForGood, disk.Damaged):
            log.warning("document cannot be read", extra={"id": document.id})
            continue
        yield OwnFile(document.name, media_type(document), document.size, document.created_at, parts)


def removals_waiting(until: datetime | None = None) -> int:
    """Return how many files and keys are still to be taken from the disk, of those written down until a moment.

    An erasure is done when none of those from before it, or of its own transaction, is left.
    """
    waiting = Removal.objects.all()
    return (waiting if until is None else waiting.filter(created_at__lte=until)).count()


def without_file() -> list[UUID]:
    """Return the documents whose file is not on the disk, though nobody removed it; one look at the disk for each."""
    kept = Document.objects.exclude(scan=Document.Scan.INFECTED).order_by("id").values_list("id", flat=True)
    return [key for key in kept.iterator() if not disk.is_there(key)]
