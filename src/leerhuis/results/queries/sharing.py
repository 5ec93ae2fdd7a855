"""What an employer sees of the enrolments that it ordered: one picture, for the employer and for the learner."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import QuerySet, prefetch_related_objects
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from leerhuis.enrolment.models import Enrolment, Grant
from leerhuis.enrolment.queries import OrderLine, find_enrolments, order_line, visible_to_contact
from leerhuis.results.models import Attendance, Certificate, Result
from leerhuis.results.queries.attendance import SEATED, LessonMark, attendance_of
from leerhuis.results.queries.outcomes import result_of, standing_certificates
from leerhuis.ui.wording import day_long, day_short


class Why(StrEnum):
    """Why something is not shared. That a learner objected looks the same as that they were not told yet."""

    NOT_AGREED = "not_agreed"
    NOT_NOW = "not_now"


@dataclass(frozen=True)
class Share:
    """One thing about an enrolment as the employer sees it: in words, or why not. `details` are (what, words)."""

    shared: bool
    words: str
    details: tuple[tuple[str, str], ...] = ()
    percent: int | None = None


@dataclass(frozen=True)
class EmployerLine:
    """One enrolment, exactly as the employer that ordered it sees it."""

    order: OrderLine
    attendance: Share
    progress: Share
    result: Share

    @property
    def standing_words(self) -> str:
        """Return whether there is a seat, in words."""
        words = {"seat": _("enrolled"), "waiting": _("on the waiting list"), "cancelled": _("cancelled")}
        return words.get(self.order.standing, "")


@dataclass(frozen=True)
class MyPicture:
    """What a learner is shown of one enrolment: the employer's picture, with the grant that stands behind it."""

    enrolment: Enrolment
    line: EmployerLine
    grant: Grant | None

    @property
    def as_list(self) -> list[EmployerLine]:
        """Return the line as the employer's list holds it, for the table that both pages share."""
        return [self.line]

    @property
    def may_object(self) -> bool:
        """True while there is a grant that was not objected to and that did not end with the agreement."""
        return self.grant is not None and self.grant.objected_at is None and self.grant.ended_at is None


def ordered_by(
    viewer: Any, *, words: str = "", organisation: UUID | None = None, standing: str = ""
) -> QuerySet[Enrolment]:
    """Return the enrolments that a contact's own organisations ordered, newest first, narrowed by what they look for.

    `standing` is ``seat``, ``waiting`` or ``cancelled``; whether a course was completed cannot be asked here, since
    that is about progress. Keeps: K6.
    """
    found = find_enrolments(visible_to_contact(viewer), words=words, organisation=organisation, by_address=False)
    states = {
        "seat": SEATED,
        "waiting": (Enrolment.State.WAITING,),
        "cancelled": (Enrolment.State.CANCELLED,),
    }
    return found.filter(state__in=states[standing]) if standing in states else found


def employer_picture(enrolments: Iterable[Enrolment], language: str) -> list[EmployerLine]:
    """Return these enrolments as the employer that ordered them sees them, in the same order. Keeps: K6.

    Attendance, progress and result are read only where a grant is in force: agreed, told to the learner, and not
    objected to. Nothing about practice is ever read. Words are in the language of the page.
    """
    rows = list(enrolments)
    prefetch_related_objects(rows, "grant__agreement", "run__course", "learner")
    orders = {each.id: order_line(each, language) for each in rows}
    lessons = attendance_of(key for key, order in orders.items() if order.attendance or order.progress)
    told = [key for key, order in orders.items() if order.result]
    results, certificates = (result_of(told), standing_certificates(told)) if told else ({}, {})
    return [
        EmployerLine(
            order=orders[each.id],
            attendance=_attendance(each, orders[each.id], lessons.get(each.id, [])),
            progress=_progress(each, orders[each.id], lessons.get(each.id, [])),
            result=_result(each, orders[each.id], results.get(each.id), certificates.get(each.id)),
        )
        for each in rows
    ]


def my_pictures(viewer: Any, language: str) -> list[MyPicture]:
    """Return a viewer's own enrolments that an employer ordered, each as that employer sees it, newest first."""
    if viewer is None:
        return []
    own = list(
        Enrolment.objects.filter(learner=viewer.person_id, ordered_by__isnull=False)
        .select_related("run__course", "learner", "ordered_by")
        .order_by("-created_at", "-id")
    )
    lines = employer_picture(own, language)
    return [
        MyPicture(enrolment, line, getattr(enrolment, "grant", None))
        for enrolment, line in zip(own, lines, strict=True)
    ]


def _withheld(enrolment: Enrolment, what: str) -> Share:
    """Return that something is not shared, and why."""
    agreed = getattr(getattr(enrolment, "grant", None), what, False)
    words = {Why.NOT_AGREED: _("not shared: not agreed"), Why.NOT_NOW: _("not shared of this enrolment")}
    return Share(shared=False, words=words[Why.NOT_NOW if agreed else Why.NOT_AGREED])


def _attendance(enrolment: Enrolment, order: OrderLine, lessons: list[LessonMark]) -> Share:
    if not order.attendance:
        return _withheld(enrolment, "attendance")
    known = [each for each in lessons if each.submitted and each.state]
    present = sum(each.state == Attendance.State.PRESENT for each in known)
    words = ngettext(
        "present at %(present)d of %(known)d lesson so far",
        "present at %(present)d of %(known)d lessons so far",
        len(known),
    ) % {"present": present, "known": len(known)}
    details = tuple((day_short(each.starts_at), each.state_words) for each in known)
    return Share(shared=True, words=words if known else _("nothing recorded yet"), details=details)


def _progress(enrolment: Enrolment, order: OrderLine, lessons: list[LessonMark]) -> Share:
    if not order.progress:
        return _withheld(enrolment, "progress")
    followed = sum(each.state == Attendance.State.PRESENT for each in lessons)
    if not lessons:
        return Share(shared=True, words=_("no lessons planned yet"))
    words = ngettext("%(followed)d of %(all)d lesson", "%(followed)d of %(all)d lessons", len(lessons))
    percent = round(100 * followed / len(lessons))
    return Share(shared=True, words=words % {"followed": followed, "all": len(lessons)}, percent=percent)


def _result(enrolment: Enrolment, order: OrderLine, result: Result | None, certificate: Certificate | None) -> Share:
    if not order.result:
        return _withheld(enrolment, "result")
    if result is None:
        return Share(shared=True, words=_("no result yet"))
    details: tuple[tuple[str, str], ...] = ()
    if certificate is not None:
        issued = _("%(number)s, issued on %(day)s") % {
            "number": certificate.number,
            "day": day_long(certificate.created_at),
        }
        details = ((_("Certificate"), issued),)
    return Share(shared=True, words=str(Result.Outcome(result.outcome).label), details=details)
