"""Entering many people at once from a list of a spreadsheet: looked over first, all or none, and taken back."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.audit.actions import look
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.organisations import actions
from leerhuis.organisations.forms import ListForm
from leerhuis.organisations.importing import People, cells_of_file, cells_of_text, read_people
from leerhuis.organisations.queries import entering_token, fates_of, moment_of_token

PURPOSE = "organisations.employer"
SCREEN = "organisations_office_enter"


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: Any) -> HttpResponse:
    """Take a list, show what would become of each line, and enter it when that was confirmed."""
    form = ListForm(request.POST or None, request.FILES or None)
    if request.method != "POST" or "change" in request.POST or not form.is_valid():
        shown = ListForm(initial={"text": request.POST.get("text", "")}) if "change" in request.POST else form
        return render(request, "organisations/enter.html", {"form": shown})
    try:
        listed = _listed(form)
        if "confirm" in request.POST:
            return _entered(request, listed)
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal))
        return render(request, "organisations/enter.html", {"form": form})
    return _looked_over(request, listed)


def _listed(form: ListForm) -> People:
    """Return the people of the file, or of the pasted cells."""
    file = form.cleaned_data["file"]
    return read_people(cells_of_file(file.read()) if file else cells_of_text(form.cleaned_data["text"]))


def _looked_over(request: Any, listed: People) -> HttpResponse:
    """Show what would become of each line; whoever is known is looked at by that."""
    fates = fates_of(listed.lines)
    look(by=request.actor, subjects=[each.known.id for each in fates if each.known], purpose=PURPOSE, screen=SCREEN)
    new_names = {each.line.organisation for each in fates if each.line.organisation and not each.organisation}
    context = {
        "fates": fates,
        "faults": sum(bool(each.line.fault) for each in fates),
        "new": sum(not each.known and not each.line.fault for each in fates),
        "known": sum(bool(each.known) for each in fates),
        "new_organisations": sorted(new_names, key=str.casefold),
        "left_out": listed.left_out,
        "text": listed.as_text(),
    }
    return render(request, "organisations/enter_preview.html", context)


def _entered(request: Any, listed: People) -> HttpResponse:
    """Enter everybody, and show whom; from here it can be taken back."""
    with attempt():
        entered = actions.enter_people(listed.lines, by=request.actor)
    subjects = [each.id for each in (*entered.added, *entered.known)]
    look(by=request.actor, subjects=subjects, purpose=PURPOSE, screen=SCREEN)
    context = {"entered": entered, "token": entering_token(clock.now())}
    return render(request, "organisations/entered.html", context)


@require_POST
def take_back(request: Any) -> HttpResponse:
    """Take back a list that was entered within the last hour, as far as nothing was done with its people since."""
    moment = moment_of_token(request.POST.get("token", ""))
    if moment is None:
        messages.error(request, _("This can be taken back for an hour. Open the people one by one to change them."))
        return redirect("people_office_list")
    try:
        with attempt():
            gone, stayed = actions.take_back_entered(moment, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("people_office_list")
    said = ngettext("Taken back: %(n)s person.", "Taken back: %(n)s people.", gone) % {"n": gone}
    if stayed:
        more = ngettext(
            "%(n)s person stays: something was done with them since.",
            "%(n)s people stay: something was done with them since.",
            stayed,
        )
        said = f"{said} {more % {'n': stayed}}"
    messages.success(request, said)
    return redirect("people_office_list")
