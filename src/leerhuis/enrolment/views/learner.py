"""A learner's own enrolment."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.forms import DetailsForm
from leerhuis.enrolment.models import Detail, Enrolment
from leerhuis.enrolment.queries import order_line, own_enrolment
from leerhuis.people.actions import lock_alive


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def mine(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Show one's own enrolment: when, where, the way there, who sees what; and fill in what the course still needs."""
    enrolment = _own(request, enrolment_id)
    asked = rules.asked_of(enrolment, enrolment.run.course.questions.all()) if enrolment.is_live else []
    detail = Detail.objects.filter(enrolment=enrolment).first()
    language = get_language() or "nl"
    form = DetailsForm(request.POST or None, asked=asked, detail=detail, language=language) if asked else None
    if request.method == "POST" and form is not None and form.is_valid():
        lock_alive(request.viewer.person_id)
        try:
            with attempt():
                actions.complete_details(enrolment, form.answers, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("Your details were saved."))
            return redirect("enrolment_mine", enrolment.id)
    lessons = list(enrolment.run.lessons.all())
    seated = enrolment.state == Enrolment.State.ENROLLED
    shown = {
        "enrolment": enrolment,
        "run": enrolment.run,
        "lessons": lessons,
        "now": clock.now(),
        "seated": seated,
        "joins": seated and any(each.is_online and each.online_link for each in lessons),
        "today": clock.today(),
        "form": form,
        "lacks": [each.label for each in asked if each.required and not getattr(detail, each.field, None)],
        "line": order_line(enrolment, language) if enrolment.ordered_by_id else None,
        "grant": getattr(enrolment, "grant", None),
        "may_cancel": rules.may_cancel_oneself(enrolment, clock.today()),
    }
    return render(request, "enrolment/mine.html", shown)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: Any, enrolment_id: UUID) -> HttpResponse:
    """Cancel one's own enrolment, after reading what that means."""
    enrolment = _own(request, enrolment_id)
    if request.method == "POST":
        lock_alive(request.viewer.person_id)
        try:
            with attempt():
                actions.cancel_enrolment(enrolment, by=request.actor)
        except Refusal as refusal:
            messages.warning(request, str(refusal))
        else:
            messages.success(request, _("It was cancelled. A mail confirms it."))
        return redirect("enrolment_mine", enrolment.id)
    may_cancel = rules.may_cancel_oneself(enrolment, clock.today())
    return render(request, "enrolment/cancel_mine.html", {"enrolment": enrolment, "may_cancel": may_cancel})


def _own(request: Any, enrolment_id: UUID) -> Enrolment:
    enrolment = own_enrolment(request.viewer, enrolment_id)
    if enrolment is None:
        raise Http404
    return enrolment
