"""What happens to people."""

from dataclasses import dataclass
from uuid import UUID

from leerhuis.base.events import Event


@dataclass(frozen=True)
class PersonSignedUp(Event):
    """Somebody opened an account."""

    person_id: UUID


@dataclass(frozen=True)
class PersonInvited(Event):
    """Somebody was entered by another and asked to open their account."""

    person_id: UUID


@dataclass(frozen=True)
class AddressToConfirm(Event):
    """An address was given that its owner has yet to confirm."""

    person_id: UUID


@dataclass(frozen=True)
class PasswordForgotten(Event):
    """A new password was asked for."""

    person_id: UUID


@dataclass(frozen=True)
class SecurityChanged(Event):
    """Something about how a person signs in was changed."""

    person_id: UUID
