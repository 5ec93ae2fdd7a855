"""The mails about registrations and enrolments. None is an offer; a price stands only where an order is confirmed."""

from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from leerhuis.audit.outlet import Going
from leerhuis.base import clock
from leerhuis.catalogue.events import LessonAdded, LessonMoved, LessonRemoved, RunCancelled, RunConfirmed
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.catalogue.rules import price_of
from leerhuis.enrolment import events
from leerhuis.enrolment.models import Enrolment, Grant, Registration
from leerhuis.enrolment.queries import sharing_token
from leerhuis.enrolment.rules import EMPLOYER, TOLD_EMPLOYER, lacks_account
from leerhuis.mail.kinds import Letter, service_mail
from leerhuis.mail.links import absolute
from leerhuis.organisations.models import Organisation
from leerhuis.people.events import PersonCorrected
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient


# --- to the learner, about a seat ----------------------------------------------------------------------------------
@service_mail(
    cause=events.EnrolmentConfirmed, nl="bevestiging van uw inschrijving", en="confirmation of your enrolment"
)
def enrolment_confirmed(enrolment: Enrolment, *, from_waiting: bool = False) -> Letter:
    """Confirm a seat: when, where, how to get there, what it costs if the learner ordered it, and what follows."""
    said = {"from_waiting": from_waiting, **_price(enrolment)}
    return _letter(enrolment, **_seat(enrolment), **_sharing(enrolment), **said)


@service_mail(cause=events.EnrolmentQueued, nl="u staat op de wachtlijst", en="you are on the waiting list")
def enrolment_queued(enrolment: Enrolment) -> Letter:
    """Tell a learner that they wait for a seat, and what happens when one comes free."""
    return _letter(enrolment, **_seat(enrolment), **_sharing(enrolment), **_price(enrolment))


@service_mail(
    cause=events.RegistrationReceived, nl="uw werkgever heeft u ingeschreven", en="your employer enrolled you"
)
def registered_by_employer(enrolment: Enrolment) -> Letter:
    """Tell an employee what their employer ordered, which data came from whom, and what the employer will see.

    Article 14 AVG: the source and the kinds of data, at the first contact. Keeps: K2, K6.
    """
    contact = enrolment.registration.handed_in_by
    by = contact if contact and _is_named(contact) else None
    said = {"waiting": enrolment.state == Enrolment.State.WAITING, "contact": by.name if by else ""}
    letter = _letter(enrolment, **_seat(enrolment), **_sharing(enrolment), **said)
    return replace(letter, names=(by.id,) if by else ())


@service_mail(cause=events.RegistrationReceived, nl="u was al ingeschreven", en="you were enrolled already")
def already_enrolled(enrolment: Enrolment, organisation: Organisation | None = None) -> Letter:
    """Tell a learner that somebody handed them in a second time and that nothing changed; `organisation` if it did."""
    said = {"organisation": organisation.name if organisation else ""}
    letter = _letter(enrolment, **said, waiting=enrolment.state == Enrolment.State.WAITING)
    return replace(letter, customers=(organisation.id,) if organisation else ())


@service_mail(
    cause=events.EnrolmentMoved, nl="u bent omgeboekt naar een andere uitvoering", en="you were moved to another run"
)
def enrolment_moved(enrolment: Enrolment, old: Run) -> Letter:
    """Tell a learner to which run they were moved, from which, and whether they have a seat there."""
    said = {"waiting": enrolment.state == Enrolment.State.WAITING, "before": _known(enrolment, old)}
    return _letter(enrolment, **_seat(enrolment), **_sharing(enrolment), **_price(enrolment), **said)


@service_mail(cause=events.EnrolmentCancelled, nl="uw inschrijving is geannuleerd", en="your enrolment is cancelled")
def enrolment_cancelled(enrolment: Enrolment, who: str, reason: str = "") -> Letter:
    """Confirm a cancellation with its moment and reason; `who` did it: ``learner``, ``employer`` or ``academy``."""
    said = {"moment": enrolment.ended_at or clock.now(), "waited": _waited(enrolment), "reason": reason}
    return _letter(enrolment, who=who, organisation=_name_of_employer(enrolment), **said)


@service_mail(cause=events.EnrolmentCancelled, nl="er kwam geen plaats vrij", en="no seat came free")
def waiting_list_ended(enrolment: Enrolment) -> Letter:
    """Tell somebody who waited that the course began without a free seat."""
    return _letter(enrolment, first_day=enrolment.run.first_day)


@service_mail(
    cause=events.SharingTold, nl="wat uw werkgever van uw opleiding ziet", en="what your employer sees of your course"
)
def sharing_told(enrolment: Enrolment) -> Letter:
    """Tell a learner what their employer will see of an enrolment. Keeps: K6."""
    return _letter(enrolment, **_sharing(enrolment))


@service_mail(cause=events.SharingObjected, nl="uw bezwaar is verwerkt", en="your objection took effect")
def objection_received(enrolment: Enrolment) -> Letter:
    """Confirm that the employer sees nothing more of an enrolment."""
    return _letter(enrolment, organisation=_name_of_employer(enrolment), moment=clock.now())


# --- to the learner, about the run ---------------------------------------------------------------------------------
@service_mail(cause=RunConfirmed, nl="uw opleiding gaat door", en="your course goes ahead")
def course_goes_ahead(enrolment: Enrolment) -> Letter:
    """Tell a learner that it is certain that the course is given."""
    return _letter(enrolment, **_seat(enrolment))


@service_mail(cause=RunCancelled, nl="uw opleiding gaat niet door", en="your course does not go ahead")
def course_cancelled(enrolment: Enrolment) -> Letter:
    """Tell a learner that the academy does not give the course on these dates."""
    return _letter(enrolment, first_day=enrolment.run.first_day, waited=_waited(enrolment))


@service_mail(cause=LessonMoved, nl="een lesdag is verplaatst", en="a lesson was moved")
def lesson_moved(enrolment: Enrolment, lesson: Lesson, starts_before: datetime, ends_before: datetime) -> Letter:
    """Tell a learner the new time and place of a lesson, and when it was before."""
    before = {"starts_at": starts_before, "ends_at": ends_before}
    return _letter(enrolment, lesson=_told(lesson), before=before)


@service_mail(cause=LessonAdded, nl="er is een lesdag bij gekomen", en="a lesson was added")
def lesson_added(enrolment: Enrolment, lesson: Lesson) -> Letter:
    """Tell a learner of another lesson."""
    return _letter(enrolment, lesson=_told(lesson))


@service_mail(cause=LessonRemoved, nl="een lesdag vervalt", en="a lesson was dropped")
def lesson_removed(enrolment: Enrolment, lesson: Lesson) -> Letter:
    """Tell a learner that a lesson is not given."""
    return _letter(enrolment, lesson=_told(lesson))


# --- to the employer's contact -------------------------------------------------------------------------------------
@service_mail(cause=events.RegistrationReceived, nl="ontvangst van uw aanmelding", en="receipt of your registration")
def order_received(registration: Registration, contact: Person, enrolments: list[Enrolment]) -> Letter:
    """Confirm to a contact whom they enrolled and what it costs, and nothing of whom they named besides."""
    to = recipient(contact)
    run = registration.run
    named = [each for each in enrolments if _is_named(each.learner)]
    return Letter(
        to,
        registration.id,
        {
            "name": contact.first_name,
            "course": run.course.title_in(to.language),
            "code": run.code,
            "seated": [each.learner.name for each in named if each.holds_seat],
            "waiting": [each.learner.name for each in named if not each.holds_seat],
            "reference": registration.reference,
            "price": price_of(run.price, run.course.vat),
            **_lessons(run),
            "link": absolute("enrolment_employer_home"),
        },
        _carried("order_received", named, registration.organisation_id),
    )


@service_mail(
    cause=events.EnrolmentCancelled,
    nl="een inschrijving van uw organisatie is geannuleerd",
    en="an enrolment of your organisation is cancelled",
)
def order_cancelled(enrolment: Enrolment, contact: Person) -> Letter:
    """Tell a contact that an enrolment that the organisation ordered was cancelled."""
    return _to_contact("order_cancelled", enrolment, contact)


@service_mail(
    cause=events.EnrolmentConfirmed,
    nl="iemand van uw wachtlijst heeft een plaats",
    en="somebody on your waiting list has a seat",
)
def order_let_in(enrolment: Enrolment, contact: Person) -> Letter:
    """Tell a contact that somebody whom the organisation put on the waiting list has a seat now."""
    return _to_contact("order_let_in", enrolment, contact)


@service_mail(
    cause=events.EnrolmentMoved,
    nl="een inschrijving van uw organisatie is omgeboekt",
    en="an enrolment of your organisation was moved",
)
def order_moved(enrolment: Enrolment, contact: Person, old: Run) -> Letter:
    """Tell a contact that somebody whom the organisation enrolled goes to another run."""
    letter = _to_contact("order_moved", enrolment, contact)
    said = {"waiting": enrolment.state == Enrolment.State.WAITING, "before": _known(enrolment, old, letter.to.language)}
    return replace(letter, context=letter.context | said)


@service_mail(
    cause=events.EnrolmentCancelled,
    nl="een plaats van uw organisatie is vervallen",
    en="a seat of your organisation has lapsed",
)
def order_given_up(enrolment: Enrolment, contact: Person) -> Letter:
    """Tell a contact that a seat lapsed because somebody's data were erased, and not whose they were."""
    letter = _to_contact("order_given_up", enrolment, contact)
    context = {name: value for name, value in letter.context.items() if name != "learner"}
    return replace(letter, about=enrolment.run_id, context=context, carries=None)


@service_mail(
    cause=PersonCorrected, nl="gegevens van een deelnemer zijn verbeterd", en="a learner’s details were corrected"
)
def learner_corrected(learner: Person, organisation: Organisation, contact: Person, about: UUID) -> Letter:
    """Tell a contact of an employer who has a learner's name from us that it was corrected (article 19 AVG)."""
    carrier = "mail enrolment.learner_corrected"
    carries = Going(EMPLOYER, "enrolment.course", carrier, TOLD_EMPLOYER, {learner.id}, 1, organisation.id)
    said = {"name": contact.first_name, "learner": learner.name, "link": absolute("enrolment_employer_home")}
    return Letter(recipient(contact), about, said, carries)


# --- what mails tell -----------------------------------------------------------------------------------------------
def _letter(enrolment: Enrolment, **more: Any) -> Letter:
    to = recipient(enrolment.learner)
    run = enrolment.run
    context = {
        "name": enrolment.learner.first_name,
        "course": run.course.title_in(to.language),
        "code": run.code,
        "link": absolute("enrolment_mine", enrolment.id),
        "has_account": not lacks_account(enrolment.learner),
    }
    named = (enrolment.ordered_by_id,) if enrolment.ordered_by_id and more.get("organisation") else ()
    return Letter(to, enrolment.id, context | more, customers=named)


def _to_contact(kind: str, enrolment: Enrolment, contact: Person) -> Letter:
    to = recipient(contact)
    run = enrolment.run
    context = {
        "name": contact.first_name,
        "learner": enrolment.learner.name,
        "course": run.course.title_in(to.language),
        "code": run.code,
        "first_day": run.first_day,
        "waited": _waited(enrolment),
        "link": absolute("enrolment_employer_home"),
    }
    return Letter(to, enrolment.id, context, _carried(kind, [enrolment], enrolment.ordered_by_id))


def _carried(kind: str, enrolments: list[Enrolment], organisation_id: UUID | None) -> Going:
    """Return what a mail to a contact tells of the learners whom the organisation enrolled. Keeps: L24."""
    people = {each.learner_id for each in enrolments}
    return Going(
        EMPLOYER, "enrolment.course", f"mail enrolment.{kind}", TOLD_EMPLOYER, people, len(enrolments), organisation_id
    )


def _seat(enrolment: Enrolment) -> dict[str, Any]:
    """Return when and where, and whether practice is open."""
    return {
        **_lessons(enrolment.run),
        "certain": enrolment.run.state == Run.State.CONFIRMED,
        "practice": enrolment.holds_seat and enrolment.run.course.modules.exists(),
    }


def _price(enrolment: Enrolment) -> dict[str, Any]:
    """Return what a learner pays who ordered for themselves; an employee is told no price."""
    own = enrolment.ordered_by_id is None
    return {"price": price_of(enrolment.price, enrolment.run.course.vat) if own else None}


def _sharing(enrolment: Enrolment) -> dict[str, Any]:
    """Return who ordered, what that employer will see, and where to object without signing in."""
    made = getattr(enrolment, "grant", None)
    stands = made is not None and made.objected_at is None and made.ended_at is None
    grant = made if made is not None and stands else Grant()
    ground = grant.agreement.result_ground if grant.result else ""
    return {
        "organisation": _name_of_employer(enrolment),
        "attendance": grant.attendance,
        "progress": grant.progress,
        "result": grant.result,
        "ground": ground,
        "shares": grant.attendance or grant.progress or grant.result,
        "objecting": absolute("enrolment_sharing", sharing_token(enrolment)),
    }


def _is_named(person: Person) -> bool:
    """Whether others may read who this is: not of somebody of whose data the use is restricted. Keeps: L21."""
    return person.restricted_at is None


def _known(enrolment: Enrolment, run: Run, language: str = "") -> dict[str, Any]:
    """Return what tells a run from others; the title of the course only where it is another than the enrolment's."""
    other = run.course_id != enrolment.run.course_id
    title = run.course.title_in(language or enrolment.learner.language) if other else ""
    return {"course": title, "code": run.code, "first_day": run.first_day}


def _name_of_employer(enrolment: Enrolment) -> str:
    return enrolment.ordered_by.name if enrolment.ordered_by else ""


def _waited(enrolment: Enrolment) -> bool:
    """True for somebody who has, or at the end had, a place on the waiting list only."""
    return enrolment.waiting_since is not None


def _lessons(run: Run) -> dict[str, Any]:
    """Return the lessons of a run, and once for each venue how to get there."""
    lessons = list(run.lessons.select_related("venue").order_by("starts_at"))
    venues = {each.venue.name: " ".join(each.venue.route.split()) for each in lessons if each.venue}
    ways = [{"name": name, "route": route} for name, route in venues.items() if route]
    return {"lessons": [_told(lesson) for lesson in lessons], "venues": ways}


def _told(lesson: Lesson) -> dict[str, Any]:
    """Return what a mail tells of a lesson: when, where and the way there, never the link of an online room.

    Keeps: K14.
    """
    venue = lesson.venue
    where = [lesson.room, venue.name, venue.address, f"{venue.postcode} {venue.city}".strip()] if venue else []
    return {
        "title": lesson.title,
        "starts_at": lesson.starts_at,
        "ends_at": lesson.ends_at,
        "place": ", ".join(part for part in where if part),
        "route": " ".join(venue.route.split()) if venue else "",
    }
