"""What an academy of the demo is and offers: staff, organisations, venues, question banks, courses and runs."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth.hashers import make_password

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy
from leerhuis.catalogue import actions as catalogue
from leerhuis.catalogue.models import Course, Lesson, Run, Venue
from leerhuis.config.demo.content import kinds, loader
from leerhuis.config.demo.examples import add_examples
from leerhuis.config.demo.signins import PASSWORD, sign_ins_of
from leerhuis.config.demo.timeline import Timeline
from leerhuis.consent.actions import record_agreement
from leerhuis.organisations import actions as organisations
from leerhuis.organisations.models import Organisation
from leerhuis.people import actions as people
from leerhuis.people.models import Person
from leerhuis.practice.actions import content as practice
from leerhuis.practice.models import Bank

OPENED_DAYS_AGO = 420
RUN_PLANNED_DAYS_BEFORE = 120


@dataclass
class World:
    """What stands in an academy, by the keys of its files."""

    academy: kinds.Academy
    today: date
    operator: Actor
    people: dict[str, Person] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    banks: dict[str, Bank] = field(default_factory=dict)
    courses: dict[str, Course] = field(default_factory=dict)
    venues: dict[str, Venue] = field(default_factory=dict)
    runs: dict[str, Run] = field(default_factory=dict)
    lessons: dict[str, list[Lesson]] = field(default_factory=dict)
    password: str = field(default_factory=lambda: make_password(PASSWORD))

    def actor(self, role: str) -> Actor:
        """Return the one who plays a role, as the actor of an act."""
        person = loader.sign_ins(self.academy)[role]
        return Actor.person(self.people[person.key].id, role)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """Return a moment on a day in the academy's zone."""
    return datetime.combine(day, time(hour, minute), clock.zone())


def plan(academy: kinds.Academy, now: datetime, timeline: Timeline) -> World:
    """Put on the line: the founding, and every run from the day it was planned. Returns the world that acts fill."""
    today = now.astimezone(clock.zone()).date()
    world = World(academy, today, Actor.operator())
    start = at(today - timedelta(days=OPENED_DAYS_AGO), 9)
    for act in (_staff, _venues, _banks, _courses, _organisations):
        timeline.add(start, partial(act, world))
    for organisation in loader.organisations(academy):
        agreement = organisation.agreement
        if agreement:
            moment = at(today - timedelta(days=agreement.since_days_ago), 8)
            timeline.add(moment, partial(_agree, world, organisation.key, agreement))
    for run in loader.runs(academy):
        _plan_run(world, run, timeline)
    return world


def _staff(world: World) -> None:
    for person in loader.people(world.academy):
        if person.source in {"staff", "import"} or person.roles:
            add_person(world, person)
    for sign_in in sign_ins_of(world.academy):
        known = world.people.get(sign_in.person.key) or add_person(world, sign_in.person)
        open_account(world, known)
        if sign_in.second_step:
            TOTP.activate(known, sign_in.secret)


def add_person(world: World, person: kinds.Person) -> Person:
    """Make a person known from their own source, with their roles (contact comes with the organisation)."""
    found, _ = people.find_or_add_person(
        person.email,
        person.first_name,
        person.last_name,
        source=person.source,
        language=person.language,
        by=world.operator,
    )
    world.people[person.key] = found
    for role in person.roles:
        if role != "contact":
            people.grant_role(found, role, by=world.operator)
    return found


def open_account(world: World, person: Person) -> None:
    """Let a person sign in with the demo's password, as if they had followed their invitation."""
    person.password, person.state = world.password, Person.State.ACTIVE
    person.last_login = clock.now()
    person.save(update_fields=["password", "state", "last_login"])
    EmailAddress.objects.get_or_create(user=person, email=person.email, defaults={"verified": True, "primary": True})


def _venues(world: World) -> None:
    for venue in loader.venues(world.academy):
        world.venues[venue.key] = catalogue.add_venue(
            name=venue.name,
            address=venue.address,
            postcode=venue.postcode,
            city=venue.city,
            route=venue.route_nl.replace("**", ""),
            email=venue.email,
            by=world.operator,
        )


def _banks(world: World) -> None:
    for bank in loader.banks():
        if world.academy not in bank.academies:
            continue
        row = practice.add_bank(title=bank.title, summary=bank.summary, language="nl", by=world.actor("academy_admin"))
        practice.import_bank(row, bank.read(), source=f"{bank.slug}.gift", by=world.actor("academy_admin"))
        world.banks[bank.slug] = row
    add_examples(world.today, by=world.actor("academy_admin"))


def _courses(world: World) -> None:
    by = world.actor("planner")
    for course in loader.courses(world.academy):
        facts: dict[str, Any] = {
            name: getattr(course, name)
            for name in (
                "slug", "title", "title_en", "summary", "summary_en", "description", "audience", "level", "hours",
                "language", "price", "vat", "practice_months_after",
            )
        }  # fmt: skip
        facts["outcomes"] = list(course.outcomes)
        if course.pe:
            facts |= {"points": course.pe.points, "register": course.pe.register.name}
        row = catalogue.add_course(by=by, **facts)
        asked = [catalogue.Asked(f.name, f.reason_nl, f.reason_en, f.required) for f in course.fields]
        catalogue.set_questions(row, asked, by=by)
        if course.bank:
            catalogue.set_modules(row, [world.banks[course.bank]], by=by)
        catalogue.publish_course(row, by=by)
        world.courses[course.slug] = row


def _organisations(world: World) -> None:
    by = world.actor("clerk")
    keep_own_people = current_academy().settings.features.self_service_organisations
    for each in loader.organisations(world.academy):
        row = organisations.add_organisation(
            name=each.name,
            kvk=each.kvk,
            email=each.email,
            address=each.address,
            postcode=each.postcode,
            city=each.city,
            by=by,
        )
        world.organisations[each.key] = row
        organisations.appoint_contact(row, world.people[each.contact], by=by)
        if keep_own_people:
            organisations.let_keep_own_people(row, allowed=True, by=by)


def _agree(world: World, key: str, agreement: kinds.Agreement) -> None:
    shares = set(agreement.shares)
    record_agreement(
        world.organisations[key],
        attendance="attendance" in shares,
        progress="progress" in shares,
        result="result" in shares,
        result_ground=agreement.reference if "result" in shares else "",
        reference=agreement.reference,
        by=world.actor("clerk"),
    )


def _plan_run(world: World, run: kinds.Run, timeline: Timeline) -> None:
    days = loader.lessons(world.academy, run, world.today)
    first = days[0].day
    planned = min([first - timedelta(days=RUN_PLANNED_DAYS_BEFORE), *_day_before_orders(world.today, run.orders)])
    moment = at(min(planned, world.today - timedelta(days=1)), 10)
    timeline.add(moment, partial(_add_run, world, run, days))
    if run.state != "planned":
        timeline.add(moment + timedelta(hours=1), partial(_open_run, world, run.key))
    if run.state == "confirmed":
        sure = at(min(first - timedelta(days=14), world.today - timedelta(days=1)), 15)
        timeline.add(max(sure, moment + timedelta(hours=2)), partial(_confirm_run, world, run.key))
    if run.state == "cancelled":
        off = at(min(first - timedelta(days=10), world.today - timedelta(days=1)), 16)
        timeline.add(max(off, moment + timedelta(hours=3)), partial(_cancel_run, world, run.key))


def _day_before_orders(today: date, orders: Iterable[kinds.Order]) -> list[date]:
    return [today - timedelta(days=order.days_ago + 2) for order in orders]


def _add_run(world: World, run: kinds.Run, days: tuple[kinds.ScheduledLesson, ...]) -> None:
    by = world.actor("planner")
    seats = run.seats or run.course.capacity
    row = catalogue.add_run(
        world.courses[run.course.slug], code=run.key.upper(), seats=seats, minimum=run.course.min_seats, by=by
    )
    world.runs[run.key] = row
    world.lessons[run.key] = []
    for lesson in days:
        online = lesson.plan.place == "online" or run.venue is None
        added = catalogue.add_lesson(
            row,
            title=lesson.plan.title,
            starts_at=datetime.combine(lesson.day, lesson.plan.start, clock.zone()),
            ends_at=datetime.combine(lesson.day, lesson.plan.end, clock.zone()),
            venue=None if online else world.venues[str(run.venue)],
            room="" if online else (run.room or ""),
            online_link=f"https://lokaal.{world.academy}.example/{run.key}" if online else "",
            by=by,
        )
        world.lessons[run.key].append(added)
    for key in run.trainers:
        catalogue.assign_trainer(row, world.people[key], by=by)


def _open_run(world: World, key: str) -> None:
    catalogue.open_run(world.runs[key], by=world.actor("planner"))


def _confirm_run(world: World, key: str) -> None:
    catalogue.confirm_run(world.runs[key], by=world.actor("planner"))


def _cancel_run(world: World, key: str) -> None:
    catalogue.cancel_run(world.runs[key], by=world.actor("planner"))
