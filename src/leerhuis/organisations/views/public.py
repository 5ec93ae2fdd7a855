"""Answering the invitation of an organisation, from the link in its mail."""

from typing import Any

from allauth.account.utils import perform_login
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from leerhuis.audit.actor import Actor
from leerhuis.base.edge import attempt
from leerhuis.base.limits import limited
from leerhuis.base.refusals import Refusal
from leerhuis.organisations import joining
from leerhuis.organisations.forms import JoinForm
from leerhuis.organisations.models import Invitation
from leerhuis.organisations.rules import InvitationEnded
from leerhuis.people import actions as people
from leerhuis.people.models import Person


@never_cache
@limited("member_join", reads=True)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: Any, key: str) -> HttpResponse:
    """Say yes or no; who has no account yet opens one with a password at the same time."""
    try:
        invitation = joining.invitation_of_key(key)
    except InvitationEnded as refusal:
        return render(request, "organisations/join_over.html", {"refusal": refusal}, status=410)
    person = people.lock_alive(invitation.person_id)
    form = None if person.can_sign_in else JoinForm(request.POST or None, person=person)
    if "decline" in request.POST:
        with attempt():
            joining.decline_invitation(invitation, by=Actor.person(person.id))
        return render(request, "organisations/join_declined.html", {})
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return render(request, "organisations/join.html", {"invitation": invitation, "form": form})
    return _joined(request, invitation, person, form.cleaned_data["password"] if form else None)


def _joined(request: Any, invitation: Invitation, person: Person, password: str | None) -> HttpResponse:
    """Have somebody join, opening their account when they had none, and lead them in."""
    by = Actor.person(person.id)
    try:
        with attempt():
            joining.join_organisation(invitation, by=by)
            if password:
                people.accept_invitation(person, password, by=by)
    except Refusal as refusal:
        return render(request, "organisations/join_over.html", {"refusal": refusal}, status=410)
    messages.success(request, _("You have joined the organisation."))
    if not password:
        return redirect("portal_home")
    entered: HttpResponse = perform_login(request, person, email_verification="none")
    return entered
