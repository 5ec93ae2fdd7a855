"""The lists of courses and venues: their columns, and what the office does with many courses at once."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from leerhuis.catalogue import actions
from leerhuis.catalogue.forms import CourseFilter, VenueFilter
from leerhuis.catalogue.models import Course
from leerhuis.catalogue.queries import courses_with_counts, venues_for
from leerhuis.catalogue.templatetags.catalogue import course_status, course_title
from leerhuis.lists.listing import Bulk, Column, Listing, Words, by_filter, leads_to
from leerhuis.ui.wording import day_short, euro


def _next_run(course: Any) -> str:
    if course.next_day:
        return day_short(course.next_day)
    return format_html('<span class="text-secondary">{}</span>', _("none"))


def _held(ids: Sequence[UUID]) -> list[Course]:
    return list(Course.objects.select_for_update().filter(pk__in=ids).order_by("id"))


def _state(course: Course) -> str:
    return str(course.get_state_display())


def _is_published(course: Course) -> Words:
    return _("It is in the catalogue already.") if course.state == Course.State.PUBLISHED else ""


def _is_not_published(course: Course) -> Words:
    return _("It is not in the catalogue.") if course.state != Course.State.PUBLISHED else ""


def _published(count: int) -> str:
    words = ngettext("%(count)d course is in the catalogue.", "%(count)d courses are in the catalogue.", count)
    return words % {"count": count}


def _withdrawn(count: int) -> str:
    words = ngettext("%(count)d course is out of the catalogue.", "%(count)d courses are out of the catalogue.", count)
    return words % {"count": count}


COURSES = Listing(
    key="courses",
    title=_("Courses"),
    columns=(
        Column("title", _("Title"), course_title, sort=("title",), wide=True),
        Column("state", _("State"), _state, course_status, sort=("state", "title")),
        Column("hours", _("Hours"), lambda c: c.hours, sort=("hours", "title"), figures=True),
        Column("price", _("Price"), lambda c: c.price, lambda c: euro(c.price), sort=("price", "title"), figures=True),
        Column("vat", _("VAT kind"), lambda c: c.get_vat_display(), sort=("vat", "title")),
        Column("points", _("PE points"), lambda c: c.points, sort=("points", "title"), shown=False, figures=True),
        Column("runs", _("Runs"), lambda c: c.live_runs, sort=("live_runs", "title"), figures=True),
        Column("next", _("Next run"), lambda c: c.next_day, _next_run, sort=("next_day", "title")),
        Column("language", _("Language"), lambda c: c.get_language_display(), sort=("language", "title"), shown=False),
    ),
    search=by_filter(CourseFilter, courses_with_counts),
    address=leads_to("catalogue_office_course"),
    order="title",
    name=course_title,
    bulk_route="catalogue_office_courses_bulk",
    bulk=(
        Bulk(
            "publish",
            _("Publish"),
            "world",
            act=actions.publish_course,
            undo=actions.take_back_publishing,
            before=lambda c: c.state,
            unless=_is_published,
            hold=_held,
            done=_published,
            name=course_title,
            detail=_state,
        ),
        Bulk(
            "withdraw",
            _("Withdraw"),
            "eye-off",
            act=actions.withdraw_course,
            undo=actions.publish_course,
            unless=_is_not_published,
            hold=_held,
            done=_withdrawn,
            name=course_title,
            detail=_state,
        ),
    ),
)

VENUES = Listing(
    key="venues",
    title=_("Venues"),
    columns=(
        Column("name", _("Name"), lambda v: v.name, sort=("name",)),
        Column("address", _("Address"), lambda v: v.address),
        Column("postcode", _("Postcode"), lambda v: v.postcode, shown=False),
        Column("city", _("City"), lambda v: v.city, sort=("city", "name")),
        Column("email", _("E-mail address"), lambda v: v.email, shown=False),
        Column("coming", _("Lessons to come"), lambda v: v.coming_lessons, sort=("coming_lessons",), figures=True),
    ),
    search=by_filter(VenueFilter, venues_for),
    address=leads_to("catalogue_office_venue"),
    order="name",
    name=lambda v: v.name,
)
