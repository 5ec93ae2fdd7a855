"""People of one's own organisation, as its contact keeps them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.limits import count
from leerhuis.base.refusals import Refusal
from leerhuis.organisations import joining
from leerhuis.organisations.forms import InviteForm
from leerhuis.organisations.models import Invitation, Organisation
from leerhuis.organisations.queries import (
    invitations_for_contact,
    members_for_contact,
    organisations_as_contact,
)

MAILS_OF_ORGANISATION = 60  # in a row, before it has to wait
MAILS_TO_ADDRESS = 3


@never_cache
@require_safe
def people(request: Any) -> HttpResponse:
    """List who belongs to one's own organisations, and whose answer is awaited."""
    contact = request.viewer.person_id
    own = [(each, joining.keeps_own_people(each)) for each in organisations_as_contact(contact)]
    members, invitations = list(members_for_contact(contact)), list(invitations_for_contact(contact))
    subjects = {one.person_id for one in members} | {one.person_id for one in invitations}
    look(by=request.actor, subjects=subjects, purpose="organisations.employer", screen="organisations_employer_people")
    groups = [
        {
            "organisation": organisation,
            "self_service": may,
            "members": [m for m in members if m.organisation_id == organisation.id],
            "invitations": [i for i in invitations if i.organisation_id == organisation.id],
        }
        for organisation, may in own
    ]
    return render(request, "organisations/employer_people.html", {"groups": groups, "me": contact})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: Any, organisation_id: UUID) -> HttpResponse:
    """Ask somebody to join; the answer is the same whether we knew the address or not."""
    organisation = get_object_or_404(organisations_as_contact(request.viewer.person_id), pk=organisation_id)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        _count_mail(request, organisation, form.cleaned_data["email"])
        locked = Organisation.objects.select_for_update().get(pk=organisation.id)
        try:
            with attempt():
                joining.invite_member(locked, **form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The invitation was sent."))
            return redirect("organisations_employer_people")
    return render(request, "organisations/employer_invite.html", {"form": form, "organisation": organisation})


@require_POST
def send_again(request: Any, invitation_id: UUID) -> HttpResponse:
    """Mail an open invitation once more."""
    invitation = _own_invitation(request, invitation_id)
    _count_mail(request, invitation.organisation, invitation.email)
    with attempt():
        joining.send_invitation_again(invitation, by=request.actor)
    messages.success(request, _("The invitation was sent again."))
    return redirect("organisations_employer_people")


@require_POST
def withdraw(request: Any, invitation_id: UUID) -> HttpResponse:
    """Take back an open invitation."""
    with attempt():
        joining.withdraw_invitation(_own_invitation(request, invitation_id), by=request.actor)
    messages.success(request, _("The invitation was withdrawn. Its link no longer works."))
    return redirect("organisations_employer_people")


@require_POST
def end(request: Any, membership_id: UUID) -> HttpResponse:
    """End that somebody belongs to the organisation."""
    membership = get_object_or_404(members_for_contact(request.viewer.person_id), pk=membership_id)
    with attempt():
        joining.end_member(membership, by=request.actor)
    messages.success(request, _("Ended. The rights that came with it are gone."))
    return redirect("organisations_employer_people")


def _own_invitation(request: Any, invitation_id: UUID) -> Invitation:
    rows = invitations_for_contact(request.viewer.person_id).select_for_update(of=("self",))
    return get_object_or_404(rows, pk=invitation_id)


def _count_mail(request: Any, organisation: Organisation, email: str) -> None:
    count(request, "member_invitation", account=str(organisation.id), most=MAILS_OF_ORGANISATION)
    count(request, "member_invitation_to", account=email, most=MAILS_TO_ADDRESS)
