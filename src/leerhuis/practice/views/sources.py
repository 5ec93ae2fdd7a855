"""Sources that make answers right, and learning goals: lists, words, and saying that a source changed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.practice.actions import sources as actions
from leerhuis.practice.models import Bank, Objective, Question, Source
from leerhuis.practice.queries import objectives_of, sources_of_academy
from leerhuis.practice.source_forms import ChangedForm, ObjectiveForm, SourceForm
from leerhuis.practice.views.parts import crumbs, to_write, with_practice


@with_practice
@require_safe
def source_list(request: Any) -> HttpResponse:
    """List the sources with how many questions rest on each."""
    context = {"sources": sources_of_academy(), "today": clock.today(), "crumbs": crumbs(None, _("Sources"))}
    return render(request, "practice/author_sources.html", context)


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def add_source(request: Any) -> HttpResponse:
    """Name a source."""
    form = SourceForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                made = actions.add_source(by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The source was added. Name it in a question to let that rest on it."))
            return redirect("practice_source", made.id)
    context = {"form": form, "source": None, "crumbs": _trail(_("Add a source"))}
    return render(request, "practice/author_source_edit.html", context)


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def source_page(request: Any, source_id: UUID) -> HttpResponse:
    """Show a source with its questions, change its words, and say that it changed."""
    source = get_object_or_404(Source, pk=source_id)
    said = {"name": source.name, "address": source.address, "valid_until": source.valid_until}
    form = SourceForm(request.POST or None, initial=said)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.change_source(source, by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The source was saved."))
            return redirect("practice_source", source.id)
    return _source_page(request, source, form, ChangedForm(initial={"on": clock.today()}))


@with_practice
@require_POST
def source_changed(request: Any, source_id: UUID) -> HttpResponse:
    """Say that a source changed: its questions leave the rounds until somebody has looked at them."""
    source = get_object_or_404(Source, pk=source_id)
    form = ChangedForm(request.POST)
    if not form.is_valid():
        return _source_page(request, source, None, form, status=422)
    with attempt():
        count = actions.declare_changed(source, on=form.cleaned_data["on"], by=request.actor)
    words = ngettext(
        "%(count)d question left the rounds. Look at it, and take it into use again.",
        "%(count)d questions left the rounds. Look at them, and take them into use again.",
        count,
    )
    messages.success(request, words % {"count": count})
    return redirect("practice_source", source.id)


@with_practice
@require_POST
def remove_source(request: Any, source_id: UUID) -> HttpResponse:
    """Take out a source on which nothing rests."""
    source = get_object_or_404(Source, pk=source_id)
    try:
        with attempt():
            actions.remove_source(source, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("practice_source", source_id)
    messages.success(request, _("The source was taken out."))
    return redirect("practice_sources")


@with_practice
@require_safe
def objective_list(request: Any, bank_id: UUID) -> HttpResponse:
    """List the learning goals of a bank, with how many questions serve each."""
    bank = get_object_or_404(Bank, pk=bank_id)
    context = {"bank": bank, "objectives": objectives_of(bank), "crumbs": crumbs(bank, _("Learning goals"))}
    return render(request, "practice/author_objectives.html", context)


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def edit_objective(request: Any, objective_id: UUID) -> HttpResponse:
    """Put a learning goal in other words, and see the questions that serve it."""
    objective = get_object_or_404(Objective.objects.select_related("bank"), pk=objective_id)
    to_write(request, objective.bank)
    form = ObjectiveForm(request.POST or None, initial={"title": objective.title})
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                actions.change_objective(objective, title=form.cleaned_data["title"], by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The learning goal was saved."))
            return redirect("practice_objectives", objective.bank_id)
    context = {
        "objective": objective,
        "bank": objective.bank,
        "form": form,
        "questions": Question.objects.filter(aims__objective=objective).select_related("topic"),
        "crumbs": crumbs(objective.bank, _("Learning goal")),
    }
    return render(request, "practice/author_objective.html", context)


def _source_page(
    request: Any, source: Source, form: SourceForm | None, changed: ChangedForm, status: int = 200
) -> HttpResponse:
    said = {"name": source.name, "address": source.address, "valid_until": source.valid_until}
    context = {
        "source": source,
        "form": form or SourceForm(initial=said),
        "changed": changed,
        "questions": Question.objects.filter(rests_on=source).select_related("topic__bank").order_by("state", "id"),
        "crumbs": _trail(source.name),
    }
    return render(request, "practice/author_source_edit.html", context, status=status)


def _trail(here: str) -> list[tuple[str, str]]:
    banks, *_rest = crumbs(None)
    return [banks, (_("Sources"), reverse("practice_sources")), (here, "")]
