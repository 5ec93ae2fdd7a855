"""Restricting the use of a person's data, and holding what may not go yet; each ends again."""

from datetime import date
from uuid import UUID

from leerhuis.audit import journal
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.charter.declarations import Purpose
from leerhuis.charter.register import declared
from leerhuis.mail import actions as mail
from leerhuis.people import actions as people
from leerhuis.people.models import Person
from leerhuis.privacy import mails
from leerhuis.privacy.events import HoldEnded, HoldPlaced, PersonReleased, PersonRestricted
from leerhuis.privacy.holds import tables_with_rows_to_hold
from leerhuis.privacy.models import Hold, Restriction
from leerhuis.privacy.rows import every_row
from leerhuis.privacy.rules import (
    HOLD_AFTER_RESTORE,
    HOLD_AT_MOST,
    WRITE_ANEW,
    EndedAlready,
    HoldNeedsEnd,
    NotRestricted,
    NotYourOwn,
    OneThing,
    ReasonMissing,
    RestrictedAlready,
    TooLateToHoldOn,
    UnknownThing,
)


def restrict_person(
    person: Person, *, reason: str, ground: str = Restriction.Ground.ACCURACY, by: Actor
) -> Restriction:
    """Only keep a person's data from now on: out of pages, searches, lists, sheets, counts and mails. Keeps: L21.

    The person still signs in and sees their own. Refuses RestrictedAlready, ReasonMissing, and NotYourOwn for oneself.
    """
    inside_edge()
    locked = people.lock_alive(person.id)
    if locked.restricted_at is not None:
        raise RestrictedAlready
    if locked.id == by.person_id:
        raise NotYourOwn
    if not tidy(reason):
        raise ReasonMissing
    restriction = Restriction.objects.create(
        person=locked.id, ground=ground, reason=reason.strip(), restricted_by=by.person_id
    )
    people.restrict(locked, by=by)
    mail.set_aside(locked.id, by=by)
    note("restrict use", restriction, by=by, subject=locked.id)
    journal.write(Operation.RESTRICTED, locked.id, by=by)
    if locked.email:
        mails.use_restricted.send(locked, by=by)
    emit(PersonRestricted(locked.id))
    return restriction


def describe_restriction(person: Person, *, ground: str, reason: str, by: Actor) -> None:
    """Write down anew on which ground and why somebody's data are only kept. Refuses NotRestricted, ReasonMissing."""
    inside_edge()
    locked = people.lock_alive(person.id)
    restriction = Restriction.objects.filter(person=locked.id, ended_at=None).first()
    if restriction is None:
        raise NotRestricted
    if not tidy(reason):
        raise ReasonMissing
    restriction.ground, restriction.reason = ground, reason.strip()
    restriction.save(update_fields=["ground", "reason"])
    note("describe restriction", restriction, by=by, subject=locked.id, fields=["ground", "reason"])


def release_person(person: Person, *, send: bool = False, by: Actor) -> None:
    """Let a person's data be used again, and send the mails that were set aside meanwhile or drop them.

    Dropped is the rule: what was to be told then may be told wrongly now. Refuses NotRestricted.
    """
    inside_edge()
    locked = people.lock_alive(person.id)
    if locked.restricted_at is None:
        raise NotRestricted
    for restriction in Restriction.objects.filter(person=locked.id, ended_at=None):
        restriction.ended_at, restriction.ended_by = clock.now(), by.person_id
        restriction.save(update_fields=["ended_at", "ended_by"])
        note("end restricted use", restriction, by=by, subject=locked.id, fields=["ended_at"])
    people.unrestrict(locked, by=by)
    mail.take_back(locked.id, send=send, by=by)
    journal.write(Operation.RELEASED, locked.id, by=by)
    if locked.email:
        mails.use_resumed.send(locked, by=by)
    emit(PersonReleased(locked.id))


def hold(
    *,
    reason: str,
    until: date,
    purpose: str = "",
    thing_kind: str = "",
    thing_id: UUID | None = None,
    person_id: UUID | None = None,
    by: Actor,
) -> Hold:
    """Keep something from being erased until a day: a purpose, one row, or everything about a person. Keeps: K18.

    Refuses OneThing unless exactly one of them is given, UnknownThing for a purpose, table or row that is not there,
    ReasonMissing, and HoldNeedsEnd for a day that is past or more than two years ahead.
    """
    inside_edge()
    if sum(map(bool, (purpose, thing_kind and thing_id, person_id))) != 1:
        raise OneThing
    if not tidy(reason):
        raise ReasonMissing
    if not clock.today() <= until <= clock.today() + HOLD_AT_MOST:
        raise HoldNeedsEnd
    if not _is_known(purpose, thing_kind, thing_id, person_id):
        raise UnknownThing
    placed = Hold.objects.create(
        purpose=purpose, thing_kind=thing_kind, thing_id=thing_id, person=person_id, reason=reason.strip(),
        until=until, placed_by=by.person_id,
    )  # fmt: skip
    note("place hold", placed, by=by, subject=person_id)
    journal.write(Operation.HELD, _what(placed), purpose=purpose, by=by)
    emit(HoldPlaced(placed.id))
    return placed


def let_go(placed: Hold, *, by: Actor) -> None:
    """End a hold before its day. Refuses EndedAlready for one that was ended or has lapsed."""
    inside_edge()
    locked = Hold.objects.select_for_update(of=("self",)).get(pk=placed.pk)
    if locked.ended_at is not None or locked.until < clock.today():
        raise EndedAlready
    locked.ended_at, locked.ended_by = clock.now(), by.person_id
    locked.save(update_fields=["ended_at", "ended_by"])
    note("end hold", locked, by=by, subject=locked.person, fields=["ended_at"])
    _write_end(locked, by=by)
    emit(HoldEnded(locked.id))


def hold_on(ended: Hold, *, by: Actor) -> None:
    """Take back that a hold was ended today, before anything went. Refuses TooLateToHoldOn later on."""
    inside_edge()
    locked = Hold.objects.select_for_update(of=("self",)).get(pk=ended.pk)
    if (
        locked.ended_at is None
        or locked.until < clock.today()
        or locked.ended_at.astimezone(clock.zone()).date() != clock.today()
    ):
        raise TooLateToHoldOn
    locked.ended_at, locked.ended_by = None, None
    locked.save(update_fields=["ended_at", "ended_by"])
    note("hold on", locked, by=by, subject=locked.person, fields=["ended_at"])
    journal.write(Operation.HELD, _what(locked), purpose=locked.purpose, by=by)
    emit(HoldPlaced(locked.id))


def lapse_holds(*, by: Actor) -> int:
    """Note which holds lapsed since their last day is over, each once; returns how many. Keeps: K18.

    Nothing waits for this: a hold keeps no row any more from the day after its last one.
    """
    inside_edge()
    over = Hold.objects.select_for_update(of=("self",)).filter(ended_at=None, until__lt=clock.today())
    lapsed = list(over.order_by("id"))
    for each in lapsed:
        each.ended_at = clock.now()
        each.save(update_fields=["ended_at"])
        note("lapse hold", each, by=by, subject=each.person, fields=["ended_at"])
        _write_end(each, by=by)
        emit(HoldEnded(each.id))
    return len(lapsed)


def _write_end(ended: Hold, *, by: Actor) -> None:
    """Tell the journal that something is held no longer; while another hold is on the same it still is."""
    if not _live(_what(ended), ended.purpose):
        journal.write(Operation.HOLD_ENDED, _what(ended), purpose=ended.purpose, by=by)


def _what(placed: Hold) -> UUID:
    """Return the key under which the journal knows a hold: that of the person or row, for a purpose its own."""
    return placed.person or placed.thing_id or placed.id


def _is_known(purpose: str, thing_kind: str, thing_id: UUID | None, person_id: UUID | None) -> bool:
    if purpose:
        return any(each.id == purpose for each, _ in declared(Purpose))
    if person_id:
        return Person.objects.filter(pk=person_id).exclude(state=Person.State.ERASED).exists()
    return any(
        model._meta.label_lower == thing_kind and every_row(model).filter(pk=thing_id).exists()
        for model in tables_with_rows_to_hold()
    )


# --- after a restore -----------------------------------------------------------------------------------------------
def restrict_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Restrict again whom the journal says was restricted; why is not in it, so a person writes that down again."""
    inside_edge()
    person = Person.objects.filter(pk=subject_id, restricted_at=None).exclude(state=Person.State.ERASED).first()
    if person is not None:
        restrict_person(person, reason=str(WRITE_ANEW), ground="", by=by)


def release_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Release again who was released."""
    inside_edge()
    person = Person.objects.filter(pk=subject_id).exclude(restricted_at=None).first()
    if person is not None and person.state != Person.State.ERASED:
        release_person(person, by=by)


def hold_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Hold again what was held, for a month: the journal holds neither reason nor end, which are written down anew."""
    inside_edge()
    until, reason = clock.today() + HOLD_AFTER_RESTORE, str(WRITE_ANEW)
    if _live(subject_id, purpose):
        return
    if purpose:
        if _is_known(purpose, "", None, None):
            hold(purpose=purpose, until=until, reason=reason, by=by)
    elif _is_known("", "", None, subject_id):
        hold(person_id=subject_id, until=until, reason=reason, by=by)
    else:
        for model in tables_with_rows_to_hold():
            if every_row(model).filter(pk=subject_id).exists():
                hold(thing_kind=model._meta.label_lower, thing_id=subject_id, until=until, reason=reason, by=by)
                return


def let_go_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """End again a hold that was ended."""
    inside_edge()
    for placed in _live(subject_id, purpose):
        let_go(placed, by=by)


def _live(subject_id: UUID, purpose: str) -> list[Hold]:
    live = Hold.objects.filter(ended_at=None, until__gte=clock.today())
    named = (
        live.filter(purpose=purpose) if purpose else live.filter(person=subject_id) | live.filter(thing_id=subject_id)
    )
    return list(named)
