"""What may not be done with the statement, a restriction and a hold, and why."""

from datetime import timedelta
from typing import Final

from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal

HOLD_AT_MOST: Final = timedelta(days=731)  # then somebody looks again and writes down why it still holds
HOLD_AFTER_RESTORE: Final = timedelta(days=30)
WRITE_ANEW: Final = _("Taken over from the journal after a restore. Write down the reason and the end anew.")


class NothingChanged(Refusal):
    """The statement that would be published is in force already."""

    message = _("The statement says exactly what was published last. There is nothing to publish.")


class StatementMoved(Refusal):
    """The statement is not any more what was looked at before it was published."""

    message = _("The statement changed while you were reading it. Look at the changes again, then publish.")


class RestrictedAlready(Refusal):
    """The use of somebody's data is restricted once."""

    message = _("The use of this person’s data is restricted already.")


class NotRestricted(Refusal):
    """Only what is restricted can be released."""

    message = _("The use of this person’s data is not restricted.")


class NotYourOwn(Refusal):
    """Somebody who restricted themselves could not undo it any more."""

    message = _("You cannot restrict your own data. Ask another privacy officer or the administrator.")


class ReasonMissing(Refusal):
    """A restriction and a hold need a reason."""

    message = _("Write down the reason: the person, the authority and your successor will ask for it.")
    field = "reason"


class OneThing(Refusal):
    """A hold is on a purpose, on one row, or on a person."""

    message = _("Choose what is held: one purpose, one row, or one person.")


class UnknownThing(Refusal):
    """What would be held is not there."""

    message = _("What you want to hold is not here. Check the address of the person, the table and the id of the row.")


class HoldNeedsEnd(Refusal):
    """A hold without an end would keep data forever."""

    message = _(
        "Choose a last day between today and two years from now. A hold that is still needed then is placed anew."
    )
    field = "until"


class EndedAlready(Refusal):
    """A hold ends once."""

    message = _("This hold has ended already. Nothing was changed.")
