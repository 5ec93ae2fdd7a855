"""Making question banks: the list of banks, and one bank with its questions."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists.bulk import answer_bulk
from leerhuis.lists.page import answer
from leerhuis.practice.actions import content
from leerhuis.practice.actions.authors import name_authors
from leerhuis.practice.exchange.writing import FORMS
from leerhuis.practice.forms import BankForm, BankSettingsForm
from leerhuis.practice.kinds import Kind
from leerhuis.practice.models import Bank
from leerhuis.practice.queries import authors_of, may_write, possible_authors, waiting_for
from leerhuis.practice.tables import BANKS, questions_in
from leerhuis.practice.views.parts import crumbs, to_write, with_practice


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def banks(request: Any) -> HttpResponse:
    """List and search the question banks; keep views of the list; download the same list."""
    return answer(request, BANKS, "practice/author_banks.html")


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def add_bank(request: Any) -> HttpResponse:
    """Make a new question bank."""
    form = BankForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                bank = content.add_bank(by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The question bank was made. Bring questions in, or write the first one."))
            return redirect("practice_bank", bank.id)
    return render(
        request, "practice/author_bank_edit.html", {"form": form, "bank": None, "crumbs": crumbs(None, _("Add"))}
    )


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def edit_bank(request: Any, bank_id: UUID) -> HttpResponse:
    """Change what a bank is called and said to be, and how its authors work together."""
    bank = to_write(request, get_object_or_404(Bank, pk=bank_id))
    said = {name: getattr(bank, name) for name in ("title", "summary", "language", "four_eyes")}
    form = BankSettingsForm(request.POST or None, initial={**said, "authors": authors_of(bank)})
    if request.method == "POST" and form.is_valid():
        people = form.cleaned_data.pop("authors")
        try:
            with attempt():
                content.change_bank(bank, by=request.actor, **form.cleaned_data)
                name_authors(bank, people, by=request.actor)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The question bank was saved."))
            return redirect("practice_bank", bank_id)
    named = possible_authors().values_list("id", flat=True)
    look(by=request.actor, subjects=named, purpose="practice.authoring", screen="practice_edit_bank")
    return render(
        request, "practice/author_bank_edit.html", {"form": form, "bank": bank, "crumbs": crumbs(bank, _("Change"))}
    )


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: Any, bank_id: UUID) -> HttpResponse:
    """Show a bank with its questions, searched and filtered; keep views of the list; download the same list."""
    shown = get_object_or_404(Bank, pk=bank_id)
    writes = may_write(request.viewer, shown)
    context = {
        "bank": shown,
        "kinds": Kind.choices,
        "ways": FORMS,
        "writes": writes,
        "waiting": waiting_for(request.viewer).filter(topic__bank=shown).count(),
        "crumbs": crumbs(shown),
    }
    return answer(request, questions_in(shown, writes=writes), "practice/author_bank.html", context)


@with_practice
@require_POST
def bank_bulk(request: Any, bank_id: UUID) -> HttpResponse:
    """Take many questions a step further, or say where they belong, after showing it, and take it back."""
    bank = to_write(request, get_object_or_404(Bank, pk=bank_id))
    return answer_bulk(request, questions_in(bank, writes=True), "practice_bank")
