"""What is left to do after a lesson: attendance to submit, results to give, certificates to hand out."""

from typing import Any

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce

from leerhuis.base import clock
from leerhuis.catalogue.models import Lesson, Run
from leerhuis.catalogue.queries import runs_for
from leerhuis.enrolment.models import Enrolment
from leerhuis.people.queries import unrestricted
from leerhuis.results.models import Attendance, Certificate, Result, Sheet

_SEATED = (Enrolment.State.ENROLLED, Enrolment.State.COMPLETED)


def lessons_to_submit(viewer: Any) -> QuerySet[Lesson]:
    """Return the lessons that are over and whose attendance was not submitted, longest ago first."""
    submitted = Sheet.objects.filter(lesson=OuterRef("pk"), submitted_at__isnull=False)
    seated = Enrolment.objects.filter(run=OuterRef("run"), state__in=_SEATED)
    over = Lesson.objects.filter(ends_at__lt=clock.now(), run__in=runs_for(viewer).order_by().values("pk"))
    return (
        over.exclude(run__state=Run.State.CANCELLED)
        .filter(Exists(seated))
        .exclude(Exists(submitted))
        .select_related("run__course")
        .order_by("starts_at", "id")
    )


def runs_to_judge(viewer: Any) -> QuerySet[Any]:
    """Return the runs that are over in which somebody has no result yet, with how many as `open`, longest ago first."""
    judged = Result.objects.filter(enrolment=OuterRef("pk"))
    waits = Enrolment.objects.filter(state=Enrolment.State.ENROLLED).exclude(Exists(judged))
    return _over(viewer).annotate(open=_count(waits)).filter(open__gt=0)


def runs_to_certify(viewer: Any) -> QuerySet[Any]:
    """Return the runs in which certificates can be issued, with how many as `open`: passed, and at every lesson."""
    was_there = Attendance.objects.filter(
        sheet__lesson=OuterRef("pk"),
        sheet__submitted_at__isnull=False,
        enrolment=OuterRef(OuterRef("pk")),
        state=Attendance.State.PRESENT,
    )
    missed = Lesson.objects.filter(run=OuterRef("run")).exclude(Exists(was_there))
    passed = Result.objects.filter(enrolment=OuterRef("pk"), outcome=Result.Outcome.PASSED)
    standing = Certificate.objects.filter(enrolment=OuterRef("pk"), revoked_at=None)
    due = Enrolment.objects.filter(Exists(passed), state__in=_SEATED).exclude(Exists(standing)).exclude(Exists(missed))
    return _over(viewer).annotate(open=_count(due)).filter(open__gt=0)


def _over(viewer: Any) -> QuerySet[Run]:
    done = Q(last_day__lte=clock.today())
    return runs_for(viewer).filter(done).exclude(state=Run.State.CANCELLED).order_by("last_day", "code")


def _count(enrolments: QuerySet[Enrolment]) -> Any:
    """Return how many of these enrolments a run has, as an expression."""
    own = (
        unrestricted(enrolments, "learner")
        .filter(run=OuterRef("pk"))
        .order_by()
        .values("run")
        .annotate(n=Count("pk"))
        .values("n")
    )
    return Coalesce(Subquery(own), Value(0), output_field=IntegerField())
