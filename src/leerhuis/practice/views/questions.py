"""Writing one question, seeing it as a learner meets it while one writes, and trying it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.practice import queries
from leerhuis.practice.actions import content
from leerhuis.practice.asking import asked, is_step
from leerhuis.practice.forms import CommentForm
from leerhuis.practice.grading import Unreadable, read_answer
from leerhuis.practice.kinds import Kind
from leerhuis.practice.models import Bank, Question, Source, Version
from leerhuis.practice.neighbours import neighbours_of
from leerhuis.practice.previewing import preview_of
from leerhuis.practice.queries import reports_of
from leerhuis.practice.question_forms import Editor
from leerhuis.practice.rules import NoAnswer
from leerhuis.practice.views.parts import crumbs, to_write, whole_or_part, with_practice

State = Question.State
_ADDED: dict[str, str | Promise] = {
    State.RELEASED: gettext_lazy("The question was added and is in use."),
    State.REVIEW: gettext_lazy("The question was added and waits for review."),
    State.DRAFT: gettext_lazy("The question was added as a draft."),
}
_SAVED: dict[str, str | Promise] = {
    Version.Change.MEANING: gettext_lazy(
        "The question was saved. Its meaning changed, so learners who knew it get it again."
    ),
    Version.Change.WORDS: gettext_lazy(
        "The question was saved. Only words changed, so what learners know still stands."
    ),
}


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def add_question(request: Any, bank_id: UUID, kind: str) -> HttpResponse:
    """Write a new question of one kind; the button says whether it is a draft, goes to review or into use."""
    bank = to_write(request, get_object_or_404(Bank, pk=bank_id))
    editor = Editor(_kind(kind), data=request.POST or None, topic=request.GET.get("topic", ""), bank=bank)
    if request.method == "POST" and editor.is_valid():
        usual = State.REVIEW if bank.four_eyes else State.RELEASED
        asked_for = request.POST.get("state", "")
        state = State(asked_for) if asked_for in _ADDED else usual
        try:
            with attempt():
                question = content.add_question(bank, editor.draft(), state=state, by=request.actor)
        except Refusal as refusal:
            editor.head.add_error(None, str(refusal))
        else:
            messages.success(request, str(_ADDED[state]))
            return redirect("practice_question", question.id)
    return _edit_page(request, editor, bank, _("Write a question"))


@with_practice
@require_http_methods(["GET", "HEAD", "POST"])
def edit_question(request: Any, question_id: UUID) -> HttpResponse:
    """Rewrite a question; when somebody else saved it meanwhile, what was typed is kept and said to be newer."""
    question = get_object_or_404(Question.objects.select_related("topic__bank"), pk=question_id)
    bank = to_write(request, question.topic.bank)
    neighbours = neighbours_of(question)
    editor = Editor(Kind(question.kind), question, request.POST or None)
    if request.method == "POST" and editor.is_valid():
        version = editor.head.cleaned_data["version"] or 0
        try:
            with attempt():
                change = content.change_question(
                    question, editor.draft(), version=version, means_else=editor.means_else, by=request.actor
                )
        except Refusal as refusal:
            editor = _again(editor, question, request.POST)
            editor.head.add_error(None, str(refusal))
        else:
            return _saved(request, question, change, neighbours[1])
    return _edit_page(request, editor, bank, _("Change the question"), neighbours)


@with_practice
@require_POST
def preview(request: Any, bank_id: UUID, kind: str) -> HttpResponse:
    """Show what is being written as a learner would meet it, and judge an answer to it; nothing of it is kept."""
    bank = get_object_or_404(Bank, pk=bank_id)
    of = request.POST.get("of", "")
    question = _question_of(bank, kind, of)
    editor = Editor(_kind(kind), question, request.POST, bank=bank)
    context = {"bank": bank, "kind": kind, "preview": preview_of(editor, bank), "of": of, "crumbs": crumbs(bank)}
    return whole_or_part(request, "practice/author_preview.html", "practice/_preview.html", context)


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
    comments = list(queries.comments_on(question))
    named = {each.author_id for each in comments} | {each.settled_by_id for each in comments if each.settled_by_id}
    look(by=request.actor, subjects=named, purpose="practice.comments", screen="practice_question")
    previous, following = neighbours_of(question)
    context = {
        "question": question,
        "reported": reports_of(question),
        "aims": question.aims.select_related("objective"),
        "bank": question.topic.bank,
        "asked": asked(question, question.id, given, typed),
        "fault": fault,
        "writes": queries.may_write(request.viewer, question.topic.bank),
        "comments": comments,
        "comment_form": CommentForm(),
        "previous": previous,
        "following": following,
        "crumbs": crumbs(question.topic.bank, question.title or _("Question")),
    }
    return render(request, "practice/author_question.html", context)


@with_practice
@require_POST
def settle_reports(request: Any, question_id: UUID) -> HttpResponse:
    """Keep that what learners said of a question was looked at."""
    question = get_object_or_404(Question.objects.select_related("topic__bank"), pk=question_id)
    to_write(request, question.topic.bank)
    with attempt():
        content.settle_reports(question, by=request.actor)
    messages.success(request, _("What learners said was looked at. It comes back when somebody says something new."))
    return redirect("practice_question", question.id)


def _saved(request: Any, question: Question, change: str, following: UUID | None) -> HttpResponseRedirect:
    """Tell what the change was taken for, and lead to the question, or on to the next one where that was asked."""
    messages.success(request, str(_SAVED[change]))
    if Question.objects.filter(pk=question.pk, state=State.REVIEW).exists() and question.is_released:
        messages.info(request, _("It waits for review now: another author takes it into use."))
    if request.POST.get("then") == "next" and following:
        return redirect("practice_edit_question", following)
    return redirect("practice_question", question.id)


def _edit_page(
    request: Any, editor: Editor, bank: Bank, here: str, neighbours: tuple[UUID | None, UUID | None] = (None, None)
) -> HttpResponse:
    context = {
        "editor": editor,
        "bank": bank,
        "kind": editor.kind.value,
        "question": editor.question,
        "of": editor.question.id if editor.question else "",
        "preview": preview_of(editor, bank),
        "previous": neighbours[0],
        "following": neighbours[1],
        "topics": bank.topics.values_list("title", flat=True),
        "sources": Source.objects.values_list("name", flat=True),
        "back": reverse("practice_question", args=[editor.question.id])
        if editor.question
        else reverse("practice_bank", args=[bank.id]),
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


def _kind(kind: str) -> Kind:
    if kind not in Kind.values:
        raise Http404
    return Kind(kind)


def _question_of(bank: Bank, kind: str, of: str) -> Question | None:
    """Return the question of a bank that a form is about; None for a new one, and for an id that is none."""
    try:
        wanted = UUID(of)
    except ValueError:
        return None
    return Question.objects.filter(pk=wanted, topic__bank=bank, kind=kind).select_related("topic__bank").first()
