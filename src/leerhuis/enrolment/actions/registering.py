"""Registering: a visitor or learner for themselves, an employer for its people, the office for anybody."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.catalogue.models import Run
from leerhuis.conditions.actions import keep_accepted
from leerhuis.enrolment import events, mails, rules, seats
from leerhuis.enrolment.actions.beginning import begin_enrolment
from leerhuis.enrolment.actions.sharing import note_told
from leerhuis.enrolment.models import Enrolment, Registration
from leerhuis.enrolment.pasting import Pasted
from leerhuis.enrolment.queries import live_enrolment, registration_of_form
from leerhuis.organisations.actions import refuse_leaving
from leerhuis.organisations.models import Organisation
from leerhuis.organisations.queries import is_contact_of
from leerhuis.people import actions as people
from leerhuis.people.models import Person
from leerhuis.people.rules import AddressStandsStill


class WhenShort(StrEnum):
    """What an employer wants when there are fewer seats than people; without a word nobody is enrolled."""

    NOBODY = "nobody"
    SEATS_ONLY = "seats_only"  # the first ones get the seats that are left, the others are not enrolled
    REST_WAITS = "rest_waits"  # the first ones get the seats that are left, the others wait


@dataclass(frozen=True)
class Ordered:
    """What became of an employer's registration: the enrolments that were made, in the order of the list.

    Whoever was enrolled in this run already by another way is not among them, and is told alone.
    """

    registration: Registration
    enrolments: tuple[Enrolment, ...]


# --- for oneself ---------------------------------------------------------------------------------------------------
def register_visitor(
    run: Run,
    *,
    email: str,
    first_name: str,
    last_name: str,
    answers: Mapping[str, Any] | None = None,
    may_wait: bool = False,
    conditions_on: date | None = None,
    form_key: UUID | None = None,
    language: str = "nl",
    by: Actor,
) -> Registration:
    """Register somebody without an account, known by name and address, with what this course asks.

    A known address is the same person, whose name and language stay as they are; whether it was known is told to
    nobody but that person. Else as `register_oneself`. Keeps: K2, K4, S2.
    """
    inside_edge()
    if sent_before := registration_of_form(form_key):
        return sent_before
    _refuse_registration(run, answers)
    person, _added = people.find_or_add_person(
        email, first_name, last_name, source=Person.Source.REGISTRATION, language=language, by=by
    )
    return register_oneself(
        run,
        person,
        answers=answers,
        may_wait=may_wait,
        conditions_on=conditions_on,
        form_key=form_key,
        by=by,
    )


def register_oneself(
    run: Run,
    person: Person,
    *,
    answers: Mapping[str, Any] | None = None,
    may_wait: bool = False,
    conditions_on: date | None = None,
    form_key: UUID | None = None,
    by: Actor,
) -> Registration:
    """Register a person who is locked for themselves: a seat, else the waiting list if they agree to it.

    In order: the run is locked, a form that was sent before gives what came of it, a seat is claimed, the enrolment
    begins, and one mail confirms it; whoever has no account gets a second one to open it. Somebody who is enrolled
    already gets a mail that says so, and nothing changes. `conditions_on` is the date of the conditions they accepted.

    Refuses RunNotOpen, NotAskedFor, AnswerMissing and RunFull. Keeps: K4, L11, L13a, L38, S2.
    """
    inside_edge()
    _refuse_registration(run, answers)
    locked = seats.lock_run(run.id)
    if sent_before := registration_of_form(form_key):
        return sent_before
    rules.refuse_closed(locked, clock.today())
    seated = seats.free_for_newcomers(locked) > 0
    if not seated and not may_wait:
        raise rules.RunFull
    already = live_enrolment(locked, person)
    handed_in = Registration(
        run=locked,
        source=Registration.Source.WEBSITE,
        handed_in_by=person,
        form_key=form_key,
        conditions_on=conditions_on,
    )
    registration = _receive(handed_in, by=by)
    if already is not None:
        mails.already_enrolled.send(already, by=by)
    else:
        enrolment = begin_enrolment(registration, person, seated=seated, answers=dict(answers or {}), by=by)
        _confirm(enrolment, by=by)
    if rules.lacks_account(person):
        people.invite(person, by=by)
    emit(events.RegistrationReceived(registration.id))
    return registration


# --- by the employer -----------------------------------------------------------------------------------------------
def register_employees(
    run: Run,
    organisation: Organisation,
    lines: Sequence[Pasted],
    *,
    contact: Person,
    when_short: WhenShort = WhenShort.NOBODY,
    offered: int = 0,
    reference: str = "",
    conditions_on: date | None = None,
    form_key: UUID | None = None,
    by: Actor,
) -> Ordered:
    """Register an employer's people in the order of its list: all of them, or what its contact took instead.

    When there are fewer seats than people, nothing is done unless the contact chose `when_short` and at least the
    `offered` number of seats is still there. Each person gets a mail of their own with what came from whom and what
    the employer will see (article 14 AVG); the contact gets a receipt. Whoever is in this run already through
    somebody else is left as they are and told alone.

    Refuses NotYourOrganisation, OrganisationLeaves, NobodyNamed, TooMany, AllEnrolled, RunNotOpen and TooFewSeats.
    Keeps: K2, K6, L13a, L20.
    """
    inside_edge()
    if not is_contact_of(contact.id, organisation.id):
        raise rules.NotYourOrganisation
    if sent_before := registration_of_form(form_key):
        return _made_of(sent_before)
    refuse_leaving(organisation)
    _refuse_list(lines)
    rules.refuse_closed(run, clock.today())
    learners = _find_employees(lines, contact.language, by=by)
    locked = seats.lock_run(run.id)
    if sent_before := registration_of_form(form_key):
        return _made_of(sent_before)
    rules.refuse_closed(locked, clock.today())
    known = {each.learner_id: each for each in _live_among(locked, learners)}
    new = [person for person in learners if person.id not in known]
    others = [each for each in known.values() if each.ordered_by_id != organisation.id]
    if not new and not others:
        raise rules.AllEnrolled
    free = seats.free_for_newcomers(locked)
    _refuse_short(free, len(new) + len(others), when_short, offered)  # who is in by another way shows here neither
    seated = min(free, len(new))
    admitted = len(new) if when_short is WhenShort.REST_WAITS else seated
    handed_in = Registration(
        run=locked,
        source=Registration.Source.EMPLOYER,
        handed_in_by=contact,
        organisation=organisation,
        form_key=form_key,
        conditions_on=conditions_on,
        reference=reference,
    )
    registration = _receive(handed_in, by=by)
    enrolments = [
        begin_enrolment(registration, person, seated=place < seated, by=by)
        for place, person in enumerate(new[:admitted])
    ]
    for enrolment in enrolments:
        _tell_employee(enrolment, by=by)
    for enrolment in others:
        mails.already_enrolled.send(enrolment, organisation, by=by)
    mails.order_received.send(registration, contact, enrolments, by=by)
    emit(events.RegistrationReceived(registration.id))
    for enrolment in enrolments:
        _announce(enrolment)
    return Ordered(registration, tuple(enrolments))


# --- by the office -------------------------------------------------------------------------------------------------
def enrol_by_office(
    run: Run,
    *,
    email: str,
    first_name: str,
    last_name: str,
    language: str = "nl",
    organisation: Organisation | None = None,
    reference: str = "",
    remarks: str = "",
    may_wait: bool = False,
    form_key: UUID | None = None,
    by: Actor,
) -> Enrolment:
    """Enrol somebody by hand, on request by telephone or mail; for an organisation when it orders.

    The same seats, grant and mails as elsewhere; the office may also enrol in a run that has begun. Refuses
    RunNotOpen for a run that is planned, cancelled or over, OrganisationLeaves, AlreadyEnrolled, RunFull and
    AddressStandsStill. Keeps: K2, K6, L13a, L20, L21.
    """
    inside_edge()
    if sent_before := registration_of_form(form_key):
        return sent_before.enrolments.get()
    if organisation is not None:
        refuse_leaving(organisation)
    person, _added = people.find_or_add_person(
        email,
        first_name,
        last_name,
        source=Person.Source.EMPLOYER if organisation else Person.Source.STAFF,
        language=language,
        by=by,
    )
    if person.restricted_at:
        raise AddressStandsStill
    locked = seats.lock_run(run.id)
    rules.refuse_over(locked, clock.today())
    if live_enrolment(locked, person):
        raise rules.AlreadyEnrolled
    seated = seats.free_for_newcomers(locked) > 0
    if not seated and not may_wait:
        raise rules.RunFull
    handed_in = Registration(
        run=locked,
        source=Registration.Source.OFFICE,
        organisation=organisation,
        form_key=form_key,
        reference=reference,
    )
    registration = _receive(handed_in, by=by)
    enrolment = begin_enrolment(registration, person, seated=seated, by=by)
    if remarks.strip():
        enrolment.remarks = remarks.strip()
        enrolment.save(update_fields=["remarks"])
    if organisation is not None:
        _tell_employee(enrolment, by=by)
        _announce(enrolment)
    else:
        _confirm(enrolment, by=by)
        if rules.lacks_account(person):
            people.invite(person, by=by)
    emit(events.RegistrationReceived(registration.id))
    return enrolment


# --- steps ---------------------------------------------------------------------------------------------------------
def _refuse_registration(run: Run, answers: Mapping[str, Any] | None) -> None:
    """Refuse what cannot be registered before anything is locked."""
    rules.refuse_closed(run, clock.today())
    asked = rules.asked_of_learner(run.course, run.course.questions.all())
    rules.refuse_wrong_answers(asked, answers or {})


def _refuse_list(lines: Sequence[Pasted]) -> None:
    if not lines or any(line.fault for line in lines):
        raise rules.NobodyNamed
    if len(lines) > rules.MOST_AT_ONCE:
        raise rules.TooMany


def _receive(registration: Registration, *, by: Actor) -> Registration:
    """Keep what was handed in, with the version of the conditions that was accepted. Keeps: L38, K20."""
    if registration.conditions_on is not None:
        registration.conditions = keep_accepted(registration.conditions_on, by=by)
    registration.reference = tidy(registration.reference)
    registration.save(force_insert=True)
    note("receive registration", registration, by=by, subject=registration.handed_in_by_id)
    return registration


def _find_employees(lines: Sequence[Pasted], language: str, *, by: Actor) -> list[Person]:
    """Return the people of a list, in its order, each locked; new ones are added.

    Those who are known are locked by id and new ones added by address, so that two lists never wait for each other.
    """
    known = Person.objects.filter(email__in=[line.email for line in lines]).order_by("id").values_list("id", flat=True)
    for person_id in list(known):
        people.lock_alive(person_id)
    found = {
        line.email: people.find_or_add_person(
            line.email, line.first_name, line.last_name, source=Person.Source.EMPLOYER, language=language, by=by
        )[0]
        for line in sorted(lines, key=lambda line: line.email)
    }
    return [found[line.email] for line in lines]


def _live_among(run: Run, learners: Sequence[Person]) -> list[Enrolment]:
    """Return the enrolments in a run of those among these people who have one."""
    live = Enrolment.objects.filter(run=run, learner__in=learners).exclude(state=Enrolment.State.CANCELLED)
    return list(live.select_related("run__course", "learner", "ordered_by").order_by("id"))


def _refuse_short(left: int, wanted: int, when_short: WhenShort, offered: int) -> None:
    """Refuse TooFewSeats when there are fewer seats than people and the contact did not say what to do then."""
    unagreed = when_short is WhenShort.NOBODY or left < offered or (when_short is WhenShort.SEATS_ONLY and not left)
    if left < wanted and unagreed:
        raise rules.TooFewSeats(left)


def _made_of(registration: Registration) -> Ordered:
    """Return what came of a form that is sent a second time."""
    made = registration.enrolments.select_related("learner", "run__course").order_by("created_at", "id")
    return Ordered(registration, tuple(made))


def _confirm(enrolment: Enrolment, *, by: Actor) -> None:
    """Tell a learner of their seat or their place on the waiting list, and announce it."""
    kind = mails.enrolment_confirmed if enrolment.holds_seat else mails.enrolment_queued
    kind.send(enrolment, by=by)
    _announce(enrolment)


def _tell_employee(enrolment: Enrolment, *, by: Actor) -> None:
    """Tell an employee what was ordered for them and what their employer will see, and invite them."""
    mails.registered_by_employer.send(enrolment, by=by)
    note_told(enrolment, by=by)
    if rules.lacks_account(enrolment.learner):
        people.invite(enrolment.learner, by=by)


def _announce(enrolment: Enrolment) -> None:
    kind = events.EnrolmentConfirmed if enrolment.holds_seat else events.EnrolmentQueued
    emit(kind(enrolment.id))
