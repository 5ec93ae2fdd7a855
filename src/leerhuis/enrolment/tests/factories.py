"""Courses, runs and registrations for tests, made by the actions that the product uses."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection
from django.test.utils import CaptureQueriesContext

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.catalogue import actions as catalogue
from leerhuis.catalogue.actions import Asked
from leerhuis.catalogue.models import Course, Run, Venue
from leerhuis.enrolment import actions
from leerhuis.enrolment.models import Enrolment, Registration
from leerhuis.mail.models import Message
from leerhuis.people.models import Person

PLANNER = Actor.operator()
VISITOR = Actor.visitor()


def make_course(slug: str = "first-aid", *, asks: tuple[str, ...] = (), **facts: Any) -> Course:
    """Return a published course that asks these fields (each required)."""
    course = catalogue.add_course(
        by=PLANNER,
        **{
            "title": "Eerste hulp",
            "title_en": "First aid",
            "slug": slug,
            "summary": "Leer helpen.",
            "outcomes": ["U kunt helpen."],
            "audience": "Iedereen",
            "level": "Basis",
            "hours": Decimal(6),
            "price": Decimal("395.00"),
            "vat": Course.Vat.EXEMPT,
            "practice_months_after": 6,
            **facts,
        },
    )
    catalogue.set_questions(course, [Asked(field, f"want {field}", f"because {field}") for field in asks], by=PLANNER)
    catalogue.publish_course(course, by=PLANNER)
    return course


def make_run(
    course: Course | None = None, *, seats: int = 2, code: str = "EH-1", in_days: int = 30, opened: bool = True
) -> Run:
    """Return a run of one day at a venue, so many days from today, open for registration."""
    run = catalogue.add_run(course or make_course(), code=code, seats=seats, by=PLANNER)
    add_lesson(run, in_days=in_days)
    if opened:
        catalogue.open_run(run, by=PLANNER)
    return run


def add_lesson(run: Run, *, in_days: int, venue: bool = True) -> Any:
    """Add a lesson from 9.30 until 16.30 to a run, so many days from today."""
    day = clock.today() + timedelta(days=in_days)
    facts: dict[str, Any] = {
        "starts_at": datetime.combine(day, time(9, 30), clock.zone()),
        "ends_at": datetime.combine(day, time(16, 30), clock.zone()),
    }
    if venue:
        facts["venue"] = Venue.objects.first() or catalogue.add_venue(
            name="De Werf", address="Kade 1", city="Zwolle", route="Tien minuten lopen.", by=PLANNER
        )
    return catalogue.add_lesson(run, by=PLANNER, **facts)


def register(run: Run, name: str = "Nina Nieuw", **more: Any) -> Registration:
    """Register a visitor under an address made of the name."""
    first, last = name.split(maxsplit=1)
    said = {"email": f"{first}@new.example".lower(), "first_name": first, "last_name": last, "by": VISITOR, **more}
    return actions.register_visitor(run, **said)


def enrol(run: Run, person: Person, **more: Any) -> Enrolment:
    """Enrol a person in a run by their own registration."""
    said = {"by": Actor.person(person.id), **more}
    return actions.register_oneself(run, person, **said).enrolments.get()


def contact_actor(person: Person) -> Actor:
    """Return a contact as they act on an employer's page."""
    return Actor.person(person.id, "contact")


def clerk_actor(person: Person) -> Actor:
    """Return somebody as they act on an office page."""
    return Actor.person(person.id, "clerk")


def mails_to(person_id: UUID | None = None) -> list[tuple[str, str]]:
    """Return (address, kind) of every mail in the outbox, or of those to one person, in the order they were queued."""
    found = Message.objects.order_by("created_at", "id")
    if person_id:
        found = found.filter(person=person_id)
    return [(each.to_address, each.kind.split(".")[1]) for each in found]


def count_queries(act: Callable[[], Any]) -> int:
    """Return how many statements an act sends to the database."""
    with CaptureQueriesContext(connection) as captured:
        act()
    return len(captured)
