"""Who registered for which run, when, and by which way: the rows that registering leaves."""

import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress

from leerhuis.audit.actor import Actor
from leerhuis.catalogue.models import Course
from leerhuis.conditions.models import ConditionsVersion
from leerhuis.config.demo.crowd.ledger import Ledger
from leerhuis.config.demo.crowd.letters import Letters, by_then
from leerhuis.config.demo.crowd.names import address_of, drawn_names
from leerhuis.config.demo.crowd.offering import Client, Offer, PlannedRun
from leerhuis.config.demo.offer import World, at
from leerhuis.config.demo.registering import CONDITIONS_ON
from leerhuis.enrolment import mails
from leerhuis.enrolment.models import Detail, Enrolment, Grant, Registration
from leerhuis.enrolment.rules import ANSWERED_BY_EMPLOYER, practice_until
from leerhuis.mail.kinds import MailKind
from leerhuis.mail.render import words_of
from leerhuis.organisations.models import Membership
from leerhuis.people import mails as people_mails
from leerhuis.people.models import Person
from leerhuis.practice.models import Access, Bank, Permit

WORKING = 0.55  # the share of the crowd that works for a customer
HOUSE = Actor.job("enrolment.follow_run")
MORNINGS = (8, 9, 10, 11, 13, 14, 15, 16, 19, 20)
WAITING_LIST = 3


@dataclass
class Newcomer:
    """Somebody of the crowd: their row, since when they are known, and since when they have an account."""

    person: Person
    client: Client | None
    known_at: datetime | None = None
    opened_at: datetime | None = None
    busy: set[date] = field(default_factory=set)
    employed: bool = False


@dataclass
class Seat:
    """An enrolment of the crowd with what hangs on it."""

    newcomer: Newcomer
    planned: PlannedRun
    enrolment: Enrolment
    grant: Grant | None
    since: datetime


@dataclass
class Crowd:
    """Everything that registering draws from and writes to."""

    world: World
    offer: Offer
    now: datetime
    ledger: Ledger
    letters: Letters
    chance: random.Random
    asks: dict[UUID, list[str]]
    banks: dict[UUID, list[Bank]]
    conditions: ConditionsVersion
    staff: dict[UUID, deque[Newcomer]] = field(default_factory=dict)
    others: deque[Newcomer] = field(default_factory=deque)
    accesses: dict[tuple[UUID, UUID], tuple[Access, list[Permit]]] = field(default_factory=dict)
    seats: list[Seat] = field(default_factory=list)


def gather(crowd: Crowd, count: int) -> None:
    """Make up people: employees of the customers, and others; none is known to the academy yet."""
    names = drawn_names(crowd.chance)
    clients = crowd.offer.clients
    taken: set[str] = set()
    for number in range(count):
        first, last = next(names)
        client = clients[number % len(clients)] if number < WORKING * count else None
        address = address_of(first, last, client.domain if client else "post.example")
        if address in taken:
            address = address.replace("@", f"{number}@")
        taken.add(address)
        person = Person(email=address, language="en" if crowd.chance.random() < 0.06 else "nl")  # noqa: PLR2004
        person.set_name(first, last)
        person.password = f"!{number:040d}"  # no password fits what begins so (Django's form of none)
        person.state = Person.State.INVITED
        newcomer = Newcomer(person, client)
        queue = crowd.staff.setdefault(client.organisation.id, deque()) if client else crowd.others
        queue.append(newcomer)


def take_over(crowd: Crowd) -> None:
    """Bring in everybody whom no run took, as people taken over from an earlier system."""
    moment = at(crowd.world.today - timedelta(days=400), 9)
    everybody = [*crowd.others, *(each for queue in crowd.staff.values() for each in queue)]
    for newcomer in everybody:
        if newcomer.known_at is None:
            _add_person(crowd, newcomer, moment, Person.Source.IMPORT, crowd.world.operator)
            if newcomer.client:
                _employ(crowd, newcomer, newcomer.client, moment, crowd.world.operator)


def fill(crowd: Crowd, runs: list[PlannedRun]) -> None:
    """Let people register for each run, the first runs first."""
    for planned in sorted(runs, key=lambda each: each.lessons[0].starts_at):
        wanted = _how_many(planned, crowd.chance)
        moments = _moments(crowd, planned, wanted)
        while moments:
            if crowd.chance.random() < 0.5 and len(moments) >= 3:  # noqa: PLR2004 - half of the orders are employers'
                size = min(crowd.chance.randint(2, 4), len(moments))
                _order(crowd, planned, moments[0], size)
                moments = moments[size:]
            else:
                _register(crowd, planned, moments.pop(0))
        for _ in range(WAITING_LIST if planned.fate == "full" else 0):
            _register(crowd, planned, crowd.now - timedelta(hours=crowd.chance.randint(8, 90)), waiting=True)


def _how_many(planned: PlannedRun, chance: random.Random) -> int:
    seats = planned.run.seats
    match planned.fate:
        case "unsure":
            return chance.randint(2, 4)
        case "full":
            return seats
        case "cancelled":
            return chance.randint(2, 4)
        case "open":
            return chance.randint(1, min(7, seats - 2))
    return chance.randint(6, seats - 1)


def _moments(crowd: Crowd, planned: PlannedRun, count: int) -> list[datetime]:
    """Return moments of registration between the opening of a run and three days before it, or now, in order."""
    first = planned.lessons[0].starts_at
    until = min(first - timedelta(days=4), crowd.now - timedelta(hours=4))
    if planned.cancelled_at:
        until = planned.cancelled_at - timedelta(days=1)
    if planned.fate == "full":
        until = min(until, crowd.now - timedelta(days=5))
    since = max(planned.opened_at + timedelta(days=1), first - timedelta(days=80))
    found = []
    for _ in range(count):
        day = since + (until - since) * crowd.chance.random()
        moment = at(day.date(), crowd.chance.choice(MORNINGS), crowd.chance.randint(0, 59))
        found.append(min(max(moment, since), until))
    return sorted(found)


def _free_of(queue: deque[Newcomer], planned: PlannedRun) -> Iterator[Newcomer]:
    """Yield people from a queue who are free on the days of a run; each goes to the end of the queue."""
    for _ in range(len(queue)):
        newcomer = queue.popleft()
        queue.append(newcomer)
        if not newcomer.busy & planned.days:
            newcomer.busy |= planned.days
            yield newcomer


# --- the two ways --------------------------------------------------------------------------------------------------
def _register(crowd: Crowd, planned: PlannedRun, moment: datetime, *, waiting: bool = False) -> None:
    """Let one person register on the website (`enrolment.actions.register_visitor`)."""
    newcomer = next(_free_of(crowd.others, planned))
    by = Actor.visitor()
    _add_person(crowd, newcomer, moment, Person.Source.REGISTRATION, by)
    registration = crowd.ledger.add(
        Registration(
            created_at=moment,
            run=planned.run,
            source=Registration.Source.WEBSITE,
            handed_in_by=newcomer.person,
            conditions_on=CONDITIONS_ON,
            conditions=crowd.conditions,
        )
    )
    crowd.ledger.note("receive registration", registration, moment, by=by, subject=newcomer.person.id)
    seat = _begin(crowd, planned, registration, newcomer, moment, waiting=waiting, by=by)
    kind = mails.enrolment_queued if waiting else mails.enrolment_confirmed
    _tell(crowd, seat, kind, moment, by)
    _invite(crowd, newcomer, moment, by)
    if not waiting and planned.fate in {"decided", "sure", "open"} and crowd.chance.random() < 0.08:  # noqa: PLR2004
        _withdraw(crowd, seat, moment + timedelta(hours=20))


def _order(crowd: Crowd, planned: PlannedRun, moment: datetime, size: int) -> None:
    """Let a customer's contact register some of its people (`enrolment.actions.register_employees`)."""
    client = crowd.chance.choice(crowd.offer.clients)
    found = _free_of(crowd.staff[client.organisation.id], planned)
    newcomers = [newcomer for newcomer, _ in zip(found, range(size), strict=False)]
    by = Actor.person(client.contact.id, "contact")
    for newcomer in sorted(newcomers, key=lambda each: str(each.person.email)):
        _add_person(crowd, newcomer, moment, Person.Source.EMPLOYER, by)
    registration = crowd.ledger.add(
        Registration(
            created_at=moment,
            run=planned.run,
            source=Registration.Source.EMPLOYER,
            handed_in_by=client.contact,
            organisation=client.organisation,
            conditions_on=CONDITIONS_ON,
            conditions=crowd.conditions,
            reference=f"{client.domain[:3].upper()} {crowd.chance.randint(10000, 99999)}",
        )
    )
    crowd.ledger.note("receive registration", registration, moment, by=by, subject=client.contact.id)
    seats = [_begin(crowd, planned, registration, each, moment, waiting=False, by=by) for each in newcomers]
    for seat in seats:
        _tell(crowd, seat, mails.registered_by_employer, moment, by)
        if seat.grant:
            seat.grant.told_at = moment
            subject = seat.newcomer.person.id
            crowd.ledger.note("tell of sharing", seat.grant, moment, by=by, subject=subject, fields=["told_at"])
        _invite(crowd, seat.newcomer, moment, by)
    enrolments = [seat.enrolment for seat in seats]
    words = words_of(mails.order_received, mails.order_received.write(registration, client.contact, enrolments))
    crowd.ledger.mail(mails.order_received, client.contact, registration.id, words, moment, by=by)
    for seat in seats:
        _complete_details(crowd, seat, moment + timedelta(hours=30))


# --- steps ---------------------------------------------------------------------------------------------------------
def _add_person(crowd: Crowd, newcomer: Newcomer, moment: datetime, source: str, by: Actor) -> None:
    """Make somebody known, once; three in four open their account the day after."""
    if newcomer.known_at:
        return
    person = newcomer.person
    newcomer.known_at, person.created_at, person.source = moment, moment, source
    person.entered_by = by.person_id
    crowd.ledger.add(person)
    crowd.ledger.note("add person", person, moment, by=by, subject=person.id)
    opened_at = at(moment.date() + timedelta(days=1), 20)
    if source != Person.Source.IMPORT and crowd.chance.random() < 0.75 and opened_at < crowd.now:  # noqa: PLR2004
        newcomer.opened_at = opened_at
        person.password, person.state, person.last_login = crowd.world.password, Person.State.ACTIVE, opened_at
        crowd.ledger.add(EmailAddress(user=person, email=str(person.email), verified=True, primary=True))
        by = Actor.person(person.id)
        crowd.ledger.note("open account", person, opened_at, by=by, subject=person.id, fields=["password", "state"])


def _invite(crowd: Crowd, newcomer: Newcomer, moment: datetime, by: Actor) -> None:
    person = newcomer.person
    if not by_then(newcomer.opened_at, moment):
        words = crowd.letters.invitation(person)
        crowd.ledger.mail(people_mails.invitation, person, person.id, words, moment, by=by)
        crowd.ledger.note("invite", person, moment, by=by, subject=person.id)


def _employ(crowd: Crowd, newcomer: Newcomer, client: Client, moment: datetime, by: Actor) -> None:
    if not newcomer.employed:
        newcomer.employed = True
        kind = Membership.Kind.EMPLOYEE
        row = Membership(created_at=moment, person=newcomer.person, organisation=client.organisation, kind=kind)
        crowd.ledger.add(row)
        crowd.ledger.note("add employee", row, moment, by=by, subject=newcomer.person.id)


def _begin(
    crowd: Crowd,
    planned: PlannedRun,
    registration: Registration,
    newcomer: Newcomer,
    moment: datetime,
    *,
    waiting: bool,
    by: Actor,
) -> Seat:
    """Write an enrolment with its details, grant and practice."""
    person, client = newcomer.person, newcomer.client
    enrolment = Enrolment(
        created_at=moment,
        run=planned.run,
        learner=person,
        registration=registration,
        ordered_by=registration.organisation,
        state=Enrolment.State.WAITING if waiting else Enrolment.State.ENROLLED,
        price=planned.run.price,
        waiting_since=moment if waiting else None,
    )
    crowd.ledger.add(enrolment)
    given: dict[str, object] = {}
    grant = None
    if registration.organisation_id is None:
        given = _answers(crowd, planned.run.course)
        if given:
            crowd.ledger.add(Detail(created_at=moment, enrolment=enrolment, **given))
    elif client:
        _employ(crowd, newcomer, client, moment, by)
        if client.agreement:
            shares = {name: getattr(client.agreement, name) for name in ("attendance", "progress", "result")}
            grant = Grant(created_at=moment, enrolment=enrolment, agreement=client.agreement, **shares)
            crowd.ledger.add(grant)
    seat = Seat(newcomer, planned, enrolment, grant, moment)
    if not waiting:
        _open_practice(crowd, seat, moment, by)
    verb = "put on waiting list" if waiting else "enrol"
    crowd.ledger.note(verb, enrolment, moment, by=by, subject=person.id, fields=given)
    crowd.seats.append(seat)
    return seat


def _answers(crowd: Crowd, course: Course, *, employed: bool = False) -> dict[str, object]:
    """Return what somebody fills in because a course asks it; an employer's answers are not asked of an employee."""
    number = crowd.chance.randint(100, 999)
    known: dict[str, object] = {
        "phone": f"06 66 {number // 10} {number % 90 + 10} 00",
        "birth_date": date(1960 + number % 45, number % 12 + 1, number % 28 + 1),
        "employer_name": "Zelfstandig",
        "register_number": f"DFA-{number}{number}",
    }
    return {name: known[name] for name in crowd.asks[course.id] if not (employed and name in ANSWERED_BY_EMPLOYER)}


def _complete_details(crowd: Crowd, seat: Seat, moment: datetime) -> None:
    """Let an employee with an account fill in the day after what the course asks of them."""
    given = _answers(crowd, seat.planned.run.course, employed=True)
    if (
        given
        and moment < min(crowd.now, seat.planned.lessons[0].starts_at)
        and by_then(seat.newcomer.opened_at, moment)
    ):
        crowd.ledger.add(Detail(created_at=moment, enrolment=seat.enrolment, **given))
        learner = seat.newcomer.person.id
        by = Actor.person(learner)
        crowd.ledger.note("complete details", seat.enrolment, moment, by=by, subject=learner, fields=given)


def _open_practice(crowd: Crowd, seat: Seat, moment: datetime, by: Actor) -> None:
    """Give a seat the practice of its course (`practice.actions.access.grant_access`)."""
    run, person = seat.planned.run, seat.newcomer.person
    until = practice_until(seat.planned.lessons[-1].ends_at, run.course.practice_months_after)
    for bank in crowd.banks[run.course_id]:
        if (person.id, bank.id) not in crowd.accesses:
            row = crowd.ledger.add(Access(created_at=moment, person=person, bank=bank, until=until))
            crowd.accesses[person.id, bank.id] = (row, [])
        access, permits = crowd.accesses[person.id, bank.id]
        permit = Permit(created_at=moment, access=access, because=seat.enrolment.id, until=until)
        permits.append(crowd.ledger.add(permit))
        _settle_end(access, permits, moment)
        crowd.ledger.note("grant practice", access, moment, by=by, subject=person.id, fields=["until"])


def close_practice(crowd: Crowd, seat: Seat, moment: datetime, by: Actor) -> None:
    """Take back what an enrolment opened (`practice.actions.access.withdraw_access`)."""
    for bank in crowd.banks[seat.planned.run.course_id]:
        access, permits = crowd.accesses[seat.newcomer.person.id, bank.id]
        for permit in permits:
            if permit.because == seat.enrolment.id and permit.withdrawn_at is None:
                permit.withdrawn_at = moment
        _settle_end(access, permits, moment)
        subject = seat.newcomer.person.id
        crowd.ledger.note("withdraw practice", access, moment, by=by, subject=subject, fields=["until"])


def finish_practice(crowd: Crowd, seat: Seat, moment: datetime, by: Actor) -> None:
    """Say that a course with practice is over (`practice.actions.access.finish_access`)."""
    subject = seat.newcomer.person.id
    for bank in crowd.banks[seat.planned.run.course_id]:
        for permit in crowd.accesses[subject, bank.id][1]:
            if permit.because == seat.enrolment.id:
                permit.finished_at = moment
                crowd.ledger.note("finish practice", permit, moment, by=by, subject=subject, fields=["finished_at"])


def _settle_end(access: Access, permits: list[Permit], moment: datetime) -> None:
    ends = [permit.until for permit in permits if permit.withdrawn_at is None]
    access.until = max(ends) if ends else min(access.until, moment)


def _withdraw(crowd: Crowd, seat: Seat, moment: datetime) -> None:
    """Let a learner cancel what they ordered themselves (`enrolment.actions.cancel_enrolment`)."""
    if moment > min(crowd.now - timedelta(hours=2), seat.planned.lessons[0].starts_at - timedelta(days=2)):
        return
    by = Actor.person(seat.newcomer.person.id)
    end(crowd, seat, Enrolment.State.CANCELLED, moment, "cancel enrolment", by)
    close_practice(crowd, seat, moment, by)
    _tell(crowd, seat, mails.enrolment_cancelled, moment, by, ("learner",))


def end(  # noqa: PLR0917 - what ends, how and when
    crowd: Crowd, seat: Seat, state: str, moment: datetime, verb: str, by: Actor
) -> None:
    """Bring an enrolment to an end state."""
    seat.enrolment.state, seat.enrolment.ended_at = state, moment
    subject = seat.newcomer.person.id
    crowd.ledger.note(verb, seat.enrolment, moment, by=by, subject=subject, fields=["state", "ended_at"])


def _tell(  # noqa: PLR0917 - what a mail is made of
    crowd: Crowd, seat: Seat, kind: MailKind, moment: datetime, by: Actor, more: tuple[str, ...] = ()
) -> None:
    """Write a mail about an enrolment; its run stands in the database by now."""
    certain = by_then(seat.planned.confirmed_at, moment)
    has_account = by_then(seat.newcomer.opened_at, moment)
    words = crowd.letters.about_enrolment(
        kind, seat.enrolment, grant=seat.grant, certain=certain, has_account=has_account, more=more
    )
    crowd.ledger.mail(kind, seat.newcomer.person, seat.enrolment.id, words, moment, by=by)


def tell_of_run(crowd: Crowd, seat: Seat, kind: MailKind, moment: datetime) -> None:
    """Write the mail that a run goes ahead, or does not."""
    _tell(crowd, seat, kind, moment, HOUSE)
