"""What holds for people: when somebody must pass a second factor, and who may be changed."""

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal

OFFICE_ROLES = frozenset({"clerk", "planner", "academy_admin"})
STAFF_ROLES = OFFICE_ROLES | {"bookkeeper", "marketer", "privacy_officer"}
SEES_OTHERS = STAFF_ROLES | {"trainer", "contact"}


class Gone(Refusal):
    """The person was erased or has left; nothing can be changed any more (410)."""

    message = _("This person is no longer with us. Nothing was changed.")


class AddressTaken(Refusal):
    """Somebody else uses this address."""

    message = _("Another person already uses this e-mail address. Search for that person, or use another address.")
    field = "email"


class LinkExpired(Refusal):
    """An invitation that was used, replaced or is too old."""

    message = _("This link no longer works. It was used already, or it is too old. Ask for a new one below.")


def needs_second_factor(roles: frozenset[str]) -> bool:
    """True for everyone whose roles let them see other people's data. Keeps: L28."""
    return bool(roles & SEES_OTHERS)
