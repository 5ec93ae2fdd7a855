"""The signed links in mails: to confirm what was asked, to choose, and to stop with one click. None signs anybody in.

They are signed with the secret of the installation and name a row by its random key, never an address.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.core.signing import BadSignature, Signer

from leerhuis.consent.models import Reader

OWN: Final = "own"  # the owner of the address says yes
PARENT: Final = "parent"  # a parent says yes for a child
_confirming = Signer(salt="consent confirm")
_choosing = Signer(salt="consent choose")
_leaving = Signer(salt="consent leave")


@dataclass(frozen=True)
class Asked:
    """What a link to confirm is about: whose, what was asked in one go, and who says yes with it."""

    reader_id: UUID
    together: UUID
    by: str

    @property
    def token(self) -> str:
        """Return the signed key for the link."""
        return _confirming.sign(f"{self.reader_id.hex}.{self.together.hex}.{self.by}")


def asked_of(token: str) -> Asked | None:
    """Return what a link to confirm is about; None for a forged one. Whether it still works, the action says."""
    parts = _parts(_confirming, token)
    if len(parts) != 3 or parts[2] not in {OWN, PARENT}:  # noqa: PLR2004 - reader, what was asked, who says yes
        return None
    return Asked(UUID(parts[0]), UUID(parts[1]), parts[2])


def choosing_key(reader_id: UUID) -> str:
    """Return the signed key of the page on which a reader chooses without signing in."""
    return _choosing.sign(reader_id.hex)


def reader_of_choosing(token: str) -> Reader | None:
    """Return the reader of such a page; None for a forged key and for a reader who is gone."""
    parts = _parts(_choosing, token)
    return _reader(parts[0]) if parts else None


def leaving_key(reader_id: UUID, topic: str) -> str:
    """Return the signed key with which one request stops a topic (RFC 8058)."""
    return _leaving.sign(f"{reader_id.hex}~{topic}")


def left_of(token: str) -> tuple[Reader, str] | None:
    """Return whose topic a link stops; None for a forged one and for a reader who is gone."""
    try:
        found, _, topic = _leaving.unsign(token).partition("~")
    except BadSignature:
        return None
    reader = _reader(found)
    return None if reader is None else (reader, topic)


def _parts(signer: Signer, token: str) -> list[str]:
    try:
        return signer.unsign(token).split(".")
    except BadSignature:
        return []


def _reader(key: str) -> Reader | None:
    return Reader.objects.select_related("person").filter(pk=UUID(key)).first()
