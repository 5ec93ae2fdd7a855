"""What people need done in the background."""

from leerhuis.base.jobs import sweep
from leerhuis.base.limits import sweep_expired
from leerhuis.people.sign_ins import forget_sign_ins, forget_stores


@sweep("people.expired_tries", every_minutes=60)
def expired_tries() -> None:
    """Remove counts of tries that have run out."""
    sweep_expired()


@sweep("people.expired_stores", every_minutes=60)
def expired_stores() -> None:
    """Remove stores of sign-ins and forms that have run out."""
    forget_stores()


@sweep("people.old_sign_ins", every_minutes=60)
def old_sign_ins() -> None:
    """Remove sign-ins that were not used for half a year."""
    forget_sign_ins()
