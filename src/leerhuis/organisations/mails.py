"""The mails of organisations to those who work there."""

from leerhuis.mail.kinds import Letter, service_mail
from leerhuis.mail.links import absolute
from leerhuis.organisations.events import MemberInvited, MembershipEnded
from leerhuis.organisations.models import Invitation, Membership
from leerhuis.people.queries import recipient


@service_mail(
    cause=MemberInvited, nl="uitnodiging van een organisatie", en="invitation by an organisation", secret=True
)
def membership_invitation(invitation: Invitation, key: str) -> Letter:
    """Write the link with which somebody joins the organisation that asked, or says no."""
    shown = {"organisation": invitation.organisation.name, "kind": invitation.kind}
    context = {**shown, "link": absolute("organisations_join", key)}
    return Letter(recipient(invitation.person), invitation.id, context, customers=(invitation.organisation_id,))


@service_mail(cause=MembershipEnded, nl="u hoort niet meer bij een organisatie", en="you left an organisation")
def membership_ended(membership: Membership) -> Letter:
    """Tell somebody that a contact of the organisation ended their part in it."""
    shown = {"name": membership.person.first_name, "organisation": membership.organisation.name}
    context = {**shown, "kind": membership.kind}
    return Letter(recipient(membership.person), membership.id, context, customers=(membership.organisation_id,))
