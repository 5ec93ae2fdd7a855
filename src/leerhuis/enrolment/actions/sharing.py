"""Telling a learner what their employer will see, and taking their objection."""

from collections.abc import Iterable
from functools import reduce
from operator import or_
from uuid import UUID

from django.db.models import Q

from leerhuis.audit import journal
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.base import clock
from leerhuis.base.edge import inside_edge
from leerhuis.base.events import emit
from leerhuis.consent.models import Agreement
from leerhuis.enrolment import events, mails
from leerhuis.enrolment.models import Enrolment, Grant
from leerhuis.enrolment.queries import employers_who_know
from leerhuis.enrolment.rules import NothingIsShared
from leerhuis.organisations.queries import contacts_of
from leerhuis.people.models import Person
from leerhuis.privacy.actions import note_carried_out, prove_identity, receive_request
from leerhuis.privacy.models import Request


def tell_of_sharing(enrolment: Enrolment, *, by: Actor) -> None:
    """Mail a learner what their employer will see of an enrolment; from then on it may be seen.

    Nothing when there is nothing to tell, or they were told already. Keeps: K6.
    """
    inside_edge()
    grant = _grant_of(enrolment)
    if grant is None or grant.told_at is not None or grant.ended_at is not None:
        return
    mails.sharing_told.send(enrolment, by=by)
    note_told(enrolment, by=by)


def note_told(enrolment: Enrolment, *, by: Actor) -> None:
    """Write down that a mail in the outbox tells a learner what their employer will see. Keeps: K6."""
    inside_edge()
    grant = _grant_of(enrolment)
    if grant is None or grant.told_at is not None:
        return
    grant.told_at = clock.now()
    grant.save(update_fields=["told_at"])
    note("tell of sharing", grant, by=by, subject=enrolment.learner_id, fields=["told_at"])
    emit(events.SharingTold(enrolment.id))


def object_to_sharing(enrolment: Enrolment, *, by: Actor) -> None:
    """Take a learner's objection: from this moment on the employer sees nothing more of the enrolment.

    A mail to the learner confirms it; the employer is not told. A second objection changes nothing. Refuses
    NothingIsShared where nothing was agreed. Keeps: K6, L35.
    """
    inside_edge()
    grant = _grant_of(enrolment)
    if grant is None:
        raise NothingIsShared
    if grant.objected_at is not None:
        return
    _note_objection(grant, enrolment.learner_id, by)
    mails.objection_received.send(enrolment, by=by)
    emit(events.SharingObjected(enrolment.id))


def object_on_request(request: Request, enrolments: Iterable[Enrolment], *, by: Actor) -> None:
    """Carry out an objection to sharing that came by telephone or letter, as if the learner had made it themselves.

    At once, for each of these enrolments that is theirs; a mail to the learner confirms it and tells how to take it
    back. The request counts as carried out, and is answered by the privacy officer. Refuses NothingIsShared.
    Keeps: K6, L35.
    """
    inside_edge()
    theirs = [each for each in enrolments if each.learner_id == request.person]
    if not theirs:
        raise NothingIsShared
    for enrolment in theirs:
        object_to_sharing(enrolment, by=by)
    note_carried_out(request, by=by)


def take_objection(
    person: Person, enrolments: Iterable[Enrolment], *, channel: str, asked: str, proof: str = "", by: Actor
) -> Request:
    """Take in an objection to sharing as it comes: it works at once, and is a request at the desk from then on.

    `proof` says how it is certain who asks; without one the privacy officer establishes that before they answer, and
    meanwhile nothing is shared. Refuses as `object_on_request`. Keeps: K6, L35, L36.
    """
    inside_edge()
    request = receive_request(kind=Request.Kind.OBJECTION, channel=channel, person=person, asked=asked, by=by)
    if proof:
        prove_identity(request, proof, by=by)
    object_on_request(request, enrolments, by=by)
    return request


def take_back_objection(enrolment: Enrolment, *, by: Actor) -> None:
    """Let the employer see again what was agreed, at the learner's own wish. Refuses NothingIsShared."""
    inside_edge()
    grant = _grant_of(enrolment)
    if grant is None:
        raise NothingIsShared
    if grant.objected_at is None:
        return
    grant.objected_at = None
    grant.save(update_fields=["objected_at"])
    note("take back objection", grant, by=by, subject=enrolment.learner_id, fields=["objected_at"])
    emit(events.ObjectionWithdrawn(enrolment.id))


def object_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Take an objection again, after a restore, of which the journal says that it was made. Keeps: W6.

    Without a mail: the learner had one. An objection that was taken back since stands, until they say so again.
    """
    inside_edge()
    for grant in Grant.objects.filter(pk=subject_id, objected_at=None).select_related("enrolment"):
        _note_objection(grant, grant.enrolment.learner_id, by)


def narrow_sharing(agreement: Agreement, *, by: Actor) -> int:
    """Let an employer see of enrolments under way no more than is agreed now; nothing where the agreement ended.

    In force at once, on every page, sheet and mail. What a later agreement adds holds for later enrolments alone, since
    their learners are told of it. Returns how many enrolments are seen less of. Keeps: K6.
    """
    inside_edge()
    live = Grant.objects.filter(enrolment__ordered_by=agreement.organisation_id, ended_at=None)
    if not agreement.in_force:
        changed = live.update(ended_at=clock.now())
    else:
        lost = [name for name in ("attendance", "progress", "result") if not getattr(agreement, name)]
        wider = live.filter(reduce(or_, (Q(**{name: True}) for name in lost), Q(pk=None)))
        changed = wider.update(**dict.fromkeys(lost, False)) if lost else 0
    if changed:
        note("narrow sharing", agreement, by=by)
    return changed


def _note_objection(grant: Grant, learner_id: UUID, by: Actor) -> None:
    grant.objected_at = clock.now()
    grant.save(update_fields=["objected_at"])
    note("object to sharing", grant, by=by, subject=learner_id, fields=["objected_at"])
    journal.write(Operation.OBJECTED, grant.id, by=by)


def _grant_of(enrolment: Enrolment) -> Grant | None:
    """Return the grant of an enrolment as it is now, held until the transaction ends."""
    return Grant.objects.select_for_update(of=("self",)).filter(enrolment=enrolment).first()


def tell_correction(person_id: UUID, *, by: Actor) -> int:
    """Tell the contacts of employers who have somebody's name from us that name or address was corrected; how many.

    Article 19 AVG: also without an agreement, and where data went earlier. Each contact gets one mail, whatever the
    number of enrolments, and no value stands in it but the name. That an employer was told is noted, so the person can
    be told whom.
    """
    inside_edge()
    learner = Person.objects.get(pk=person_id)
    told: set[UUID] = set()
    for organisation, about in employers_who_know(person_id).items():
        for contact in contacts_of(organisation):
            if contact.id not in told and contact.id != person_id:
                mails.learner_corrected.send(learner, organisation, contact, about, by=by)
                note("tell correction", organisation, by=by, subject=person_id)
                told.add(contact.id)
    return len(told)
