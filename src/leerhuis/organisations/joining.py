"""How an organisation keeps its own people: inviting, sending again, withdrawing, joining, ending."""

from typing import Final

from django.core.signing import BadSignature, TimestampSigner

from leerhuis.academies.settings import AcademySettings
from leerhuis.audit.actions import note
from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import current_academy, inside_edge
from leerhuis.base.events import emit
from leerhuis.base.text import tidy
from leerhuis.organisations import actions, mails
from leerhuis.organisations.events import InvitationAnswered, MemberInvited
from leerhuis.organisations.models import Invitation, Membership, Organisation
from leerhuis.organisations.rules import InvitationEnded, LastContact, NotSelfService
from leerhuis.people import actions as people
from leerhuis.people.models import Person

DAYS: Final = 14
_signer = TimestampSigner(salt="membership invitation")


def keeps_own_people(organisation: Organisation) -> bool:
    """True when both the academy and its office let this organisation keep its own people."""
    chosen: AcademySettings = current_academy().settings
    return chosen.features.self_service_organisations and organisation.self_service


def invite_member(
    organisation: Organisation, *, email: str, first_name: str, last_name: str, kind: str, by: Actor
) -> Invitation:
    """Ask somebody by mail to join an organisation; nothing changes for them until they say yes.

    An address that we knew gets the same mail and the same row as a new one. Refuses NotSelfService and
    OrganisationLeaves. Keeps: K2.
    """
    inside_edge()
    if not keeps_own_people(organisation):
        raise NotSelfService
    actions.refuse_leaving(organisation)
    person, _added = people.find_or_add_person(email, first_name, last_name, source=Person.Source.EMPLOYER, by=by)
    typed = {"first_name": tidy(first_name), "last_name": tidy(last_name), "email": email.strip().lower()}
    invitation, _new = Invitation.objects.update_or_create(
        organisation=organisation,
        person=person,
        kind=kind,
        ended_at=None,
        defaults={**typed, "invited_by": by.person_id, "sent_at": clock.now()},
    )
    _send(invitation, by)
    note("invite member", invitation, by=by, subject=person.id)
    return invitation


def send_invitation_again(invitation: Invitation, *, by: Actor) -> None:
    """Mail an open invitation once more. Refuses NotSelfService, InvitationEnded, OrganisationLeaves."""
    inside_edge()
    _refuse_unless_open(invitation)
    actions.refuse_leaving(invitation.organisation)
    invitation.sent_at = clock.now()
    invitation.save(update_fields=["sent_at"])
    _send(invitation, by)
    note("send invitation again", invitation, by=by, subject=invitation.person_id)


def withdraw_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Take back an open invitation: its link stops working. Refuses NotSelfService, InvitationEnded."""
    inside_edge()
    _refuse_unless_open(invitation)
    _end(invitation)
    note("withdraw invitation", invitation, by=by, subject=invitation.person_id, fields=["ended_at"])


def join_organisation(invitation: Invitation, *, by: Actor) -> None:
    """Become an employee or contact of the organisation that asked.

    Refuses NotSelfService, InvitationEnded and OrganisationLeaves.
    """
    inside_edge()
    _refuse_unless_open(invitation)
    _end(invitation)
    if invitation.kind == Membership.Kind.CONTACT:
        actions.appoint_contact(invitation.organisation, invitation.person, by=by)
    else:
        actions.add_employee(invitation.organisation, invitation.person, by=by)
    note("join organisation", invitation, by=by, subject=invitation.person_id, fields=["ended_at"])
    emit(InvitationAnswered(invitation.organisation_id, invitation.person_id))


def decline_invitation(invitation: Invitation, *, by: Actor) -> None:
    """Say no to an invitation. Refuses InvitationEnded."""
    inside_edge()
    if invitation.ended_at:
        raise InvitationEnded
    _end(invitation)
    note("decline invitation", invitation, by=by, subject=invitation.person_id, fields=["ended_at"])
    emit(InvitationAnswered(invitation.organisation_id, invitation.person_id))


def end_member(membership: Membership, *, by: Actor) -> None:
    """End that somebody belongs to an organisation, by its contact. Refuses NotSelfService, and oneself."""
    inside_edge()
    if not keeps_own_people(membership.organisation):
        raise NotSelfService
    if membership.person_id == by.person_id:
        raise LastContact
    actions.end_membership(membership, by=by)
    mails.membership_ended.send(membership, by=by)


def invitation_key(invitation: Invitation) -> str:
    """Return the signed key of an invitation, for the link in its mail."""
    return _signer.sign(invitation.id.hex)


def invitation_of_key(key: str) -> Invitation:
    """Return the open invitation of a link, locked; raises InvitationEnded when it is forged, too old or over."""
    try:
        id = _signer.unsign(key, max_age=DAYS * 86_400)
    except BadSignature as fault:
        raise InvitationEnded from fault
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("organisation", "person")
    invitation = rows.filter(pk=id, ended_at=None).first()
    if invitation is None or not invitation.person.is_active:
        raise InvitationEnded
    return invitation


def _refuse_unless_open(invitation: Invitation) -> None:
    if not keeps_own_people(invitation.organisation):
        raise NotSelfService
    if invitation.ended_at:
        raise InvitationEnded


def _end(invitation: Invitation) -> None:
    invitation.ended_at = clock.now()
    invitation.save(update_fields=["ended_at"])


def _send(invitation: Invitation, by: Actor) -> None:
    mails.membership_invitation.send(invitation, invitation_key(invitation), by=by)
    emit(MemberInvited(invitation.organisation_id, invitation.person_id))
