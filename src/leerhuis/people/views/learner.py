"""A person's own account details."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.people import actions
from leerhuis.people.forms import PersonForm


@require_http_methods(["GET", "HEAD", "POST"])
def my_details(request: HttpRequest) -> HttpResponse:
    """Show and correct one's own name, address and language."""
    person = request.viewer.person  # type: ignore[attr-defined]
    form = PersonForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        alive = actions.lock_alive(person.id)
        try:
            with attempt():
                actions.change_person(alive, **form.cleaned_data, by=request.actor)  # type: ignore[attr-defined]
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("Your details were saved."))
            return redirect("people_my_details")
    return render(request, "people/my_details.html", {"form": form})
