"""What those who make a question bank see of it: questions with what is the matter, and topics over months."""

from collections.abc import Iterator, Sequence
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from leerhuis.insights.drawing import chart_of, picture_of
from leerhuis.insights.queries import smallest_group
from leerhuis.insights.questions import QuestionFigures, TopicCurve, figures_of, topic_curves
from leerhuis.practice.models import Bank, Question
from leerhuis.practice.queries import reported_in, words_of
from leerhuis.ui.sheets import sheet


@require_safe
def bank_page(request: Any, bank_id: UUID) -> HttpResponse:
    """Show the questions of a bank, what needs mending most first, and its topics by month; give both as files."""
    if not request.tenant.settings.features.practice:
        raise Http404
    bank = get_object_or_404(Bank, pk=bank_id)
    if request.GET.get("picture"):
        return _picture(bank, request.GET["picture"])
    if request.GET.get("export"):
        return _sheet(bank, request.GET["export"], request.GET.get("table", ""))
    found = figures_of(bank)
    troubled = [each for each in found if each.troubles]
    everything = bool(request.GET.get("all"))
    shown = {
        "bank": bank,
        "rows": [(each, _name(each.question)) for each in (found if everything else troubled)],
        "count": len(found),
        "troubled": len(troubled),
        "everything": everything,
        "reported": [(each, _name(each.question)) for each in reported_in(bank)],
        "curves": [(curve.topic, chart_of(curve)) for curve in topic_curves(bank)],
        "smallest": smallest_group(),
        "crumbs": [
            (_("Question banks"), reverse("practice_banks")),
            (bank.title, reverse("practice_bank", args=[bank.id])),
            (_("Insight"), ""),
        ],
    }
    return render(request, "insights/bank.html", shown)


def _name(question: Question) -> str:
    return question.title or Truncator(words_of(question)).chars(90)


def _picture(bank: Bank, topic: str) -> HttpResponse:
    """Give the chart of one topic as a file."""
    for curve in topic_curves(bank):
        if str(curve.topic.id) == topic:
            return picture_of(curve)
    raise Http404


# --- sheets. They hold nobody's data, so they pass no outlet: figures that anybody here may read. ---------------------
def _sheet(bank: Bank, kind: str, table: str) -> HttpResponse:
    if table == "topics":
        return sheet(_("topics"), (_("Topic"), _("Month"), _("Right (%)")), _topic_cells(topic_curves(bank)), kind)
    heads = (
        _("Question"), _("Topic"), _("People"), _("Answers"), _("Right at once (%)"), _("Discrimination"),
        _("Seconds"), _("What is the matter"),
    )  # fmt: skip
    return sheet(_("questions"), heads, _question_cells(figures_of(bank)), kind)


def _question_cells(found: Sequence[QuestionFigures]) -> Iterator[tuple[Any, ...]]:
    for each in found:
        told = each.discrimination
        numbers = each.figures["people"], each.figures["answers"], each.first_right
        tail = (None if told is None else round(told, 2), each.seconds, " ".join(each.troubles))
        yield (_name(each.question), each.question.topic.title, *numbers, *tail)


def _topic_cells(curves: Sequence[TopicCurve]) -> Iterator[tuple[Any, ...]]:
    for curve in curves:
        for month, value in curve.months:
            if value is not None:
                yield curve.topic.title, f"{month:%Y-%m}", value
