"""What the academy offers besides the standing runs.

Courses, venues, customers and trainers come by the house's actions, runs and their lessons as rows of the ledger.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue import actions as catalogue
from leerhuis.catalogue import mails
from leerhuis.catalogue.models import Course, Lesson, Run, Teaching, Venue
from leerhuis.config.demo.content import kinds
from leerhuis.config.demo.content.days import teaching_day
from leerhuis.config.demo.crowd import content
from leerhuis.config.demo.crowd.ledger import Ledger
from leerhuis.config.demo.offer import World, add_person, at, open_account
from leerhuis.consent.actions import record_agreement
from leerhuis.consent.models import Agreement
from leerhuis.mail.render import words_of
from leerhuis.organisations import actions as organisations
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person

REASONS = {
    "phone": ("om u te bereiken als er op de dag zelf iets verandert", "to reach you if something changes on the day"),
    "birth_date": (
        "staat op het certificaat, zodat naamgenoten niet worden verwisseld",
        "is shown on the certificate, so that namesakes are not confused",
    ),
    "employer_name": (
        "staat op het certificaat, als uw werkgever u aanmeldt",
        "is shown on the certificate if your employer registers you",
    ),
    "register_number": ("om uw punten bij te schrijven", "to credit your points"),
}
PLANNED_DAYS_BEFORE = 120
CONFIRMED_DAYS_BEFORE = 14
CANCELLED_DAYS_BEFORE = 10
A_WEEK = timedelta(days=7)
FIRST_NUMBER = 101  # of the crowd's runs; the standing ones are numbered from 1


@dataclass(frozen=True)
class Client:
    """A customer organisation as a row, with its contact and what holds with it."""

    organisation: Organisation
    contact: Person
    domain: str
    agreement: Agreement | None


@dataclass
class Offer:
    """What the crowd can choose from and meet."""

    courses: list[tuple[content.Course, Course]] = field(default_factory=list)
    venues: list[tuple[Venue, str]] = field(default_factory=list)
    clients: list[Client] = field(default_factory=list)
    trainers: list[Person] = field(default_factory=list)


@dataclass
class PlannedRun:
    """A run with its lessons and trainer, the moments at which it was decided upon, and what became of it.

    `fate`: ``decided``, ``pending`` or ``cancelled`` in the past; ``running`` now; ``sure``, ``full``, ``unsure`` or
    ``open`` to come.
    """

    run: Run
    fate: str
    trainer: Person
    opened_at: datetime
    confirmed_at: datetime | None = None
    cancelled_at: datetime | None = None
    lessons: list[Lesson] = field(default_factory=list)
    days: frozenset[date] = frozenset()


def lay_out(world: World) -> Offer:
    """Make courses, venues, trainers and customers known, long ago, by the actions that do so."""
    offer = Offer()
    academy = world.academy
    for place in content.places(academy):
        facts = {name: getattr(place, name) for name in ("name", "address", "postcode", "city", "route")}
        offer.venues.append((catalogue.add_venue(**facts, by=world.operator), place.room))
    for first, last, mail in content.trainers(academy):
        trainer = kinds.Person(mail, first, last, f"{mail}@{academy}.example", "staff", ("trainer",))
        offer.trainers.append(add_person(world, trainer))
        open_account(world, offer.trainers[-1])
    for course in content.courses(academy):
        offer.courses.append((course, _publish(world, course)))
    for customer in content.customers(academy):
        offer.clients.append(_befriend(world, customer))
    return offer


def _publish(world: World, course: content.Course) -> Course:
    by, family = world.actor("planner"), course.family
    facts: dict[str, Any] = {
        name: getattr(course, name) for name in ("slug", "title", "title_en", "summary", "summary_en", "level", "price")
    }
    facts |= {"audience": family.audience, "description": family.description, "outcomes": list(family.outcomes)}
    facts |= {"hours": 6 * course.days, "vat": Course.Vat.EXEMPT, "practice_months_after": 12 if family.bank else 0}
    if family.points:
        facts |= {"points": family.points, "register": family.register}
    row = catalogue.add_course(by=by, **facts)
    asked = [catalogue.Asked(name, *REASONS[name], required=name != "employer_name") for name in family.asks]
    catalogue.set_questions(row, asked, by=by)
    if family.bank:
        catalogue.set_modules(row, [world.banks[family.bank]], by=by)
    catalogue.publish_course(row, by=by)
    return row


def _befriend(world: World, customer: content.Customer) -> Client:
    by = world.actor("clerk")
    address = f"opleidingen@{customer.domain}"
    contact = add_person(
        world,
        kinds.Person(customer.key, customer.first_name, customer.last_name, address, "staff", ("contact",)),
    )
    organisation = organisations.add_organisation(
        name=customer.name,
        kvk=customer.kvk,
        email=f"facturen@{customer.domain}",
        address=customer.address,
        postcode=customer.postcode,
        city=customer.city,
        by=by,
    )
    organisations.appoint_contact(organisation, contact, by=by)
    open_account(world, contact)
    agreement = None
    if customer.shares:
        agreement = record_agreement(
            organisation,
            **{name: name in customer.shares for name in ("attendance", "progress", "result")},
            result_ground=customer.reference if "result" in customer.shares else "",
            reference=customer.reference,
            by=by,
        )
    return Client(organisation, contact, customer.domain, agreement)


# --- runs ----------------------------------------------------------------------------------------------------------
def plan_runs(world: World, offer: Offer, now: datetime, ledger: Ledger) -> list[PlannedRun]:
    """Plan past, running and coming runs of every course; nobody teaches twice on a day, no room is used twice."""
    taken: set[tuple[str, date]] = set()
    planned = []
    for number, (first_day_in, fate, place) in enumerate(_programme(offer)):
        facts, course = offer.courses[place]
        days = _free_days(world.today + timedelta(days=first_day_in), facts.days, number, offer, taken, fate)
        planned.append(_write_run(world, offer, course, number, days, fate, now, ledger))
    return planned


def _programme(offer: Offer) -> list[tuple[int, str, int]]:
    """Return for each run: days from today to its first lesson, its fate, and the place of its course in the offer."""
    count = len(offer.courses)
    long = [place for place, (facts, _) in enumerate(offer.courses) if facts.days >= 3]  # noqa: PLR2004 - of three days
    found = [(-9, "running", long[0]), (-16, "running", long[1])]
    for place in range(count):
        facts = offer.courses[place][0]
        ago = 7 * (facts.days - 1) + 16 + place * 37 % 230
        fate = "cancelled" if place % 16 == 5 else "pending" if place in (3, 21) else "decided"  # noqa: PLR2004
        found.append((-34 - 7 * facts.days if fate == "pending" else -ago, fate, place))
    for place in range(count):
        ahead = 11 + place * 29 % 137
        found.append((ahead, "open" if ahead > 28 else "sure", place))  # noqa: PLR2004 - four weeks, as Today does
    soon = [index for index, each in enumerate(found) if each[1] == "sure"]
    for index, fate in zip(soon, ("unsure", "full", "sure", "unsure"), strict=False):
        found[index] = (found[index][0], fate, found[index][2])
    return found


def _free_days(  # noqa: PLR0917 - what must be free
    wish: date, lessons: int, number: int, offer: Offer, taken: set[tuple[str, date]], fate: str
) -> list[date]:
    """Return days, a week apart, on which the run's trainer and room are free."""
    needs = (f"trainer {number % len(offer.trainers)}", f"room {number % len(offer.venues)}")
    first = wish
    while True:
        days = [teaching_day(first)]
        while len(days) < lessons:
            days.append(teaching_day(max(first + len(days) * A_WEEK, days[-1] + timedelta(days=1))))
        if fate == "cancelled" or not any((need, day) in taken for need in needs for day in days):
            break
        first += timedelta(days=1)
    taken.update((need, day) for need in needs for day in days)
    return days


def _write_run(  # noqa: PLR0917 - what a run is made of
    world: World, offer: Offer, course: Course, number: int, days: list[date], fate: str, now: datetime, ledger: Ledger
) -> PlannedRun:
    planner, trainer = world.actor("planner"), offer.trainers[number % len(offer.trainers)]
    planned_at = at(min(days[0] - timedelta(days=PLANNED_DAYS_BEFORE), world.today - timedelta(days=25)), 10)
    opened_at = planned_at + timedelta(hours=1)
    seats = (12, 10, 14, 8, 16)[number % 5]
    run = Run(
        created_at=planned_at,
        course=course,
        code=f"{course.slug.split('-')[0][:8].upper()}-{FIRST_NUMBER + number}",
        seats=seats,
        minimum=5,
        price=course.price or 0,
        first_day=days[0],
        last_day=days[-1],
        state=Run.State.OPEN,
    )
    ledger.add(run)
    ledger.note("add run", run, planned_at, by=planner)
    planned = PlannedRun(run, fate, trainer, opened_at, days=frozenset(days))
    venue, room = offer.venues[number % len(offer.venues)]
    for place, day in enumerate(days, start=1):
        title = course.title if len(days) == 1 else f"Dag {place}"
        starts, ends = (datetime.combine(day, time(*hour), clock.zone()) for hour in ((9, 30), (16, 30)))
        lesson = Lesson(
            created_at=planned_at, run=run, title=title[:160], starts_at=starts, ends_at=ends, venue=venue, room=room
        )
        planned.lessons.append(ledger.add(lesson))
        ledger.note("add lesson", lesson, planned_at, by=planner)
    teaching = ledger.add(Teaching(created_at=planned_at, run=run, trainer=trainer))
    ledger.note("assign trainer", teaching, planned_at, by=planner, subject=trainer.id)
    ledger.note("open run", run, opened_at, by=planner, fields=["state"])
    _decide(planned, now, planner, ledger)
    return planned


def _decide(planned: PlannedRun, now: datetime, planner: Actor, ledger: Ledger) -> None:
    """Confirm or cancel a run two weeks before, or yesterday."""
    run, first = planned.run, planned.lessons[0].starts_at.date()
    yesterday = now.astimezone(clock.zone()).date() - timedelta(days=1)
    if planned.fate == "cancelled":
        planned.cancelled_at = at(first - timedelta(days=CANCELLED_DAYS_BEFORE), 16)
        run.state = Run.State.CANCELLED
        ledger.note("cancel run", run, planned.cancelled_at, by=planner, fields=["state"])
    elif planned.fate not in {"unsure", "open"}:
        planned.confirmed_at = at(min(first - timedelta(days=CONFIRMED_DAYS_BEFORE), yesterday), 15)
        run.state = Run.State.CONFIRMED
        ledger.note("confirm run", run, planned.confirmed_at, by=planner, fields=["state"])


def tell_trainers(world: World, runs: list[PlannedRun], ledger: Ledger) -> None:
    """Write the mails to trainers; the runs stand in the database by now."""
    by = world.actor("planner")
    for planned in runs:
        run, trainer = planned.run, planned.trainer
        told = [(mails.trainer_assigned, run.created_at)]
        if planned.confirmed_at:
            told.append((mails.run_goes_ahead, planned.confirmed_at))
        if planned.cancelled_at:
            told.append((mails.run_cancelled, planned.cancelled_at))
        for kind, moment in told:
            ledger.mail(kind, trainer, run.id, words_of(kind, kind.write(run, trainer)), moment, by=by)


def keep_states(runs: list[PlannedRun]) -> None:
    """Write how the runs stand now; they were written as they were planned."""
    Run.objects.bulk_update([planned.run for planned in runs], ["state"])
