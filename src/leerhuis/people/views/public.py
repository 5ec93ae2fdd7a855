"""Opening an account with an invitation."""

from allauth.account.utils import perform_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from leerhuis.audit.actor import Actor
from leerhuis.base.limits import limited
from leerhuis.people import actions
from leerhuis.people.forms import ChoosePasswordForm
from leerhuis.people.queries import person_of_invitation
from leerhuis.people.rules import LinkExpired


@never_cache
@limited("invitation", reads=True)
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def accept_invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Let an invited person choose a password and come in."""
    try:
        person = person_of_invitation(token)
    except LinkExpired as refusal:
        return render(request, "people/invitation_expired.html", {"refusal": refusal}, status=410)
    form = ChoosePasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        actions.accept_invitation(person, form.cleaned_data["password"], by=Actor.person(person.id))
        entered: HttpResponse = perform_login(request, person, email_verification="none")
        return entered
    return render(request, "people/accept_invitation.html", {"form": form, "invited": person})
