"""How requests are handled: by when, who may be told what, and what is refused on the way."""

from datetime import date, datetime, timedelta
from typing import Final

from dateutil.relativedelta import relativedelta
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.base.refusals import Refusal
from leerhuis.people.models import Person
from leerhuis.privacy.models import Reply, Request

FURTHER: Final = relativedelta(months=2)  # article 12(3) AVG: once, and told within the first month
LONGEST: Final = relativedelta(months=1)
REMIND_BEFORE: Final = 7  # days before the last one, from which its owner hears of it each day
CODE_LASTS: Final = timedelta(days=7)
CODE_TRIES: Final = 5
ALL_NEWS: Final = "news"  # what is objected to at the desk: all news at once, or the id of a purpose
_CODES: Final = 1_000_000


class ClosedAlready(Refusal):
    """A request is closed once."""

    message = _("This request is closed. If the person asks again, record a new request.")


class NotProven(Refusal):
    """Data go to nobody of whom it is not certain who they are. Keeps: L36."""

    message = _("First establish who asks. Until then the request can only be refused on that ground.")


class PersonUnknown(Refusal):
    """Nothing about a person can be done while it is not known which person it is."""

    message = _("First choose the person whom this request is about.")


class KnownAlready(Refusal):
    """Whoever a request or complaint is about does not change once that was established."""

    message = _("It was established already whom this is about.")


class OnlyByThemselves(Refusal):
    """That somebody signed in is seen by the system, not recorded by hand."""

    message = _("Choose what you did to be certain who asks.")
    field = "proof"


class GroundMissing(Refusal):
    """What is refused is refused on a ground, for each purpose. Keeps: K19b."""

    message = _("Name a ground for each purpose for which the request is not granted.")


class GroundTooMany(Refusal):
    """What is granted in full has no ground for refusing."""

    message = _("What is granted in full leaves nothing refused. Choose “granted in part”, or take the grounds away.")


class DecideFirst(Refusal):
    """A reply tells a decision."""

    message = _("Decide first, then send the reply.")


class EraseFirst(Refusal):
    """A letter that says that data were erased goes to somebody whose data were."""

    message = _(
        "Nothing was erased yet. Use “Erase on this request”, which closes it too; or refuse it, with the ground."
    )


class RestrictFirst(Refusal):
    """A letter that says that data are only kept goes to somebody of whom that is so."""

    message = _(
        "The use of this person’s data is not restricted yet. Restrict it under Privacy, then come back; "
        "or refuse the request, with the ground."
    )


class WithdrawFirst(Refusal):
    """A letter that says that consent was withdrawn goes to somebody of whom that is recorded."""

    message = _("Nothing was withdrawn yet. Tick above what this person no longer wants, then come back.")


class ChooseWhat(Refusal):
    """What is withdrawn is something that was consented to."""

    message = _("Tick at least one item that this person no longer wants.")
    field = "topics"


class StopFirst(Refusal):
    """A letter that says that data are not used any more goes to somebody of whom that is so."""

    message = _(
        "What this person objects to has not been stopped yet. Do that above, under “Carry it out”; "
        "or refuse the objection, with the ground that weighs more."
    )


class ReplyMissing(Refusal):
    """No request is closed without a letter. Keeps: L12."""

    message = _("Write the reply: a request cannot be closed without one.")
    field = "body"


class WhyMissing(Refusal):
    """More time is asked for with a reason, which the person reads."""

    message = _("Write down why it takes longer. The person reads this.")
    field = "reason"


class ExtendedAlready(Refusal):
    """The law allows more time once."""

    message = _("This request was given more time already. That is possible once.")


class TooLateToExtend(Refusal):
    """More time is told before the first term is over."""

    message = _("The term is over, so it cannot be extended any more. Reply as soon as you can.")


class NotYet(Refusal):
    """A request cannot have come in tomorrow."""

    message = _("A request cannot have come in later than today.")
    field = "received_on"


class NoSuchCode(Refusal):
    """The code that was given is not the one that was mailed."""

    message = _("This is not the code that was mailed last, or it is too old. Check it, or send a new one.")
    field = "code"


class NobodyToMail(Refusal):
    """A code goes to the address on file and nowhere else."""

    message = _("There is no e-mail address on file for this person. Choose another way to be certain who asks.")


def due_on(received: datetime, answer_days: int) -> date:
    """Return the last day to reply: so many days after receipt, and never later than the law's month. Keeps: K19c."""
    day = received.astimezone(clock.zone()).date()
    longest: date = day + LONGEST
    return min(day + timedelta(days=answer_days), longest)


def code_of(request: Request) -> str:
    """Return the six digits that were mailed for a request: they follow from that moment and are kept nowhere."""
    seed = f"{request.id} {request.code_sent_at.isoformat() if request.code_sent_at else ''}"
    number = int(salted_hmac("leerhuis.privacy.request", seed, algorithm="sha256").hexdigest(), 16)
    return f"{number % _CODES:06d}"


def code_still_counts(request: Request) -> bool:
    """True while a mailed code may be given: a week, and five tries."""
    sent = request.code_sent_at
    return sent is not None and clock.now() - sent <= CODE_LASTS and request.code_tries <= CODE_TRIES


def is_code(request: Request, given: str) -> bool:
    """True for the code that was mailed last for a request, while it counts."""
    return code_still_counts(request) and constant_time_compare(code_of(request), "".join(given.split()))


def way_to(request: Request, person: Person | None) -> str:
    """Return how a letter reaches its reader: somebody known reads it after signing in, which only they can."""
    if person is not None:
        return Reply.Way.ACCOUNT if person.email and person.is_active else Reply.Way.POST
    return Reply.Way.MAIL if "@" in request.given_address else Reply.Way.POST
