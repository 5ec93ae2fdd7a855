"""Lessons of a run, as the office adds, moves and drops them; dropping can be undone for a while."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.audit.actions import look
from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue import actions, mails
from leerhuis.catalogue.forms import LessonForm
from leerhuis.catalogue.models import Lesson, Run, Venue
from leerhuis.catalogue.queries import runs_for, trainers_of
from leerhuis.catalogue.rules import LIVE
from leerhuis.catalogue.views.courses import crumbs
from leerhuis.people.models import Person
from leerhuis.ui.wording import day_time

UNDO_SECONDS = 120
_SALT = "removed lesson"
_NEXT_AFTER = timedelta(days=7)


def note_look(request: Any, shown: Iterable[Person], screen: str) -> None:
    """Write down that these trainers were shown to whoever plans."""
    subjects = [trainer.id for trainer in shown]
    look(by=request.actor, subjects=subjects, purpose="catalogue.teaching", screen=screen)


def next_lesson(lessons: list[Lesson]) -> dict[str, Any]:
    """Return what the next lesson of a run most likely is: a week after the last, same hours, same place."""
    if not lessons:
        return {"starts": "09:30", "ends": "16:30"}
    last = lessons[-1]
    starts, ends = last.starts_at.astimezone(clock.zone()), last.ends_at.astimezone(clock.zone())
    day = starts.date() + _NEXT_AFTER
    return {"day": day, "starts": starts.time(), "ends": ends.time(), "venue": last.venue_id, "room": last.room}


def crumbs_of(run: Run) -> list[tuple[str, str]]:
    """Return where a page below a run stands."""
    course = (run.course.title, reverse("catalogue_office_course", args=[run.course_id]))
    return [*crumbs(), course, (run.code, reverse("catalogue_office_run", args=[run.id]))]


@require_http_methods(["GET", "HEAD", "POST"])
def add_lesson(request: Any, run_id: UUID) -> HttpResponse:
    """Add a lesson to a run."""
    run = get_object_or_404(runs_for(request.viewer), pk=run_id)
    lessons = list(run.lessons.select_related("venue"))
    form = LessonForm(request.POST or None, initial=next_lesson(lessons))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.add_lesson(run, by=request.actor, **form.facts)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The lesson was added."))
            return redirect("catalogue_office_run", run.id)
    context = {"form": form, "run": run, "lesson": None, "crumbs": crumbs_of(run)}
    return render(request, "catalogue/office_lesson.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_lesson(request: Any, run_id: UUID, lesson_id: UUID) -> HttpResponse:
    """Change a lesson; with `show` the mails about it are shown first and nothing is done."""
    run = get_object_or_404(runs_for(request.viewer), pk=run_id)
    lesson = get_object_or_404(run.lessons.select_related("venue", "run__course"), pk=lesson_id)
    form = LessonForm(request.POST or None, lesson=lesson)
    if "show" in request.POST:
        note_look(request, trainers_of(run), "catalogue_office_lesson")
        return render(request, "catalogue/_letters.html", _letters(lesson, form))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.change_lesson(lesson, by=request.actor, **form.facts)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The lesson was saved."))
            return redirect("catalogue_office_run", run.id)
    told = list(trainers_of(run))
    note_look(request, told, "catalogue_office_lesson")
    names = ", ".join(trainer.name for trainer in told)
    context = {"form": form, "run": run, "lesson": lesson, "told": told, "told_names": names, "crumbs": crumbs_of(run)}
    return render(request, "catalogue/office_lesson.html", context)


def _letters(lesson: Lesson, form: LessonForm) -> dict[str, Any]:
    """Return the mails that trainers would get if the form were saved now."""
    if not form.is_valid():
        return {"letters": [], "faulty": True}
    before = (lesson.starts_at, lesson.ends_at)
    for name, value in form.facts.items():
        setattr(lesson, name, value)
    letters = [mails.lesson_moved.preview(lesson, *before, trainer) for trainer in trainers_of(lesson.run)]
    return {"letters": letters}


@require_POST
def remove_lesson(request: Any, run_id: UUID, lesson_id: UUID) -> HttpResponse:
    """Drop a lesson. Where nobody hears of it, the next page offers to put it back; else the mails are shown first."""
    run = get_object_or_404(runs_for(request.viewer), pk=run_id)
    lesson = get_object_or_404(run.lessons.select_related("venue", "run__course"), pk=lesson_id)
    told = list(trainers_of(run)) if lesson.ends_at > clock.now() else []
    quiet = not told and (run.state not in LIVE or lesson.ends_at <= clock.now())
    if not quiet and "sure" not in request.POST:
        note_look(request, told, "catalogue_office_lesson_remove")
        letters = [mails.lesson_removed.preview(lesson, trainer) for trainer in told]
        context = {"run": run, "lesson": lesson, "letters": letters, "crumbs": crumbs_of(run)}
        return render(request, "catalogue/office_lesson_remove.html", context)
    token = _kept(lesson)
    try:
        with attempt():
            actions.remove_lesson(lesson, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("catalogue_office_run", run.id)
    messages.success(request, _("The lesson of %(when)s was dropped.") % {"when": day_time(lesson.starts_at)})
    undo = f"?{urlencode({'undo': token})}" if quiet else ""
    return redirect(reverse("catalogue_office_run", args=[run.id]) + undo)


@require_POST
def restore_lesson(request: Any, run_id: UUID, token: str) -> HttpResponse:
    """Put a lesson back that was dropped a moment ago."""
    run = get_object_or_404(runs_for(request.viewer), pk=run_id)
    facts = _facts_of(run, token)
    if facts is None:
        messages.error(request, _("It is too late to undo this. Add the lesson again below."))
        return redirect("catalogue_office_run", run.id)
    try:
        with attempt():
            actions.add_lesson(run, by=request.actor, **facts)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The lesson is back."))
    return redirect("catalogue_office_run", run.id)


def _kept(lesson: Lesson) -> str:
    """Return the facts of a lesson as a signed text that works for two minutes."""
    facts = {
        "run": str(lesson.run_id),
        "starts_at": lesson.starts_at.isoformat(),
        "ends_at": lesson.ends_at.isoformat(),
        "venue": str(lesson.venue_id) if lesson.venue_id else "",
        "room": lesson.room,
        "online_link": lesson.online_link,
        "title": lesson.title,
    }
    return signing.dumps(facts, salt=_SALT)


def _facts_of(run: Run, token: str) -> dict[str, Any] | None:
    """Return the facts that a text holds; None when it is forged, too old or of another run."""
    try:
        facts: dict[str, Any] = signing.loads(token, salt=_SALT, max_age=UNDO_SECONDS)
    except signing.BadSignature:
        return None
    if facts.pop("run") != str(run.id):
        return None
    facts["venue"] = Venue.objects.filter(pk=facts["venue"]).first() if facts["venue"] else None
    return facts | {name: datetime.fromisoformat(facts[name]) for name in ("starts_at", "ends_at")}
