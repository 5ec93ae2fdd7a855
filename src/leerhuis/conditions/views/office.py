"""Publishing the general conditions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.conditions import actions
from leerhuis.conditions.forms import PublishForm
from leerhuis.conditions.queries import in_force, version_in_force, versions


@require_http_methods(["GET", "HEAD", "POST"])
def publish_page(request: Any) -> HttpResponse:
    """Show the versions, and publish a new one from a day on."""
    chosen = request.tenant.settings
    texts = {each: in_force(each, chosen) for each in ("nl", "en")}
    begun = {key: found.text if found.language == key else "" for key, found in texts.items()}
    form = PublishForm(request.POST or None, initial={"since": clock.today(), **begun})
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.publish_conditions(**form.cleaned_data, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The conditions were published. Earlier versions stay to be read."))
            return redirect("conditions_publish")
    shown = {"form": form, "versions": versions(), "holds": version_in_force(), "is_model": texts["nl"].is_model}
    return render(request, "conditions/publish.html", shown)
