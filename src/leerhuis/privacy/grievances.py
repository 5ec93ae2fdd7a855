"""How complaints are handled: by when, what is refused on the way, and which stand open. The procedure is public."""

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from leerhuis.academies.settings import AcademySettings
from leerhuis.base import clock
from leerhuis.base.refusals import Refusal
from leerhuis.people.queries import restricted_people
from leerhuis.privacy.models import Complaint, Reply

STEWARDS = frozenset({"privacy_officer", "academy_admin"})


class AnsweredAlready(Refusal):
    """A complaint is answered once; what comes after is the appeal."""

    message = _("This complaint was answered already. What follows is the appeal.")


class NotAnswered(Refusal):
    """An appeal is against an answer."""

    message = _("Answer the complaint first: an appeal is against the answer.")


class OutcomeMissing(Refusal):
    """An answer says what was found."""

    message = _("Choose what came of it, and write the answer with your reasons.")


class LaterWithReason(Refusal):
    """More time is told with the reason and the new day, before the last day is over."""

    message = _("Give the reason and a later day, before the last day is over. The complainant reads both.")


def last_days(received: datetime, chosen: AcademySettings) -> tuple[date, date]:
    """Return by when a complaint is confirmed and by when it is answered, as the academy's procedure has it."""
    day = received.astimezone(clock.zone()).date()
    terms = chosen.complaints
    return day + timedelta(days=terms.receipt_days), day + timedelta(days=terms.answer_days)


def complaints_for(viewer: Any) -> QuerySet[Complaint]:
    """Return the complaints that a viewer handles: the privacy officer all, others of STEWARDS what may be used.

    The complaint of somebody whose data is restricted is the privacy officer's alone (AVG art. 18, second paragraph).
    """
    known = Complaint.objects.all()
    if viewer is None or not STEWARDS & viewer.roles:
        return known.none()
    if "privacy_officer" in viewer.roles:
        return known
    return known.exclude(person__in=restricted_people().values("pk"))


def open_complaints(viewer: Any) -> QuerySet[Complaint]:
    """Return the complaints that a viewer handles and that stand open, the most pressing first."""
    return complaints_for(viewer).filter(closed_at=None).order_by("answer_by", "received_at", "id")


def complaint_replies_for(viewer: Any) -> QuerySet[Reply]:
    """Return the letters about complaints that a viewer may read."""
    return Reply.objects.filter(complaint__in=complaints_for(viewer).values("pk"))


def complaints_of(person_id: Any) -> QuerySet[Complaint]:
    """Return a person's own complaints, the last one first."""
    return Complaint.objects.filter(person=person_id).order_by("-received_at", "-id")


def complaints_in(year: int, viewer: Any) -> QuerySet[Complaint]:
    """Return the complaints that came in during a calendar year, in the academy's zone, in order of receipt."""
    first = datetime(year, 1, 1, tzinfo=clock.zone())
    after = datetime(year + 1, 1, 1, tzinfo=clock.zone())
    return complaints_for(viewer).filter(received_at__gte=first, received_at__lt=after).order_by("received_at", "id")


def complaints_to_remind_of() -> QuerySet[Complaint]:
    """Return the complaints of which the stewards must hear today: due within a week or past it, not told today."""
    soon = clock.today() + timedelta(days=7)
    return Complaint.objects.filter(answered_at=None, answer_by__lte=soon).exclude(reminded_on=clock.today())
