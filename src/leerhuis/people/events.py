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
class SignedInOnNewDevice(Event):
    """Somebody signed in on a device on which they had not done so before."""

    person_id: UUID


@dataclass(frozen=True)
class SecondStepFailed(Event):
    """The password was right and the second step was not."""

    person_id: UUID


@dataclass(frozen=True)
class CodeAsked(Event):
    """A code for the second step was asked for by mail."""

    person_id: UUID


@dataclass(frozen=True)
class SecurityChanged(Event):
    """Something about how a person signs in was changed."""

    person_id: UUID


@dataclass(frozen=True)
class PersonCorrected(Event):
    """Somebody's name or address was corrected; whoever had it from us hears of it (article 19 AVG)."""

    person_id: UUID
