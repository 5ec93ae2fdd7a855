"""Practising: today's banks, one question after the other, and what grew. Works without scripts too."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from leerhuis.base import clock
from leerhuis.base.edge import attempt
from leerhuis.base.ids import uuid7
from leerhuis.people.actions import lock_alive
from leerhuis.practice import queries
from leerhuis.practice.actions import rounds, sources
from leerhuis.practice.asking import Typed, asked, is_step, shown_first
from leerhuis.practice.forgetting import parameters_in_use
from leerhuis.practice.grading import Outcome, Unreadable, read_answer
from leerhuis.practice.models import Answer, Card, Question, Round, Trouble
from leerhuis.practice.my_reminders import asks_first
from leerhuis.practice.rules import NoAnswer, has_changed_since
from leerhuis.practice.views.parts import whole_or_part, with_practice
from leerhuis.practice.why import reason_in, why_now

LONGEST_MS = 10 * 60 * 1000  # somebody who takes longer was doing something else


@with_practice
@never_cache
@require_safe
def home(request: Any) -> HttpResponse:
    """Show every bank that is open to the person, with its mastery and the button that begins."""
    banks = queries.open_banks(request.viewer.person)
    retired = queries.retired_for(request.viewer.person)
    week = queries.practice_week(request.viewer.person)
    shown = {"banks": banks, "week": week, "retired": retired, "asks_reminders": asks_first(request.viewer.person)}
    return render(request, "practice/home.html", shown)


@with_practice
@require_POST
def read_of_change(request: Any) -> HttpResponse:
    """Keep that the person read which questions were retired; it is not told again."""
    person = lock_alive(request.viewer.person_id)
    with attempt():
        sources.read_of_change(person, by=request.actor)
    return redirect("practice_home")


@with_practice
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: Any, bank_id: UUID) -> HttpResponse:
    """Begin a round in a bank, or go on with the one left open; by GET show the button that does."""
    if request.method != "POST":
        opened = queries.open_bank(request.viewer.person, bank_id)
        return render(request, "practice/home.html", {"banks": [opened], "week": None})
    access = queries.access_to(request.viewer.person, bank_id)
    person = lock_alive(request.viewer.person_id)
    with attempt():
        topic = _topic(request.POST.get("topic", ""))
        started = rounds.start_round(person, access.bank, topic=topic, by=request.actor)
    return redirect("practice_round", started.id)


@with_practice
@never_cache
@require_safe
def round_page(request: Any, round_id: UUID) -> HttpResponse:
    """Show the next question of a round, or at its end what grew; `?after=` shows an answered question again."""
    current = queries.round_of(request.viewer.person, round_id)
    if request.GET.get("after"):
        answered = queries.answer_in(current, _uuid(request.GET["after"]))
        if answered:
            return _answered(request, current, answered)
    return _next(request, current)


@with_practice
@never_cache
@require_POST
def answer(request: Any, round_id: UUID, question_id: UUID) -> HttpResponse:
    """Take an answer, and show at once whether it is right and why."""
    current = queries.round_of(request.viewer.person, round_id)
    question = get_object_or_404(Question, pk=question_id, topic__bank=current.access.bank_id)
    typed = dict(request.POST.lists())
    if is_step(question.content, request.POST.getlist):
        return _next(request, current, typed=typed)
    try:
        given = read_answer(question.content, request.POST.getlist)
    except Unreadable as fault:
        return _next(request, current, fault=str(fault.words or NoAnswer.message), typed=typed)
    lock_alive(request.viewer.person_id)
    with attempt():
        kept = rounds.answer_question(
            current,
            question.id,
            given,
            key=_uuid(request.POST.get("key", "")),
            took_ms=_took(request.POST.get("shown", "")),
            by=request.actor,
        )
    return _after(request, current, kept)


@with_practice
@never_cache
@require_POST
def show_answer(request: Any, round_id: UUID, question_id: UUID) -> HttpResponse:
    """Show the answer to a question that was never met before it is tried."""
    current = queries.round_of(request.viewer.person, round_id)
    question = get_object_or_404(Question, pk=question_id, topic__bank=current.access.bank_id)
    lock_alive(request.viewer.person_id)
    with attempt():
        kept = rounds.show_answer(current, question.id, key=_uuid(request.POST.get("key", "")), by=request.actor)
    return _after(request, current, kept)


@with_practice
@never_cache
@require_POST
def report(request: Any, round_id: UUID, question_id: UUID) -> HttpResponse:
    """Tell the makers what is the matter with a question that was answered."""
    current = queries.round_of(request.viewer.person, round_id)
    question = get_object_or_404(Question, pk=question_id, topic__bank=current.access.bank_id)
    lock_alive(request.viewer.person_id)
    with attempt():
        rounds.report_question(current, question.id, request.POST.get("trouble", ""), by=request.actor)
    messages.success(request, _("Thank you. The makers of this question read what you said, not who said it."))
    return redirect(f"{reverse('practice_round', args=[current.id])}?after={question_id}")


@with_practice
@require_POST
def stop(request: Any, round_id: UUID) -> HttpResponse:
    """End a round before its last question, and show what grew."""
    current = queries.round_of(request.viewer.person, round_id)
    lock_alive(request.viewer.person_id)
    with attempt():
        rounds.end_round(current, by=request.actor)
    return redirect("practice_round", round_id)


def _next(request: Any, current: Round, fault: str = "", typed: Typed | None = None) -> HttpResponse:
    """Show the next question, or the end; `typed` is what was typed to it so far."""
    stand = queries.round_stand(current)
    context = {"round": current, "bank": current.access.bank, "stand": stand}
    if stand.next_id is None:
        context |= {"growth": queries.growth_of(current), "week": queries.practice_week(request.viewer.person)}
        return whole_or_part(request, "practice/round.html", "practice/_end.html", context)
    question = Question.objects.select_related("topic").get(pk=stand.next_id)
    card = Card.objects.filter(access=current.access, question=question).first()
    changed = has_changed_since(card, question)
    context |= {
        "changed": changed,
        "why": (
            [] if changed else why_now(reason_in(current, question.id), card, current.access.plan, parameters_in_use())
        ),
        "may_look": card is None and not typed,
        "asked": asked(question, current.id, typed=typed),
        "place": stand.answered + 1,
        "fault": fault,
        "key": uuid7(),
        "shown": _milliseconds(clock.now()),
    }
    return whole_or_part(request, "practice/round.html", "practice/_asking.html", context)


def _after(request: Any, current: Round, kept: Answer) -> HttpResponse:
    """Show what was answered, or without scripts lead to the page that does."""
    if request.htmx:
        return _answered(request, current, queries.answer_in(current, kept.question_id) or kept)
    return redirect(f"{reverse('practice_round', args=[current.id])}?after={kept.question_id}")


def _answered(request: Any, current: Round, kept: Answer) -> HttpResponse:
    """Show an answered question with its marks, its explanation and when it comes back."""
    stand = queries.round_stand(current)
    context = {
        "round": current,
        "bank": current.access.bank,
        "stand": stand,
        "place": stand.answered,
        "asked": shown_first(kept.question, current.id)
        if kept.outcome == Outcome.SHOWN
        else asked(kept.question, current.id, kept.given),
        "troubles": Trouble.choices,
        "reported": kept.trouble,
        "back": queries.days_until_back(current.access, kept.question_id),
    }
    return whole_or_part(request, "practice/round.html", "practice/_asking.html", context)


def _milliseconds(moment: datetime) -> int:
    return int(moment.astimezone(UTC).timestamp() * 1000)


def _took(shown: str) -> int | None:
    """Return how long the question was on the page, in milliseconds; None where that cannot be so."""
    if not shown.isdecimal() or len(shown) > 15:  # noqa: PLR2004 - more digits than a moment has
        return None
    took = _milliseconds(clock.now()) - int(shown)
    return took if 0 <= took <= LONGEST_MS else None


def _topic(text: str) -> UUID | None:
    """Return the topic of which a round is wanted; None for all of the bank, and for what is no id."""
    try:
        return UUID(text)
    except ValueError:
        return None


def _uuid(text: str) -> UUID:
    """Return a key that came with a form; a fresh one where it is none (without it, twice is still once per round)."""
    try:
        return UUID(text)
    except ValueError:
        return uuid7()
