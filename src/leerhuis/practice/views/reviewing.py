"""Working on questions together: their state, their versions, and what authors say about them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from leerhuis.audit.actions import look
from leerhuis.base.edge import attempt
from leerhuis.base.refusals import Refusal
from leerhuis.people.actions import lock_alive
from leerhuis.practice import queries
from leerhuis.practice.actions import authors, content, releasing
from leerhuis.practice.differences import Difference, differences
from leerhuis.practice.forms import CommentForm
from leerhuis.practice.models import Comment, Question, Version
from leerhuis.practice.views.parts import crumbs, to_write, with_practice

ON_A_PAGE = 20
State = Question.State
_STEPS: dict[str, tuple[Any, str | Promise]] = {
    State.RELEASED: (releasing.release_question, gettext_lazy("The question is in use.")),
    State.REVIEW: (releasing.send_to_review, gettext_lazy("The question waits for review.")),
    State.DRAFT: (releasing.send_back, gettext_lazy("The question is a draft again.")),
    State.WITHDRAWN: (releasing.withdraw_question, gettext_lazy("The question was withdrawn.")),
}


@with_practice
@require_POST
def set_state(request: Any, question_id: UUID) -> HttpResponse:
    """Take a question a step further or back; the form says which, so that twice is once."""
    question = _question(question_id)
    to_write(request, question.topic.bank)
    state = request.POST.get("state", "")
    step, words = _STEPS.get(state, (None, ""))
    if step is None:
        return HttpResponseBadRequest()
    seen = {"seen": _number(request.POST.get("version")) or None} if state == State.RELEASED else {}
    try:
        with attempt():
            step(question, **seen, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, str(words))
    return redirect("practice_question", question.id)


@with_practice
@require_safe
def versions(request: Any, question_id: UUID) -> HttpResponse:
    """Show what a question said, version by version: who saved it, when, and what differed."""
    question = _question(question_id)
    page = Paginator(queries.versions_of(question), ON_A_PAGE).get_page(request.GET.get("page"))
    rows = list(page.object_list)
    older = queries.versions_of(question).filter(number__lt=rows[-1].number).first() if rows else None
    told = [(each, _difference(before, each)) for each, before in zip(rows, [*rows[1:], older], strict=True)]
    writers = {each.writer_id for each in rows if each.writer_id}
    look(by=request.actor, subjects=writers, purpose="practice.authoring", screen="practice_versions")
    here = (_("Versions"), "")
    trail = crumbs(question.topic.bank, question.title or _("Question"))
    context = {
        "question": question,
        "bank": question.topic.bank,
        "page": page,
        "versions": told,
        "writes": queries.may_write(request.viewer, question.topic.bank),
        "crumbs": [*trail[:-1], (trail[-1][0], reverse("practice_question", args=[question.id])), here],
    }
    return render(request, "practice/author_versions.html", context)


@with_practice
@require_POST
def return_version(request: Any, question_id: UUID, version_id: UUID) -> HttpResponse:
    """Let a question say again what an earlier version said."""
    question = _question(question_id)
    to_write(request, question.topic.bank)
    number = get_object_or_404(Version, pk=version_id, question=question).number
    change, read = request.POST.get("change"), _number(request.POST.get("version"))
    means_else = change == Version.Change.MEANING if change in (Version.Change.MEANING, Version.Change.WORDS) else None
    try:
        with attempt():
            content.return_to_version(question, number, version=read, means_else=means_else, by=request.actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("practice_versions", question.id)
    messages.success(request, _("The question says again what version %(number)d said.") % {"number": number})
    return redirect("practice_question", question.id)


@with_practice
@require_POST
def comment(request: Any, question_id: UUID) -> HttpResponse:
    """Say something about a question to its other authors."""
    question = _question(question_id)
    form = CommentForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Write something first. Nothing was added."))
        return redirect("practice_question", question.id)
    person = lock_alive(request.viewer.person_id)
    with attempt():
        authors.add_comment(question, form.cleaned_data["text"], author=person, by=request.actor)
    messages.success(request, _("Your comment was added."))
    return redirect(f"{reverse('practice_question', args=[question.id])}#comments")


@with_practice
@require_POST
def settle_comment(request: Any, comment_id: UUID) -> HttpResponse:
    """Say that a comment is settled, or open after all; the form says which, so that twice is once."""
    found = get_object_or_404(Comment, pk=comment_id)
    with attempt():
        if request.POST.get("settled") == "no":
            authors.reopen_comment(found, by=request.actor)
        else:
            authors.settle_comment(found, by=request.actor)
    return redirect(f"{reverse('practice_question', args=[found.question_id])}#comments")


def _question(question_id: UUID) -> Question:
    return get_object_or_404(Question.objects.select_related("topic__bank", "rests_on"), pk=question_id)


def _difference(before: Version | None, after: Version) -> list[Difference] | None:
    """Return what a version changed; None for the first one."""
    return differences(before, after) if before else None


def _number(said: str | None) -> int:
    return int(said) if said and said.isdecimal() and len(said) < 10 else 0  # noqa: PLR2004 - digits of a number
