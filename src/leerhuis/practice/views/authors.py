"""Making question banks: the list of banks, one bank with its questions, bringing files in and taking them out."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.lists.bulk import answer_bulk
from leerhuis.lists.page import answer
from leerhuis.practice import queries
from leerhuis.practice.actions import content
from leerhuis.practice.exchange.gift_writer import write_gift
from leerhuis.practice.forms import BankForm, ImportForm
from leerhuis.practice.importing import ImportReport, plan_import
from leerhuis.practice.kinds import Kind
from leerhuis.practice.models import Bank, Question
from leerhuis.practice.tables import BANKS, questions_in
from leerhuis.practice.views.parts import crumbs, with_practice


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
    """Change what a bank is called and said to be."""
    bank = get_object_or_404(Bank, pk=bank_id)
    form = BankForm(
        request.POST or None, initial={"title": bank.title, "summary": bank.summary, "language": bank.language}
    )
    if request.method == "POST" and form.is_valid():
        try:
            with attempt():
                content.change_bank(bank, by=request.actor, **form.cleaned_data)
        except Refusal as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            messages.success(request, _("The question bank was saved."))
            return redirect("practice_bank", bank_id)
    return render(
        request, "practice/author_bank_edit.html", {"form": form, "bank": bank, "crumbs": crumbs(bank, _("Change"))}
    )


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def bank(request: Any, bank_id: UUID) -> HttpResponse:
    """Show a bank with its questions, searched and filtered; keep views of the list; download the same list."""
    shown = get_object_or_404(Bank, pk=bank_id)
    context = {"bank": shown, "kinds": Kind.choices, "crumbs": crumbs(shown)}
    return answer(request, questions_in(shown), "practice/author_bank.html", context)


@with_practice
@require_POST
def bank_bulk(request: Any, bank_id: UUID) -> HttpResponse:
    """Take many questions out of use, or into use, after showing it, and take it back."""
    return answer_bulk(request, questions_in(get_object_or_404(Bank, pk=bank_id)), "practice_bank")


@with_practice
@require_safe
def export_gift(request: Any, bank_id: UUID) -> HttpResponse:
    """Give the questions of a bank that are in use as a GIFT file."""
    shown = get_object_or_404(Bank, pk=bank_id)
    questions = queries.questions_of(shown, state=Question.State.RELEASED).prefetch_related("aims__objective")
    text = write_gift(queries.draft_of(question) for question in questions)
    name = f"{slugify(shown.title) or 'questions'}.gift"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="text/plain; charset=utf-8", headers=headers)


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def bring_in(request: Any, bank_id: UUID) -> HttpResponse:
    """Take a GIFT file or text, show what would become of each item, and bring it in when the author says so."""
    shown = get_object_or_404(Bank, pk=bank_id)
    form = ImportForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"bank": shown, "form": form, "crumbs": crumbs(shown, _("Bring questions in"))}
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            plan = plan_import(shown, data["text"], topic=data["topic"] or shown.title)
            if "confirm" in request.POST and plan.usable:
                with attempt():
                    done = content.import_bank(
                        shown, data["text"], source=data["name"], topic=data["topic"], by=request.actor
                    )
                return _brought_in(request, shown, done)
            context |= {"plan": plan, "held": data}
        except Refusal as refusal:
            form.add_error(None, str(refusal))
    return render(request, "practice/author_import.html", context)


@with_practice
@require_POST
def set_state(request: Any, question_id: UUID) -> HttpResponse:
    """Take a question out of use, or into use again; the form says which, so that twice is once."""
    question = get_object_or_404(Question.objects.select_related("topic"), pk=question_id)
    if request.POST.get("state") == Question.State.WITHDRAWN:
        with attempt():
            content.withdraw_question(question, by=request.actor)
        messages.success(request, _("The question was withdrawn."))
    else:
        with attempt():
            content.restore_question(question, by=request.actor)
        messages.success(request, _("The question is in use again."))
    return redirect("practice_question", question.id)


def _brought_in(request: Any, shown: Bank, done: ImportReport) -> HttpResponse:
    messages.success(request, _("%(count)s questions were brought in.") % {"count": done.usable})
    return render(
        request,
        "practice/author_imported.html",
        {"bank": shown, "plan": done, "crumbs": crumbs(shown, _("What was brought in"))},
    )
