"""What may not be done with the statement, a restriction, a hold and the register of suppliers, and why."""

from datetime import date, timedelta
from typing import Final

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from leerhuis.base.refusals import Refusal
from leerhuis.ui.wording import day_long

HOLD_AT_MOST: Final = timedelta(days=731)  # then somebody looks again and writes down why it still holds
HOLD_AFTER_RESTORE: Final = timedelta(days=30)
KEPT_BY_LAW: Final = _(
    "Erased as asked; what is left is kept because the law or a hold requires it, and goes by itself."
)
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


class TooLateToHoldOn(Refusal):
    """What was held may be gone a day later."""

    message = _("This was ended too long ago to take back. Hold it anew: what is past its term may be gone by now.")


class ErasureAsked(Refusal):
    """Somebody's data are being erased once."""

    message = _("These data are being erased already. This takes a few minutes at most.")


class NotAllGone(Exception):
    """After an erasure a row still leads to the person: it is taken back, and done again once the fault is mended."""


class NoticeGiven(Refusal):
    """An organisation is under notice once."""

    message = _("Notice was given to this organisation already. Call that off first to choose another day.")


class NoticeTooShort(Refusal):
    """An organisation hears in time that it is removed. `day` is the first on which it may be."""

    field = "day"

    def __init__(self, day: date) -> None:
        """Name the first day."""
        super().__init__(
            format_lazy(_("This organisation must have its notice: choose {day} or later."), day=day_long(day))
        )


class CalledOffTooLate(Refusal):
    """What was removed cannot be had back."""

    message = _("This removal was called off already, or has been carried out. Nothing was changed.")


class NotAsking(Refusal):
    """Only a run of retention that asks can be agreed to."""

    message = _("This was decided already. Nothing was changed.")


class DecidedAlready(Refusal):
    """A text is looked at once."""

    message = _("Somebody looked at this text already. Nothing was changed.")


class EndedAlready(Refusal):
    """A hold ends once."""

    message = _("This hold has ended already. Nothing was changed.")


class NothingToAsk(Refusal):
    """Somebody is asked again once, about what a restore lost."""

    message = _("This person was asked already, or lost nothing in a restore. Nothing was changed.")


class VoidShield(Refusal):
    """A ground for a transfer that courts have declared void."""

    message = _(
        "Safe Harbor and Privacy Shield are void: no data may go anywhere on them. Record the ground that holds today."
    )


class WrittenInOneLanguage(Refusal):
    """The statement would say it in one language only."""

    message = _("Write this in both languages: the statement prints it in both.")


class EndsBeforeItBegins(Refusal):
    """An agreement that ends before it was concluded."""

    message = _("The agreement would end before it was concluded. Check both dates.")
    field = "agreement_until"


class InRegisterAlready(Refusal):
    """A firm stands in the register once for what it does."""

    message = _("This company stands in the register already for this. Change it there.")
    field = "name"


class FirmEndedAlready(Refusal):
    """A firm ends once, and is not changed after."""

    message = _("This company works for the academy no longer. Enter it again if it comes back.")


class LastInRole(Refusal):
    """Something would stand still, or data would go where nobody is registered."""

    message = _("This installation still uses it. First enter the company that takes its place, then end this one.")
