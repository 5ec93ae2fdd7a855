"""Registrations and withdrawals of the demo's history, through the doors by which they would have come."""

from datetime import date
from typing import Any

from leerhuis.audit.actor import Actor
from leerhuis.config.demo.content import kinds, loader
from leerhuis.config.demo.offer import World
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.actions import WhenShort
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.pasting import Pasted
from leerhuis.people.models import Person

CONDITIONS_ON = date(2026, 1, 1)


def hand_in(world: World, run: kinds.Run, order: kinds.Order) -> None:
    """Register the learners of an order: by their employer's contact, or each by themselves on the website."""
    persons = {person.key: person for person in loader.people(world.academy)}
    if order.by:
        _by_employer(world, run, order, persons)
    else:
        for key in order.learners:
            _by_oneself(world, run, order, persons[key])
    for key in order.learners:
        world.people[key] = Person.objects.get(email__iexact=persons[key].email)


def _by_employer(world: World, run: kinds.Run, order: kinds.Order, persons: dict[str, kinds.Person]) -> None:
    employer = next(each for each in loader.organisations(world.academy) if each.key == order.by)
    contact = world.people[employer.contact]
    lines = [
        Pasted(number, person.name, person.email, person.first_name, person.last_name)
        for number, person in enumerate((persons[key] for key in order.learners), start=1)
    ]
    ordered = actions.register_employees(
        world.runs[run.key],
        world.organisations[employer.key],
        lines,
        contact=contact,
        when_short=WhenShort.REST_WAITS,
        reference=order.reference,
        conditions_on=CONDITIONS_ON,
        by=Actor.person(contact.id, "contact"),
    )
    for enrolment in ordered.enrolments:
        person = next(each for each in persons.values() if each.email == enrolment.learner.email)
        questions = list(enrolment.run.course.questions.all())
        asked = {each.field for each in rules.asked_of(enrolment, questions)}
        answers = {name: value for name, value in _answers(run, person, order, employer).items() if name in asked}
        if answers:
            actions.complete_details(enrolment, answers, by=Actor.person(enrolment.learner_id))


def _by_oneself(world: World, run: kinds.Run, order: kinds.Order, person: kinds.Person) -> None:
    course = world.courses[run.course.slug]
    asked = {each.field for each in rules.asked_of_learner(course, course.questions.all())}
    actions.register_visitor(
        world.runs[run.key],
        email=person.email,
        first_name=person.first_name,
        last_name=person.last_name,
        answers={name: value for name, value in _answers(run, person, order, None).items() if name in asked},
        may_wait=True,
        conditions_on=CONDITIONS_ON,
        language=person.language,
        by=Actor.visitor(),
    )


def _answers(
    run: kinds.Run, person: kinds.Person, order: kinds.Order, employer: kinds.Organisation | None
) -> dict[str, Any]:
    """Return what this course asks and this person can tell."""
    known: dict[str, Any] = {
        "phone": person.phone or "06 66 00 00 00",
        "employer_name": employer.name if employer else "Zelfstandig",
        "employer_address": employer.address_line if employer else "Eigen adres",
        "birth_date": person.birth_date or date(1985, 5, 17),
        "register_number": person.register_number or "R-000000",
        "invoice_reference": order.reference,
    }
    return {asked.name: known[asked.name] for asked in run.course.fields if known[asked.name]}


def cancel(world: World, run_key: str, person_key: str) -> None:
    """Let a learner withdraw from a run."""
    learner = world.people[person_key]
    rows = Enrolment.objects.select_related("run__course", "learner").exclude(state=Enrolment.State.CANCELLED)
    enrolment = rows.filter(run=world.runs[run_key], learner=learner).first()
    if enrolment is not None:
        actions.cancel_enrolment(enrolment, by=Actor.person(learner.id))
