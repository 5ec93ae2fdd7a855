"""The tag library `catalogue`: how courses, runs, lessons and prices are worded; for every package above."""

from decimal import Decimal
from typing import Any

from django import template
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from leerhuis.base.edge import current_academy
from leerhuis.catalogue.description import as_html
from leerhuis.catalogue.models import Course, Lesson, Run
from leerhuis.catalogue.queries import places_of, way_to
from leerhuis.catalogue.rules import STANDARD_PERCENT, price_of
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone
from leerhuis.ui.wording import day, hours, number

register = template.Library()
register.filter("way_to", way_to)

_TONES = {
    Course.State.DRAFT: Tone.QUIET,
    Course.State.PUBLISHED: Tone.GOOD,
    Course.State.WITHDRAWN: Tone.CARE,
    Run.State.PLANNED: Tone.QUIET,
    Run.State.OPEN: Tone.NOTE,
    Run.State.CONFIRMED: Tone.GOOD,
    Run.State.CANCELLED: Tone.BAD,
    Run.State.CLOSED: Tone.QUIET,
}


def _page_language() -> str:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


@register.filter
def course_title(course: Course) -> str:
    """`{{ course|course_title }}` → the title in the language of the page, as far as there is one."""
    return course.title_in(_page_language())


@register.filter
def course_summary(course: Course) -> str:
    """`{{ course|course_summary }}` → the summary in the language of the page, as far as there is one."""
    return course.summary_in(_page_language())


@register.filter
def lang_of_texts(course: Course) -> SafeString | str:
    """`<div{{ course|lang_of_texts }}>` → a `lang` attribute when the texts are not in the language of the page."""
    return "" if course.language == _page_language() else format_html(' lang="{}"', course.language)


@register.filter
def lang_of_title(course: Course) -> SafeString | str:
    """`<h1{{ course|lang_of_title }}>` → a `lang` attribute when an English page shows a Dutch title."""
    foreign = _page_language() == "en" and not course.title_en and course.language == "nl"
    return format_html(' lang="{}"', "nl") if foreign else ""


@register.filter
def described(text: str, top: int = 3) -> SafeString:
    """`{{ course.description|described }}` → a text with simple marks (Markdown) as HTML; its headings begin at h3.

    `{{ text|described:2 }}` begins at h2, for a text that is a page of its own.
    """
    return as_html(text, top)


@register.simple_tag
def course_status(course: Course) -> SafeString:
    """`{% course_status course %}` → where a course stands: word, sign and tone."""
    return status(str(course.get_state_display()), _TONES[Course.State(course.state)])


@register.simple_tag
def run_status(run: Run) -> SafeString:
    """`{% run_status run %}` → where a run stands: word, sign and tone."""
    return status(str(run.get_state_display()), _TONES[Run.State(run.state)])


_OF_PRACTICE = "insights_office_run"
_RUN_TABS = (
    ("results_office_run", gettext_lazy("Learners")),
    ("catalogue_office_run", gettext_lazy("Lessons, trainers, size")),
    ("enrolment_office_waiting", gettext_lazy("Waiting list")),
    (_OF_PRACTICE, gettext_lazy("Practice")),
    ("results_office_run_mails", gettext_lazy("Mails")),
    ("results_office_run_history", gettext_lazy("What was done")),
)


@register.inclusion_tag("ui/parts/page_tabs.html")
def run_tabs(run: Run, here: str) -> dict[str, Any]:
    """`{% run_tabs run "catalogue_office_run" %}` → the parts of a run's page, of which this is one."""
    practises = current_academy().settings.features.practice
    tabs = [
        {"url": reverse(route, args=[run.id]), "label": label, "active": route == here}
        for route, label in _RUN_TABS
        if practises or route != _OF_PRACTICE
    ]
    return {"tabs": tabs}


@register.inclusion_tag("catalogue/_price.html")
def price(amount: Decimal, vat: str) -> dict[str, Any]:
    """`{% price run.price run.course.vat %}` → what somebody pays, with what it means with and without VAT."""
    return {"price": price_of(amount, vat), "percent": STANDARD_PERCENT}


@register.filter
def duration(course: Course) -> str:
    """`{{ course|duration }}` → "6,5 uur"."""
    shown = number(course.hours)
    return ngettext("%(shown)s hour", "%(shown)s hours", 1 if course.hours == 1 else 2) % {"shown": shown}


@register.filter
def points_given(course: Course) -> str:
    """`{{ course|points_given }}` → "4 PE-punten"."""
    shown = number(course.points)
    return ngettext("%(shown)s PE point", "%(shown)s PE points", 1 if course.points == 1 else 2) % {"shown": shown}


@register.filter
def lesson_when(lesson: Lesson) -> str:
    """`{{ lesson|lesson_when }}` → "di 14 januari 2027, 9.30–17.00 uur"."""
    return f"{day(lesson.starts_at)}, {hours(lesson.starts_at, lesson.ends_at)}"


@register.filter
def lesson_where(lesson: Lesson) -> str:
    """`{{ lesson|lesson_where }}` → "Zaal 2, De Kaap, Utrecht", or "online"."""
    return lesson.place or _("online")


@register.filter
def places(run: Run) -> str:
    """`{{ run|places }}` → the cities of a run's lessons (read along), "online" among them: "Utrecht, online"."""
    return places_of(run)
