"""One's own reports of faults in the app: the switch, what was reported, and erasing it. Keeps: L7."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.people.actions import lock_alive
from leerhuis.practice.actions import faults
from leerhuis.practice.app_forms import SwitchForm, asks_age, language
from leerhuis.practice.device_reports import reports_of, wants_reports
from leerhuis.practice.views.parts import with_practice


@with_practice
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reports_page(request: Any) -> HttpResponse:
    """Show the switch and what was reported; switch it on or off. Off erases what was reported."""
    person = request.viewer.person
    wanted = wants_reports(person)
    form = SwitchForm(request.POST or None, initial={"wanted": wanted}, asks_age=asks_age(person) and not wanted)
    if request.method == "POST" and form.is_valid() and _choose(request, form):
        return redirect("practice_device_reports")
    shown = {"form": form, "wanted": wanted, "reports": reports_of(person)}
    return render(request, "practice/device_reports.html", shown)


@with_practice
@require_POST
def erase(request: Any) -> HttpResponse:
    """Erase one of one's own reports, or all."""
    person = lock_alive(request.viewer.person_id)
    with attempt():
        erased = faults.erase_reports(person, only=_uuid(request.POST.get("report", "")), by=request.actor)
    if not erased:
        raise Http404
    messages.success(request, _("Erased."))
    return redirect("practice_device_reports")


def _choose(request: Any, form: SwitchForm) -> bool:
    person, said = lock_alive(request.viewer.person_id), form.cleaned_data
    try:
        with attempt():
            parent = faults.choose_reports(
                person,
                wanted=said["wanted"],
                language=language(),
                of_age=said.get("of_age", False),
                parent_email=said.get("parent_email", ""),
                by=request.actor,
            )
    except Refusal as refusal:
        form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        return False
    asked = _("We asked your parent by mail. As soon as they agree it is switched on.")
    messages.success(request, asked if parent else _("Your choice was saved. It holds from this moment on."))
    return True


def _uuid(text: str) -> UUID | None:
    """Return the report that is meant; None for all of them, and 404 for what is no key."""
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as odd:
        raise Http404 from odd
