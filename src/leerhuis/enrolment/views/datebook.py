"""A learner's own lessons as calendar files: one lesson, or all that are to come."""

from collections.abc import Iterable
from functools import partial
from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from leerhuis.audit.outlet import send, taken_by_oneself
from leerhuis.enrolment.datebook import DatedLesson, calendar_file
from leerhuis.enrolment.models import Enrolment
from leerhuis.enrolment.queries import coming_enrolments, own_enrolment
from leerhuis.mail.links import absolute


@never_cache
@require_safe
def lesson(request: Any, enrolment_id: UUID, lesson_id: UUID) -> HttpResponse:
    """Give one lesson of one's own enrolment."""
    enrolment = own_enrolment(request.viewer, enrolment_id)
    if enrolment is None or not enrolment.holds_seat:
        raise Http404
    found = [each for each in _dated(enrolment) if each.lesson.id == lesson_id]
    if not found:
        raise Http404
    return _file(request, found)


@never_cache
@require_safe
def lessons(request: Any) -> HttpResponse:
    """Give all lessons of one's own courses that are not over."""
    return _file(request, [dated for each in coming_enrolments(request.viewer) for dated in _dated(each)])


def _dated(enrolment: Enrolment) -> Iterable[DatedLesson]:
    page, title = absolute("enrolment_mine", enrolment.id), enrolment.run.course.title_in(get_language() or "nl")
    for each in enrolment.run.lessons.all():
        each.run = enrolment.run  # read already
        address = (each.venue.address, f"{each.venue.postcode} {each.venue.city}".strip()) if each.venue else ()
        place = (
            ", ".join(part for part in (each.room, each.venue.name, *address) if part) if each.venue else _("Online")
        )
        yield DatedLesson(each, title, place, page)


def _file(request: Any, dated: Iterable[DatedLesson]) -> HttpResponse:
    name = _("Lessons at %(academy)s") % {"academy": request.tenant.name}
    told = list(dated)
    going = taken_by_oneself(request, "enrolment.course", request.resolver_match.url_name, rows=len(told))
    write = partial(calendar_file, told, host=request.tenant.main_host, name=name)
    content = send(going, write, by=request.actor)
    answer = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="lessen.ics"'
    return answer
