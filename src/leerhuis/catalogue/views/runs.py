"""Runs, as the office plans, changes and decides about them. Who has a seat is shown on the run's page, higher up."""

from copy import copy
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.catalogue import actions, mails
from leerhuis.catalogue.forms import CopyRunForm, LessonForm, PlanRunForm, RunForm, TrainerForm
from leerhuis.catalogue.models import Run
from leerhuis.catalogue.queries import clashes_of, courses_for, free_code, runs_for, teachings_in, trainers_of
from leerhuis.catalogue.rules import is_over, may_become
from leerhuis.catalogue.views.courses import crumbs
from leerhuis.catalogue.views.lessons import crumbs_of, next_lesson, note_look
from leerhuis.people.queries import trainers


def run_of(request: Any, run_id: UUID) -> Run:
    """Return a run that the viewer may see behind the counter, or answer 404."""
    return get_object_or_404(runs_for(request.viewer), pk=run_id)


@require_http_methods(["GET", "HEAD", "POST"])
def plan_run(request: Any) -> HttpResponse:
    """Plan a run: course, size, price and its first lesson in one form."""
    courses = courses_for(request.viewer)
    asked = {"course": request.GET.get("course"), "seats": 12, "minimum": 4}
    form = PlanRunForm(request.POST or None, courses=courses, initial=asked)
    first = LessonForm(request.POST or None, initial={"starts": "09:30", "ends": "16:30"})
    if request.method == "POST" and form.is_valid() and first.is_valid():
        facts = form.cleaned_data
        course = facts["course"]
        try:
            with attempt():
                run = actions.add_run(
                    course,
                    code=facts["code"] or free_code(course, first.cleaned_data["day"]),
                    seats=facts["seats"],
                    minimum=facts["minimum"],
                    price=facts["price"],
                    by=request.actor,
                )
                actions.add_lesson(run, by=request.actor, **first.facts)
        except Refusal as refusal:
            (form if refusal.field in form.fields else first).add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The run was planned. Add its other lessons and a trainer, then open it."))
            return redirect("catalogue_office_run", run.id)
    context = {"form": form, "lesson_form": first, "crumbs": crumbs(_("Plan a run"))}
    return render(request, "catalogue/office_run_add.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def edit_run(request: Any, run_id: UUID) -> HttpResponse:
    """Show a run with lessons and trainers, and change code, seats, minimum or price."""
    run = run_of(request, run_id)
    form = RunForm(request.POST or None, instance=copy(run))
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.change_run(run, by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The run was saved."))
            return redirect("catalogue_office_run", run.id)
        run.refresh_from_db()
    return render(request, "catalogue/office_run.html", {"form": form, **_around(request, run)})


def _around(request: Any, run: Run) -> dict[str, Any]:
    """Return what stands beside the form: lessons, trainers, clashes, and what can be done with the run now."""
    lessons = list(run.lessons.select_related("venue"))
    teachings = list(teachings_in([run]))
    taken = [teaching.trainer_id for teaching in teachings]
    free = trainers().exclude(pk__in=taken)
    shown = [*(each.trainer for each in teachings), *(() if is_over(run) else free)]
    note_look(request, shown, "catalogue_office_run")
    return {
        "run": run,
        "over": is_over(run),
        "lessons": lessons,
        "lesson_form": LessonForm(initial=next_lesson(lessons)),
        "teachings": teachings,
        "trainer_form": TrainerForm(trainers=free),
        "clashes": clashes_of(run),
        "steps": {state.value: may_become(run, state) for state in Run.State},
        "undo": request.GET.get("undo", ""),
        "crumbs": [*crumbs_of(run)[:-1], (run.code, "")],
    }


@require_POST
def open_run(request: Any, run_id: UUID) -> HttpResponse:
    """Open a run for registration."""
    return _step(request, run_of(request, run_id), actions.open_run, _("The run is open for registration."))


@require_POST
def close_run(request: Any, run_id: UUID) -> HttpResponse:
    """Declare a run finished."""
    return _step(request, run_of(request, run_id), actions.close_run, _("The run is finished."))


def _step(request: Any, run: Run, action: Any, told: str) -> HttpResponse:
    try:
        with attempt():
            action(run, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, told)
    return redirect(_page_of(run))


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_run(request: Any, run_id: UUID) -> HttpResponse:
    """Show who gets which mail, then decide that a run goes ahead."""
    return _decide(request, run_of(request, run_id), actions.confirm_run, mails.run_goes_ahead, Run.State.CONFIRMED)


@require_http_methods(["GET", "HEAD", "POST"])
def cancel_run(request: Any, run_id: UUID) -> HttpResponse:
    """Show who gets which mail, then decide that a run does not take place."""
    return _decide(request, run_of(request, run_id), actions.cancel_run, mails.run_cancelled, Run.State.CANCELLED)


def _decide(request: Any, run: Run, action: Any, kind: Any, state: str) -> HttpResponse:
    if request.method == "POST":
        try:
            with attempt():
                action(run, by=request.actor)
        except Refusal as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(request, _("Decided. Everyone concerned gets a mail."))
        return redirect(_page_of(run))
    told = list(trainers_of(run))
    note_look(request, told, "catalogue_office_run_decide")
    context = {
        "run": run,
        "cancels": state == Run.State.CANCELLED,
        "possible": may_become(run, state),
        "letters": [kind.preview(run, trainer) for trainer in told],
        "back": _page_of(run),
        "crumbs": crumbs_of(run),
    }
    return render(request, "catalogue/office_run_decide.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def copy_run(request: Any, run_id: UUID) -> HttpResponse:
    """Plan the same run again from another first day."""
    run = run_of(request, run_id)
    form = CopyRunForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        facts = form.cleaned_data
        code = facts["code"] or free_code(run.course, facts["first_day"])
        try:
            with attempt():
                made = actions.copy_run(
                    run, facts["first_day"], code=code, with_trainers=facts["with_trainers"], by=request.actor
                )
        except Refusal as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            messages.success(request, _("The run was copied. Look at its dates, then open it."))
            return redirect("catalogue_office_run", made.id)
    lessons = list(run.lessons.select_related("venue"))
    context = {"form": form, "run": run, "lessons": lessons, "crumbs": crumbs_of(run)}
    return render(request, "catalogue/office_run_copy.html", context)


@require_POST
def assign_trainer(request: Any, run_id: UUID) -> HttpResponse:
    """Have a trainer teach a run; with `show` the mail is shown first and nothing is done."""
    run = run_of(request, run_id)
    form = TrainerForm(request.POST, trainers=trainers())
    if not form.is_valid():
        messages.error(request, _("Choose a trainer first."))
        return redirect("catalogue_office_run", run.id)
    trainer = form.cleaned_data["trainer"]
    if "show" in request.POST:
        note_look(request, [trainer], "catalogue_office_trainer_assign")
        letters = [mails.trainer_assigned.preview(run, trainer)]
        return render(request, "catalogue/_letters.html", {"letters": letters})
    try:
        with attempt():
            actions.assign_trainer(run, trainer, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(name)s teaches this run and gets a mail.") % {"name": trainer.name})
    return redirect("catalogue_office_run", run.id)


@require_POST
def unassign_trainer(request: Any, run_id: UUID, teaching_id: UUID) -> HttpResponse:
    """End that a trainer teaches a run."""
    run = run_of(request, run_id)
    teaching = get_object_or_404(teachings_in([run]).select_related("run__course"), pk=teaching_id)
    try:
        with attempt():
            actions.unassign_trainer(teaching, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        words = _("%(name)s no longer teaches this run and gets a mail.") % {"name": teaching.trainer.name}
        messages.success(request, words)
    return redirect("catalogue_office_run", run.id)


def _page_of(run: Run) -> str:
    """Return the address of the run's page with its learners, or of this package's own page where there is none."""
    try:
        return reverse("results_office_run", args=[run.id])
    except NoReverseMatch:
        return reverse("catalogue_office_run", args=[run.id])
