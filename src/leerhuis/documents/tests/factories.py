"""Documents for tests: bytes of each kind, and a document about somebody."""

import io
import zipfile
from uuid import UUID

from leerhuis.audit.actor import Actor
from leerhuis.documents.actions import keep_document
from leerhuis.documents.models import Document

BY = Actor.operator()
PAPERS, ARRANGEMENTS = "enrolment.papers", "people.arrangements"
PDF = b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\n%%EOF\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30
JPEG = b"\xff\xd8\xff\xe0" + b"\0" * 30 + b"\xff\xd9"
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


def packed(*names: str, first: tuple[str, str] | None = None) -> bytes:
    """Return a packed file with parts of these names, and before them one with content, not compressed."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as file:
        if first:
            file.writestr(*first, compress_type=zipfile.ZIP_STORED)
        for name in names:
            file.writestr(name, "x")
    return made.getvalue()


def a_document(person_id: UUID, content: bytes = PDF, *, by: Actor = BY, **said: object) -> Document:
    """Keep a document about somebody."""
    words = {"purpose": PAPERS, "name": "Diploma.pdf", "reason": "Diploma HAVO, nodig voor de toelating"} | said
    return keep_document(person_id, content=io.BytesIO(content), by=by, **words)
