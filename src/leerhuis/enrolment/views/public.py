"""Registering on the website, and objecting from a mail."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from leerhuis.audit.actor import Actor
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.limits import CROWD, limited
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue.models import Course, Run
from leerhuis.catalogue.queries import run_to_register_for, upcoming_runs
from leerhuis.conditions.queries import date_in_force
from leerhuis.enrolment import actions, rules
from leerhuis.enrolment.forms import RegisterForm
from leerhuis.enrolment.models import Enrolment, Registration
from leerhuis.enrolment.queries import enrolment_of_token, order_line, seats_left, with_seats_left
from leerhuis.people.actions import lock_alive

SHOWN_FOR = timedelta(days=1)


@never_cache
@limited("registration", crowd=CROWD)
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: Any, run_id: UUID) -> HttpResponse:
    """Register for a run on one page: as a visitor without an account, or as whoever is signed in."""
    run = run_to_register_for(run_id)
    if run is None:
        return _closed(request, run_id)
    viewer = request.viewer
    if viewer is None and not request.tenant.settings.features.registration_without_account:
        return HttpResponseRedirect(f"{reverse('account_login')}?{urlencode({'next': request.get_full_path()})}")
    left = seats_left(run)
    asked = rules.asked_of_learner(run.course, run.course.questions.all())
    form = RegisterForm(
        request.POST or None,
        person=viewer.person if viewer else None,
        asked=asked,
        seats=left,
        language=_language(),
    )
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                registration = _register(request, run, form)
        except Refusal as refusal:
            if isinstance(refusal, rules.RunFull):
                form.offer_waiting()
                left = 0
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("enrolment_registered", registration.id)
    return render(request, "enrolment/register.html", {"run": run, "form": form, "left": left})


def _register(request: Any, run: Run, form: RegisterForm) -> Registration:
    data = form.cleaned_data
    said: dict[str, Any] = {
        "answers": form.answers,
        "may_wait": bool(data.get("may_wait")),
        "conditions_on": date_in_force(request.tenant.settings),
        "form_key": data["form_key"],
        "by": request.actor,
    }
    if request.viewer:
        return actions.register_oneself(run, lock_alive(request.viewer.person_id), **said)
    who = {name: data[name] for name in ("email", "first_name", "last_name")}
    return actions.register_visitor(run, **who, language=_language(), **said)


def _closed(request: Any, run_id: UUID) -> HttpResponse:
    """Say that a run takes no registrations, with other dates of the same course; 404 for what was never public."""
    public = Run.objects.exclude(state=Run.State.PLANNED).filter(course__state=Course.State.PUBLISHED)
    run = public.select_related("course").filter(pk=run_id).first()
    if run is None:
        raise Http404
    others = with_seats_left(upcoming_runs(run.course))
    return render(request, "enrolment/closed.html", {"run": run, "others": others}, status=410)


@require_safe
def registered(request: Any, registration_id: UUID) -> HttpResponse:
    """Say what happened and what comes next, for a day; without a name or an address, so that it may be seen by anyone.

    Somebody who was enrolled already reads the same as somebody new: only their mail says so.
    """
    recent = Registration.objects.filter(source=Registration.Source.WEBSITE, created_at__gt=clock.now() - SHOWN_FOR)
    registration = recent.select_related("run__course").filter(pk=registration_id).first()
    if registration is None:
        raise Http404
    enrolment = registration.enrolments.first()
    waits = enrolment.state == Enrolment.State.WAITING if enrolment else not seats_left(registration.run)
    shown = {"run": registration.run, "waits": waits, "lessons": registration.run.lessons.select_related("venue")}
    return render(request, "enrolment/registered.html", shown)


@never_cache
@limited("sharing", reads=True)
@require_http_methods(["GET", "HEAD", "POST"])
def sharing(request: Any, token: str) -> HttpResponse:
    """Let a learner object from the link in their mail, without signing in. Keeps: K6."""
    enrolment = enrolment_of_token(token)
    if enrolment is None or not hasattr(enrolment, "grant"):
        raise Http404
    if request.method == "POST":
        learner = lock_alive(enrolment.learner_id)
        with attempt():
            actions.object_to_sharing(enrolment, by=Actor.person(learner.id))
        return redirect("enrolment_sharing", token)
    shown = {"enrolment": enrolment, "line": order_line(enrolment, _language()), "grant": enrolment.grant}
    return render(request, "enrolment/sharing.html", shown)


def _language() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"
