"""How somebody stands in a bank, and the same as files. Nobody else sees it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leerhuis.base import clock
from leerhuis.practice import pictures, queries, standing
from leerhuis.practice.charts import Ahead, line_chart
from leerhuis.practice.forgetting import exam_moment
from leerhuis.practice.mastery import TopicMastery
from leerhuis.practice.queries import OpenBank
from leerhuis.practice.topic_lines import line_of_topic
from leerhuis.practice.views.parts import with_practice
from leerhuis.ui.sheets import sheet


@with_practice
@never_cache
@require_safe
def standing_page(request: Any, bank_id: UUID) -> HttpResponse:
    """Show how the person stands: now and on the exam, over time, day by day, per topic, and what is best next.

    ``?topic=`` draws the line of one topic; both charts can be taken along, as a picture and as figures.
    """
    opened = queries.open_bank(request.viewer.person, bank_id)
    topic = _topic(opened, request.GET.get("topic", ""))
    if request.GET.get("picture") == "days" or request.GET.get("table") == "days":
        return _days(request, opened)
    line = line_of_topic(opened.access, topic) if topic else standing.line_of(opened.access, opened.mastery.percent)
    if request.GET.get("picture") or request.GET.get("export"):
        return _line(request, opened, topic, line)
    ahead = _ahead(opened, topic)
    context = {
        "open": opened,
        "bank": opened.bank,
        "step": standing.next_step(opened).value,
        "next_due": standing.next_due(opened.access),
        "topic": topic,
        "line": list(reversed(line)),
        "chart": line_chart(line, ahead),
        "ahead": ahead,
        "calendar": standing.calendar_of(opened.access),
        "weakest": standing.weakest_topics(opened),
        "rounds": standing.past_rounds(opened.access),
    }
    return render(request, "practice/standing.html", context)


def _topic(opened: OpenBank, asked: str) -> TopicMastery | None:
    """Return the topic that is asked for; None for all of them, and 404 for what is no topic of this bank."""
    if not asked:
        return None
    found = next((each for each in opened.mastery.topics if str(each.topic_id) == asked), None)
    if found is None:
        raise Http404
    return found


def _ahead(opened: OpenBank, topic: TopicMastery | None) -> Ahead | None:
    if not opened.exam_on:
        return None
    told = topic.exam if topic else opened.mastery.exam
    return Ahead(exam_moment(opened.exam_on, clock.now()), told.percent, told.low, told.high)


def _line(request: Any, opened: OpenBank, topic: TopicMastery | None, line: list[tuple[datetime, int]]) -> HttpResponse:
    """Give the line as a picture or as figures.

    Of one's own, to oneself, as the API does; it passes no outlet, since its counts would tell staff who practises.
    """
    name = topic.title if topic else opened.bank.title
    ahead = _ahead(opened, topic)
    if request.GET.get("export"):
        rows: list[tuple[Any, ...]] = [
            (f"{at.astimezone(clock.zone()):%Y-%m-%d %H:%M}", percent, "", "") for at, percent in line
        ]
        if ahead:
            rows.append((f"{opened.exam_on:%Y-%m-%d}", ahead.percent, ahead.low, ahead.high))
        heads = (_("Moment"), _("Mastery (%)"), _("At least (%)"), _("At most (%)"))
        return sheet(name, heads, rows, request.GET["export"])
    chart = line_chart(line, ahead)
    if chart is None:
        raise Http404
    title = _("%(what)s: mastery over time") % {"what": name}
    return _picture(pictures.line_file(title, chart), name)


def _days(request: Any, opened: OpenBank) -> HttpResponse:
    """Give the calendar as a picture or as figures; of one's own, to oneself."""
    calendar = standing.calendar_of(opened.access)
    name = _("%(what)s: answers a day") % {"what": opened.bank.title}
    if request.GET.get("export"):
        days = sorted((day for row in calendar for day in row if not day.is_future), key=lambda day: day.date)
        rows = [(f"{day.date:%Y-%m-%d}", day.answers) for day in days]
        return sheet(name, (_("Day"), _("Answers")), rows, request.GET["export"])
    return _picture(pictures.days_file(name, calendar), name)


def _picture(drawn: str, name: str) -> HttpResponse:
    response = HttpResponse(drawn, content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "chart"}.svg"'
    return response
