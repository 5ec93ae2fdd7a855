"""Writing one question, and trying it as a learner meets it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.practice.actions import content
from leerhuis.practice.asking import asked, is_step
from leerhuis.practice.grading import Unreadable, read_answer
from leerhuis.practice.kinds import Kind
from leerhuis.practice.models import Bank, Question, Source
from leerhuis.practice.queries import reports_of
from leerhuis.practice.question_forms import Editor
from leerhuis.practice.rules import NoAnswer
from leerhuis.practice.views.parts import crumbs, with_practice


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request: Any, bank_id: UUID, kind: str) -> HttpResponse:
    """Write a new question of one kind."""
    bank = get_object_or_404(Bank, pk=bank_id)
    if kind not in Kind.values:
        raise Http404
    editor = Editor(Kind(kind), data=request.POST or None, topic=request.GET.get("topic", ""), bank=bank)
    if request.method == "POST" and editor.is_valid():
        try:
            with attempt():
                question = content.add_question(bank, editor.draft(), by=request.actor)
        except Refusal as refusal:
            editor.head.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question was added and is in use."))
            return redirect("practice_question", question.id)
    return _edit_page(request, editor, bank, _("Write a question"))


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def edit_question(request: Any, question_id: UUID) -> HttpResponse:
    """Rewrite a question; when somebody else saved it meanwhile, what was typed is kept and said to be newer."""
    question = get_object_or_404(Question.objects.select_related("topic__bank"), pk=question_id)
    editor = Editor(Kind(question.kind), question, request.POST or None)
    if request.method == "POST" and editor.is_valid():
        version = editor.head.cleaned_data["version"] or 0
        try:
            with attempt():
                content.change_question(question, editor.draft(), version=version, by=request.actor)
        except Refusal as refusal:
            editor = _again(editor, question, request.POST)
            editor.head.add_error(None, str(refusal))
        else:
            messages.success(request, _("The question was saved. Learners meet the new text from now on."))
            return redirect("practice_question", question.id)
    return _edit_page(request, editor, question.topic.bank, _("Change the question"))


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def question_page(request: Any, question_id: UUID) -> HttpResponse:
    """Show a question as a learner meets it; it can be tried, and nothing of that is kept."""
    question = get_object_or_404(Question.objects.select_related("topic__bank", "rests_on"), pk=question_id)
    given, fault = None, ""
    typed = dict(request.POST.lists())
    if request.method == "POST" and not is_step(question.content, request.POST.getlist):
        try:
            given = read_answer(question.content, request.POST.getlist)
        except Unreadable as unreadable:
            fault = str(unreadable.words or NoAnswer.message)
    context = {
        "question": question,
        "reported": reports_of(question),
        "aims": question.aims.select_related("objective"),
        "bank": question.topic.bank,
        "asked": asked(question, question.id, given, typed),
        "fault": fault,
        "crumbs": crumbs(question.topic.bank, question.title or _("Question")),
    }
    return render(request, "practice/author_question.html", context)


@with_practice
@require_POST
def settle_reports(request: Any, question_id: UUID) -> HttpResponse:
    """Keep that what learners said of a question was looked at."""
    question = get_object_or_404(Question, pk=question_id)
    with attempt():
        content.settle_reports(question, by=request.actor)
    messages.success(request, _("What learners said was looked at. It comes back when somebody says something new."))
    return redirect("practice_question", question.id)


def _edit_page(request: Any, editor: Editor, bank: Bank, here: str) -> HttpResponse:
    context = {
        "editor": editor,
        "bank": bank,
        "question": editor.question,
        "topics": bank.topics.values_list("title", flat=True),
        "sources": Source.objects.values_list("name", flat=True),
        "crumbs": crumbs(bank, here),
    }
    return render(request, "practice/author_question_edit.html", context)


def _again(editor: Editor, question: Question, typed: QueryDict) -> Editor:
    """Return the forms as they were typed, with the version that stands now: saving again replaces it."""
    data = typed.copy()
    data["version"] = str(question.version)
    again = Editor(editor.kind, question, data)
    again.is_valid()
    return again
