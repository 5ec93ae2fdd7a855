"""Removing an organisation: notice, calling it off, carrying it out in one transaction, verified before it is kept."""

from contextlib import suppress
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Q

from leerhuis.audit import journal
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.audit.journal import Operation
from leerhuis.base import clock
from leerhuis.base.edge import attempt, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.jobs import defer
from leerhuis.base.refusals import Refusal
from leerhuis.consent import actions as consent
from leerhuis.consent.queries import agreement_in_force
from leerhuis.lists import actions as lists
from leerhuis.mail.kinds import MailKind, MailTo
from leerhuis.organisations import actions as organisations
from leerhuis.organisations.models import Organisation
from leerhuis.organisations.queries import contacts_of
from leerhuis.people.models import Person
from leerhuis.people.queries import recipient
from leerhuis.privacy import mails
from leerhuis.privacy.actions.erasing import ANALYSE
from leerhuis.privacy.actions.redacting import put_texts_aside
from leerhuis.privacy.claims import terms_here
from leerhuis.privacy.departures import first_day_of_removal
from leerhuis.privacy.events import (
    OrganisationLeaving,
    OrganisationRemoved,
    RemovalAsked,
    RemovalBegins,
    RemovalCalledOff,
)
from leerhuis.privacy.models import Removal
from leerhuis.privacy.parting import (
    Parted,
    leads_to_organisation,
    part_rows,
    people_tied_to,
    texts_that_may_name,
)
from leerhuis.privacy.rules import CalledOffTooLate, NotAllGone, NoticeGiven, NoticeTooShort, ReasonMissing

REMOVE: Final = "privacy.remove_organisation"
REMIND_BEFORE: Final = timedelta(days=7)


def ask_removal(organisation: Organisation, *, reason: str, day: date, by: Actor) -> Removal:
    """Give an organisation notice: on a day everything of it goes. From now on nothing new begins for it.

    Packages above may refuse (`OrganisationLeaving`): something that it ordered still runs on that day. Its contacts
    hear the day, and how to object; without contacts its own address does. Refuses NoticeGiven, ReasonMissing and
    NoticeTooShort. Keeps: L20.
    """
    inside_edge()
    locked = _lock(organisation.pk)
    if locked.left_at is not None or Removal.objects.filter(organisation=locked, ended_at=None).exists():
        raise NoticeGiven
    if not reason.strip():
        raise ReasonMissing
    if day < first_day_of_removal():
        raise NoticeTooShort(first_day_of_removal())
    emit(OrganisationLeaving(locked.pk, day))
    removal = Removal.objects.create(organisation=locked, reason=reason.strip(), removes_on=day, asked_by=by.person_id)
    organisations.give_notice(locked, day, by=by)
    note("ask removal", removal, by=by)
    _tell(mails.organisation_leaving, removal, by=by)
    emit(RemovalAsked(removal.id))
    return removal


def call_off_removal(removal: Removal, *, by: Actor) -> None:
    """Let an organisation stay: everything may begin again, and its contacts hear so. Refuses CalledOffTooLate."""
    inside_edge()
    if removal.organisation_id is None:
        raise CalledOffTooLate
    organisation = _lock(removal.organisation_id)
    locked = Removal.objects.select_for_update(of=("self",)).get(pk=removal.pk)
    if not locked.can_be_called_off:
        raise CalledOffTooLate
    locked.called_off, locked.called_off_by, locked.ended_at = True, by.person_id, clock.now()
    locked.save(update_fields=["called_off", "called_off_by", "ended_at"])
    organisations.take_back_notice(organisation, by=by)
    note("call off removal", locked, by=by, fields=["called_off", "called_off_by", "ended_at"])
    _tell(mails.organisation_stays, locked, by=by)
    emit(RemovalCalledOff(locked.id))


def remind_of_removals(*, by: Actor) -> int:
    """Remind the contacts of organisations that are removed within a week, once; returns how many organisations."""
    inside_edge()
    soon = Removal.objects.select_for_update(of=("self",)).filter(
        ended_at=None, begun_at=None, reminded_at=None, removes_on__lte=clock.today() + REMIND_BEFORE
    )
    reminded = list(soon.select_related("organisation"))
    for removal in reminded:
        removal.reminded_at = clock.now()
        removal.save(update_fields=["reminded_at"])
        note("remind of removal", removal, by=by, fields=["reminded_at"])
        _tell(mails.organisation_leaving_soon, removal, by=by)
    return len(reminded)


def go_on_removing(*, by: Actor) -> int:
    """Have carried out what is due, and go on with that of which something stayed; returns how many."""
    inside_edge()
    due = Q(begun_at__isnull=False) | Q(removes_on__lte=clock.today())
    waiting = list(Removal.objects.filter(due, ended_at=None).values_list("pk", flat=True))
    for removal_id in waiting:
        defer(REMOVE, removal_id)
    return len(waiting)


def carry_out_removal(removal_id: UUID, *, by: Actor) -> None:
    """Carry out a removal that is due; where something that it ordered still runs, it waits and is late."""
    inside_edge()
    with suppress(Refusal), attempt():
        remove_organisation(removal_id, by=by)


def remove_organisation(removal_id: UUID, *, by: Actor) -> None:
    """Remove an organisation: every row that law and holds do not keep goes or loses it. Keeps: L20, L21.

    In order: whoever runs something for it may refuse, what was agreed and who belongs to it ends, the journal is
    written, the rows go, nothing leads to it any more, remarks that seem to name it are put aside for a human, and
    everybody whose tie ended is told what stays theirs. Harmless for one that is done, called off or not due. Raises
    NotAllGone.
    """
    inside_edge()
    removal = Removal.objects.filter(pk=removal_id, ended_at=None).first()
    if removal is None or removal.organisation_id is None or removal.removes_on > clock.today():
        return
    organisation = _lock(removal.organisation_id)
    removal = Removal.objects.select_for_update(of=("self",)).get(pk=removal_id)
    if removal.ended_at is not None:
        return
    first = removal.begun_at is None
    name, email = organisation.name or removal.name, organisation.email
    told = _part(organisation, by=by) if first else []
    emit(RemovalBegins(organisation.pk))
    done = part_rows(organisation.pk, terms_here(), by=by)
    lists.forget_rows(organisation.pk, by=by)
    _verify(organisation.pk, done)
    _keep_count(removal, organisation.pk, name, done)
    if first:
        put_texts_aside(texts_that_may_name(name, email), by=by)
        for person, is_learner in told:
            mails.organisation_removed.send(removal, person, name, is_learner=is_learner, by=by)
    note("remove organisation" if done.is_all else "remove most of organisation", removal, by=by)
    emit(OrganisationRemoved(removal.id, done.is_all))
    defer(ANALYSE, removal.id)


def _part(organisation: Organisation, *, by: Actor) -> list[tuple[Person, bool]]:
    """End what runs, write the journal, and return whom to tell, with whether they learnt there; nobody in a replay."""
    if not journal.is_replayed():
        emit(OrganisationLeaving(organisation.pk, clock.today()))
    tied = people_tied_to(organisation)
    readers = [] if journal.is_replayed() else list(Person.objects.filter(pk__in=tied).order_by("pk"))
    agreement = agreement_in_force(organisation)
    if agreement is not None:
        consent.end_agreement(agreement, by=by)
    organisations.part_with(organisation, by=by)
    journal.write(Operation.ORGANISATION_REMOVED, organisation.pk, by=by)
    return [(each, tied[each.pk]) for each in readers if each.email and each.is_active]


def _verify(organisation_id: UUID, done: Parted) -> None:
    """Find nothing that leads to the organisation, but for rows that were counted as kept."""
    found = leads_to_organisation(organisation_id)
    left = sorted(column for column, label in found.items() if label not in done.stayed)
    if left:
        raise NotAllGone(", ".join(left))


def _keep_count(removal: Removal, organisation_id: UUID, name: str, done: Parted) -> None:
    """Write down how far it came; the organisation was taken out of this row like out of all others."""
    removal.refresh_from_db()
    for counts, more in ((removal.went, done.went), (removal.parted, done.parted)):
        for table, rows in more.items():
            counts[table] = counts.get(table, 0) + rows
    removal.stayed = done.stayed
    removal.begun_at = removal.begun_at or clock.now()
    if done.is_all:
        removal.organisation_id, removal.name, removal.ended_at = None, "", clock.now()
    else:
        removal.organisation_id, removal.name = organisation_id, name
    removal.save(update_fields=["went", "parted", "stayed", "begun_at", "organisation", "name", "ended_at"])


def _tell(kind: MailKind, removal: Removal, *, by: Actor) -> None:
    """Write to the contacts of an organisation; without any, to its own address."""
    organisation = removal.organisation
    if organisation is None:
        return
    readers = [recipient(contact) for contact in contacts_of(organisation)]
    if not readers and organisation.email:
        readers = [MailTo(None, organisation.name, organisation.email, "nl")]
    for reader in readers:
        kind.send(removal, organisation, reader, by=by)


def _lock(organisation_id: UUID) -> Organisation:
    return Organisation.objects.select_for_update(of=("self",)).get(pk=organisation_id)


# --- after a restore -----------------------------------------------------------------------------------------------
def remove_again(subject_id: UUID, *, purpose: str, by: Actor) -> None:
    """Remove again an organisation that was removed after the backup; nobody is told twice. Keeps: L21, W6."""
    inside_edge()
    if not Organisation.objects.filter(pk=subject_id).exists():
        return
    again = Removal.objects.filter(organisation=subject_id, ended_at=None).first()
    if again is None:
        again = Removal.objects.create(organisation_id=subject_id, removes_on=clock.today())
    elif again.removes_on > clock.today():
        again.removes_on = clock.today()
        again.save(update_fields=["removes_on"])
    note("remove organisation again", again, by=by)
    remove_organisation(again.id, by=by)
