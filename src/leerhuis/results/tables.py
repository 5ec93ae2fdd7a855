"""The planning board: the list of runs with their numbers, trainers and places."""

from typing import Any

from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerhuis.lists.listing import Column, Found, Listing, leads_to
from leerhuis.results.forms import RunsFilter
from leerhuis.results.queries import RunLine, board_lines, run_board
from leerhuis.ui.templatetags.ui import status
from leerhuis.ui.tones import Tone
from leerhuis.ui.wording import day_short, in_dutch


def _search(request: Any, data: QueryDict) -> Found:
    form = RunsFilter(data)
    return Found(form, run_board(request.viewer, **form.chosen()))


def _lacks(words: str) -> str:
    return status(words, Tone.CARE, plain=True)


def _course(line: RunLine) -> str:
    title: str = line.run.course.title_in("nl" if in_dutch() else "en")
    return title


def _course_and_code(line: RunLine) -> str:
    return format_html('{} <span class="row-sub">{}</span>', _course(line), line.run.code)


def _first_day(line: RunLine) -> str:
    if not line.run.first_day:
        return _lacks(_("no day yet"))
    return format_html('<span class="nowrap">{}</span>', day_short(line.run.first_day))


def _seats(line: RunLine) -> str:
    return f"{line.run.enrolled}/{line.run.seats}"


def _trainers(line: RunLine) -> str:
    return ", ".join(line.trainers) or _lacks(_("no trainer yet"))


def _places(line: RunLine) -> str:
    return ", ".join(line.cities) or _lacks(_("no lesson yet"))


def _verdict(line: RunLine) -> str:
    shown = status(line.verdict, line.tone)
    if line.decided:
        return shown
    return format_html('{} <span class="row-sub">{}</span>', shown, line.run.get_state_display())


RUNS = Listing(
    key="runs",
    title=gettext_lazy("Planning"),
    columns=(
        Column(
            "course",
            gettext_lazy("Course"),
            _course,
            _course_and_code,
            sort=("course__title", "code"),
            also=("code",),
            wide=True,
        ),
        Column("first_day", gettext_lazy("First day"), lambda r: r.run.first_day, _first_day, ("first_day", "code")),
        Column("last_day", gettext_lazy("Last day"), lambda r: r.run.last_day, None, ("last_day", "code"), shown=False),
        Column("code", gettext_lazy("Code"), lambda r: r.run.code, sort=("code",), shown=False),
        Column(
            "enrolled",
            gettext_lazy("Enrolled"),
            lambda r: r.run.enrolled,
            _seats,
            ("enrolled",),
            also=("seats",),
            figures=True,
        ),
        Column("seats", gettext_lazy("Seats"), lambda r: r.run.seats, sort=("seats",), shown=False, figures=True),
        Column("minimum", gettext_lazy("Minimum"), lambda r: r.run.minimum, sort=("minimum",), figures=True),
        Column("waiting", gettext_lazy("Waiting"), lambda r: r.run.waiting, sort=("waiting",), figures=True),
        Column("trainer", gettext_lazy("Trainer"), lambda r: "; ".join(r.trainers), _trainers),
        Column("place", gettext_lazy("Place"), lambda r: "; ".join(r.places), _places),
        Column("verdict", gettext_lazy("Goes ahead"), lambda r: r.verdict, _verdict, sort=("state", "first_day")),
    ),
    search=_search,
    address=leads_to("results_office_run"),
    order="first_day",
    name=lambda r: f"{_course(r)} {r.run.code}",
    lines=board_lines,
    purpose="catalogue.teaching",
    screen="results_office_runs",
)
