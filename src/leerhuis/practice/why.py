"""Why a question is asked now, in words that a learner understands."""

import math
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext as _

from leerhuis.base import clock
from leerhuis.practice.forgetting import exam_moment
from leerhuis.practice.models import Card, Round
from leerhuis.practice.pacing import Plan, Why
from leerhuis.practice.scheduling import DEFAULT, Parameters, recall
from leerhuis.ui.wording import day_long


def reason_in(of_round: Round, question_id: UUID) -> Why | None:
    """Return why a round asks a question; None for one that was made before reasons were kept."""
    reasons = dict(zip(of_round.order, of_round.reasons, strict=False))
    return Why(reasons[question_id]) if question_id in reasons else None


def why_now(reason: Why | None, card: Card | None, plan: Plan, parameters: Parameters = DEFAULT) -> list[str]:
    """Return the sentences that say why a question is asked; none where nothing is known of it.

    `parameters` are those by which practice is scheduled.
    """
    if reason is None:
        return []
    if card is None:
        return _of_new(plan)
    if not card.memory.is_known:
        return [_of_missed(card)]
    exam_on = plan.exam_ahead(clock.today())
    if reason is Why.EXAM and exam_on:
        return [_of_right(card), *_of_exam(card, plan, exam_on, parameters)]
    told = [
        _of_right(card),
        _("We expect that you still know it now with a chance of %(p)d %%.") % _p(card, parameters),
    ]
    if reason is Why.AHEAD:
        return [_("Nothing needs repeating now. This question would come up soonest."), *told]
    goal = {"goal": round(100 * plan.retention)}
    return [*told, _("We ask it again when that comes near %(goal)d %%.") % goal]


def _of_new(plan: Plan) -> list[str]:
    exam_on = plan.exam_ahead(clock.today())
    told = [_("You have not met this question yet.")]
    if exam_on:
        told.append(_("What is new to you is spread over the days until your exam on %(day)s.") % _on(exam_on))
    return told


def _of_missed(card: Card) -> str:
    when = {"when": _when(card.last_review)}
    if not card.reps:
        return _("You looked at the answer %(when)s. Now try it yourself.") % when
    return _("You did not have this question right %(when)s. That is why it comes back first.") % when


def _of_right(card: Card) -> str:
    return _("You had this question right %(when)s.") % {"when": _when(card.last_review)}


def _of_exam(card: Card, plan: Plan, exam_on: date, parameters: Parameters) -> list[str]:
    chance = recall(card.memory, exam_moment(exam_on, clock.now()), parameters)
    below = chance < plan.retention
    percent = math.floor(100 * chance) if below else round(100 * chance)  # just below the goal is not on it
    named = {**_on(exam_on), "p": percent, "goal": round(100 * plan.retention)}
    told = [_("On your exam on %(day)s we expect that you know it with a chance of %(p)d %%, if you stop now.") % named]
    if below:
        return [*told, _("You aim at %(goal)d %%.") % named]
    return [*told, _("This is its last repeat before your exam.")]


def _p(card: Card, parameters: Parameters) -> dict[str, int]:
    return {"p": round(100 * recall(card.memory, clock.now(), parameters))}


def _on(day: date) -> dict[str, str]:
    return {"day": day_long(day)}


def _when(moment: datetime) -> str:
    """Return how long ago something was, in calendar days of the academy."""
    days = (clock.today() - moment.astimezone(clock.zone()).date()).days
    if days <= 0:
        return _("earlier today")
    return _("yesterday") if days == 1 else _("%(days)d days ago") % {"days": days}
