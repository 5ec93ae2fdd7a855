"""Charts of topics over months, on a page and as files: a picture that needs no page around it."""

from django.http import HttpResponse
from django.utils.dateformat import format as in_words
from django.utils.safestring import SafeString
from django.utils.text import slugify
from django.utils.translation import gettext as _

from leerhuis.insights.pictures import SLIM, WIDTH, as_file, columns
from leerhuis.insights.questions import TopicCurve


def chart_of(curve: TopicCurve) -> SafeString:
    """Draw the share of right answers of each month; the whole height is a hundred."""
    bars = [(in_words(month, "F Y"), in_words(month, "M"), value) for month, value in curve.months]
    title = _("%(topic)s: right answers of a hundred, by month. The same figures are in the sheet.")
    return columns(title % {"topic": curve.topic.title}, bars, most=100, width=SLIM)


def picture_of(curve: TopicCurve, of: str = "") -> HttpResponse:
    """Give the chart of a topic as a file, with the name of the group in its title where there is one."""
    title = _("%(topic)s: right answers of a hundred, by month") % {"topic": curve.topic.title}
    return picture_file(f"{title} · {of}" if of else title, chart_of(curve), curve.topic.title, SLIM)


def picture_file(title: str, chart: SafeString, name: str, width: int = WIDTH) -> HttpResponse:
    """Give a chart as a file to keep."""
    response = HttpResponse(as_file(title, chart, width), content_type="image/svg+xml")
    response["Content-Disposition"] = f'attachment; filename="{slugify(name) or "chart"}.svg"'
    return response
