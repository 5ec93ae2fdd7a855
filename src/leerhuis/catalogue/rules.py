"""When a course may be shown, a run may change and a lesson fits; and what a price means with VAT."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from leerhuis.base.money import vat_on
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.models import AskedField, Course, Run

STANDARD_PERCENT = Decimal(21)  # the general rate of VAT (Wet OB 1968, art. 9)

LIVE = (Run.State.OPEN, Run.State.CONFIRMED)
_FROM: dict[str, tuple[str, ...]] = {
    Run.State.OPEN: (Run.State.PLANNED,),
    Run.State.CONFIRMED: (Run.State.OPEN,),
    Run.State.CANCELLED: (Run.State.PLANNED, Run.State.OPEN, Run.State.CONFIRMED),
    Run.State.CLOSED: (Run.State.CONFIRMED,),
}


# --- refusals ------------------------------------------------------------------------------------------------------
class NotPublishable(Refusal):
    """A course lacks what a reader must know before choosing (NRTO: transparent products). Keeps: K5d."""

    def __init__(self, missing: dict[str, str | Promise]) -> None:
        """Name what is missing: field → what it is, in words."""
        self.missing = missing
        words = ", ".join(str(each) for each in missing.values())
        said = _("Fill in first: %(missing)s. Visitors must know this before they choose.")
        super().__init__(str(said) % {"missing": words})


class SlugTaken(Refusal):
    """Another course has this web address."""

    message = _("Another course has this web address. Choose another one.")
    field = "slug"


class SlugFixed(Refusal):
    """A web address that was public stays, so that links to it keep working."""

    message = _("This course has been public under its web address. The address stays, so that links keep working.")
    field = "slug"


class ReasonMissing(Refusal):
    """A question at registration has no reason in one of the two languages."""

    message = _("Say in Dutch and in English why this course needs it. Whoever registers reads that beside the field.")


class NumberWithoutPoints(Refusal):
    """A register number is asked only for a course that bears points. Keeps: L11."""

    message = _("A register number may be asked only for a course that bears PE points. Fill in the points first.")


class CodeTaken(Refusal):
    """Another run has this code."""

    message = _("Another run has this code. Choose another one.")
    field = "code"


class MinimumAboveSeats(Refusal):
    """More learners are needed than fit."""

    message = _("The minimum is higher than the number of seats. Lower the minimum or add seats.")
    field = "minimum"


class PriceMissing(Refusal):
    """A run needs a price, which its course does not have yet."""

    message = _("Fill in a price. The course has none yet; 0 means free of charge.")
    field = "price"


class WrongMoment(Refusal):
    """A run is not in the state from which this can be done."""

    message = _("This run is in another state by now. Load the page again to see what can be done.")


class CourseNotPublished(Refusal):
    """A run of a course that nobody can see would open for registration."""

    message = _("Publish the course first. A run can be opened once its course is in the catalogue.")


class NoLessons(Refusal):
    """A run without dates."""

    message = _("Add at least one lesson first. People choose a run by its dates.")


class Past(Refusal):
    """A run that begins today or has begun takes no registrations."""

    message = _("The first lesson is today or over. A run opens for registration only before the day it begins.")


class NotOver(Refusal):
    """A run with lessons to come cannot be finished."""

    message = _("There are lessons to come. Finish a run after its last lesson.")


class EndsBeforeStart(Refusal):
    """A lesson that ends before it begins."""

    message = _("The lesson ends before it begins. Choose a later end.")
    field = "ends"


class LessonTwice(Refusal):
    """The run has a lesson at this moment."""

    message = _("This run has a lesson that begins at this moment already.")
    field = "starts"


class LastLesson(Refusal):
    """A run that is open for registration keeps at least one lesson."""

    message = _("This is the only lesson of a run that people can register for. Move it, or cancel the run.")


class RunOver(Refusal):
    """A cancelled or finished run is not changed any more."""

    message = _("This run was cancelled or finished, so it can no longer be changed. Copy it to plan a new one.")


class VenueTaken(Refusal):
    """There is a venue with this name."""

    message = _("There is a venue with this name already. Add the city or the building to the name.")
    field = "name"


class NoTrainer(Refusal):
    """Somebody without the role of trainer would teach."""

    message = _("This person is no trainer. Give them the role of trainer first, then choose them here.")
    field = "trainer"


class StillTeaching(Refusal):
    """Somebody with lessons to come cannot disappear."""

    message = _("This person still has lessons to give. Put another trainer on those runs first, under Planning.")


class TrainerTwice(Refusal):
    """A trainer teaches this run already."""

    message = _("This trainer teaches this run already.")
    field = "trainer"


# --- courses -------------------------------------------------------------------------------------------------------
def missing_for_publishing(course: Course) -> dict[str, str | Promise]:
    """Return what a course lacks before it may be shown: field → what it is, in words. Empty when it is complete.

    What a reader must know beforehand follows the NRTO's requirement of transparent products.
    """
    needed: dict[str, tuple[bool, str | Promise]] = {
        "title": (bool(course.title), _("the title")),
        "summary": (bool(course.summary), _("the summary")),
        "audience": (bool(course.audience), _("for whom it is")),
        "level": (bool(course.level), _("the level")),
        "outcomes": (bool(course.outcomes), _("what one can do afterwards")),
        "hours": (course.hours > 0, _("the hours")),
        "price": (course.price is not None, _("the price")),
        "register": (not course.points or bool(course.register), _("the register of the PE points")),
    }
    return {field: words for field, (present, words) in needed.items() if not present}


def refuse_unpublishable(course: Course) -> None:
    """Refuse NotPublishable when a course lacks something that a reader must know."""
    if missing := missing_for_publishing(course):
        raise NotPublishable(missing)


def refuse_needless_question(course: Course, field: str, reason_nl: str, reason_en: str) -> None:
    """Refuse a question without its reasons, and a register number for a course without points. Keeps: K4, L11."""
    if not (reason_nl and reason_en):
        raise ReasonMissing(field=field)
    if field == AskedField.Field.REGISTER_NUMBER and not course.points:
        raise NumberWithoutPoints(field=field)


# --- runs ----------------------------------------------------------------------------------------------------------
def may_become(run: Run, state: str) -> bool:
    """True when a run can go to this state from where it stands."""
    return run.state in _FROM.get(state, ())


def refuse_wrong_moment(run: Run, state: str) -> None:
    """Refuse WrongMoment unless a run can go to this state from where it stands."""
    if not may_become(run, state):
        raise WrongMoment


def is_over(run: Run) -> bool:
    """True for a cancelled or finished run, which stays as it is."""
    return run.state in {Run.State.CANCELLED, Run.State.CLOSED}


def refuse_when_over(run: Run) -> None:
    """Refuse RunOver for a run that stays as it is."""
    if is_over(run):
        raise RunOver


def takes_registrations(run: Run, today: date) -> bool:
    """True when people can register: its course is public, it is open or confirmed, and it begins after today.

    `today` is the date in the academy's zone. Whether a seat is left is decided in enrolment.
    """
    return (
        run.course.state == Course.State.PUBLISHED
        and run.state in LIVE
        and run.first_day is not None
        and run.first_day > today
    )


# --- prices --------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Price:
    """What somebody pays, in euro: without VAT, the VAT, and together. `exempt` says that no VAT is due."""

    net: Decimal
    vat: Decimal
    exempt: bool

    @property
    def gross(self) -> Decimal:
        """Return what a consumer pays (BW 6:230m: the price shown to consumers includes VAT)."""
        return self.net + self.vat

    @property
    def free(self) -> bool:
        """True when it costs nothing."""
        return not self.net


def price_of(amount: Decimal, vat: str) -> Price:
    """Return a price without VAT (in euro) as what somebody pays under a kind of VAT (`Course.Vat`)."""
    exempt = vat == Course.Vat.EXEMPT
    return Price(amount, Decimal(0) if exempt else vat_on(amount, STANDARD_PERCENT), exempt)
