"""What holds for people: when somebody must pass a second factor, and who may be changed."""

from datetime import datetime, timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal

OFFICE_ROLES = frozenset({"clerk", "planner", "academy_admin"})
STAFF_ROLES = OFFICE_ROLES | {"bookkeeper", "marketer", "privacy_officer"}
CORRECTED_AFTER_BACKUP: Final = "was corrected after the backup"  # of a note: what it was is lost
SEES_OTHERS = STAFF_ROLES | {"trainer", "contact"}


class Gone(Refusal):
    """The person was erased or has left; nothing can be changed any more (410)."""

    message = _("This person is no longer with us. Nothing was changed.")


class AddressTaken(Refusal):
    """Somebody else uses this address."""

    message = _("Another person already uses this e-mail address. Search for that person, or use another address.")
    field = "email"


class AddressStandsStill(Refusal):
    """The office would use data that are only kept."""

    message = _("Nobody can be entered with this e-mail address at the moment. Ask the privacy officer.")
    field = "email"


class LinkExpired(Refusal):
    """An invitation that was used, replaced or is too old."""

    message = _("This link no longer works. It was used already, or it is too old. Ask for a new one below.")


class AddressOfColleague(Refusal):
    """The address of somebody on the staff is where a link for a new password goes: it would open their rights."""

    message = _(
        "This person works for the academy. Only they themselves and the administrator can change their e-mail address."
    )
    field = "email"


class AccountOpen(Refusal):
    """An invitation is for who has no account yet."""

    message = _("This person opened their account already, so there is nothing to invite them to.")


class LastAdministrator(Refusal):
    """An academy without an administrator cannot be run any more."""

    message = _("This is the only administrator of the academy. Give somebody else that role first.")


class NoAddress(Refusal):
    """A mail needs an address."""

    message = _("There is no e-mail address to send it to. Add one on the page of this person.")


class SuspendedAlready(Refusal):
    """Who is suspended is not suspended twice."""

    message = _("This person was suspended already.")


class NotSuspended(Refusal):
    """Only a suspension can be lifted."""

    message = _("This person is not suspended.")


class NotYourself(Refusal):
    """Nobody locks themselves out."""

    message = _("You cannot suspend yourself. Ask a colleague who may.")


def may_change_address(roles: frozenset[str], *, changer_roles: frozenset[str]) -> bool:
    """True when somebody may change the address of another who has these roles: nobody rises by a colleague's mail."""
    return not roles & STAFF_ROLES or "academy_admin" in changer_roles


def needs_second_factor(roles: frozenset[str]) -> bool:
    """True for everyone whose roles let them see other people's data. Keeps: L28."""
    return bool(roles & SEES_OTHERS)


class SignInSpent(Refusal):
    """Too many wrong codes in one sign-in: it starts again with the password."""

    message = _("That were five wrong codes. Sign in again with your password.")


class NoSecondStep(Refusal):
    """What was never set up cannot be taken away."""

    message = _("This person has no second step, so there is nothing to take away. They can set one up themselves.")


class OwnSecondStep(Refusal):
    """Nobody takes away their own second step as an administrator: whoever finds their browser open could, too."""

    message = _("You cannot take away your own second step here. Use a recovery code, or ask another administrator.")


class NoNameOfApp(Refusal):
    """A token for an app without a name could not be told from the next."""

    message = _("Give the app a name by which you know it again, such as “Practising on my telephone”.")
    field = "app"


class TooManyApps(Refusal):
    """So many open tokens are not for the use of one person."""

    message = _("You have given access to twenty apps. Sign out one that you no longer use, and try again.")
    field = "app"


STAFF_SIGN_IN = timedelta(hours=8)
KEPT_SIGN_IN = timedelta(days=60)
NO_MAIL_CODE = frozenset({"privacy_officer", "academy_admin"})


def may_use_mail_code(roles: frozenset[str], *, allowed: bool) -> bool:
    """True when a code by mail may be somebody's second step: where the academy allows it, never for two roles.

    A code by mail proves the mailbox only, and so does a link for a new password. Who can change the academy itself or
    sees everything therefore needs an app or a passkey.
    """
    return allowed and not roles & NO_MAIL_CODE


def sign_in_is_over(roles: frozenset[str], since: datetime, now: datetime) -> bool:
    """True when somebody who sees others' data signed in more than eight hours ago. Learners may stay for 60 days."""
    return needs_second_factor(roles) and now - since > STAFF_SIGN_IN
