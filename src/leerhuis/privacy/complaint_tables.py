"""The list of complaints, and a year of them without anybody's name."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from leerhuis.base import clock
from leerhuis.lists.listing import Column, Listing, by_filter, leads_to
from leerhuis.privacy.grievances import complaints_for
from leerhuis.privacy.models import Complaint
from leerhuis.privacy.tables import days_in_words, tone_of
from leerhuis.ui.templatetags.ui import status

PURPOSE = "privacy.complaints"


class ComplaintFilter(django_filters.FilterSet):
    """Searching the complaints; open ones come first."""

    q = django_filters.CharFilter(label=gettext_lazy("Name, address or reference"), method="with_words")
    open = django_filters.ChoiceFilter(
        label=gettext_lazy("Stand"),
        choices=[("open", gettext_lazy("stands open")), ("closed", gettext_lazy("closed"))],
        method="standing",
        empty_label=gettext_lazy("all"),
    )
    subject_of = django_filters.ChoiceFilter(
        label=gettext_lazy("About"), choices=Complaint.About.choices, empty_label=gettext_lazy("all")
    )

    class Meta:
        model = Complaint
        fields = ()

    def with_words(self, queryset: QuerySet[Complaint], name: str, value: str) -> QuerySet[Complaint]:
        """Keep complaints of which name, address or reference holds every word."""
        for part in value.split()[:6]:
            tail = part.upper().removeprefix("K-").lower()
            queryset = queryset.filter(Q(name__icontains=part) | Q(address__icontains=part) | Q(id__iendswith=tail))
        return queryset

    def standing(self, queryset: QuerySet[Complaint], name: str, value: str) -> QuerySet[Complaint]:
        """Keep what stands open, or what is closed."""
        return queryset.filter(closed_at=None) if value == "open" else queryset.exclude(closed_at=None)


def _listed(viewer: Any) -> QuerySet[Complaint]:
    closed = ExpressionWrapper(Q(closed_at__isnull=False), BooleanField())
    return complaints_for(viewer).annotate(is_closed=closed)


def state_of(complaint: Complaint) -> str:
    """Return how far a complaint has come, in words."""
    if complaint.appealed_at and complaint.closed_at is None:
        return _("in appeal")
    if complaint.answered_at:
        return str(complaint.get_outcome_display())
    return _("received") if complaint.confirmed_at else _("to be confirmed")


def _left(complaint: Any) -> str:
    words = days_in_words(complaint) if complaint.answered_at is None else ""
    return status(words or state_of(complaint), tone_of(complaint), plain=True)


COMPLAINTS = Listing(
    key="complaints",
    title=gettext_lazy("Complaints"),
    columns=(
        Column("name", gettext_lazy("Who"), lambda c: c.name, sort=("name",)),
        Column("about", gettext_lazy("About"), lambda c: c.get_subject_of_display(), sort=("subject_of",)),
        Column("left", gettext_lazy("Time left"), days_in_words, _left, sort=("is_closed", "answer_by")),
        Column("state", gettext_lazy("State"), state_of),
        Column("answer_by", gettext_lazy("Answer by"), lambda c: c.answer_by, sort=("answer_by",)),
        Column("received", gettext_lazy("Received"), lambda c: c.received_at, sort=("received_at",)),
        Column("channel", gettext_lazy("Came by"), lambda c: c.get_channel_display(), shown=False),
        Column("reference", gettext_lazy("Reference"), lambda c: c.reference, shown=False),
    ),
    search=by_filter(ComplaintFilter, _listed),
    address=leads_to("privacy_complaint"),
    order="left",
    name=lambda complaint: complaint.reference,
    subject=lambda complaint: complaint.person,
    purpose=PURPOSE,
    screen="privacy_complaints_list",
)

HEADS = (
    gettext_lazy("Month"), gettext_lazy("About"), gettext_lazy("Came by"), gettext_lazy("Days until receipt"),
    gettext_lazy("Days until answer"), gettext_lazy("In time"), gettext_lazy("What came of it"), gettext_lazy("Appeal"),
    gettext_lazy("What is done better"),
)  # fmt: skip


def figures_of(complaints: Iterable[Complaint]) -> Iterator[tuple[Any, ...]]:
    """Yield a row for each complaint of a year, with its month and its terms, and without a name, address or text."""
    for each in complaints:
        answered = each.answered_at.astimezone(clock.zone()).date() if each.answered_at else None
        yield (
            f"{each.received_at.astimezone(clock.zone()):%Y-%m}",
            str(each.get_subject_of_display()),
            str(each.get_channel_display()),
            _days(each.received_at, each.confirmed_at),
            _days(each.received_at, each.answered_at),
            "" if answered is None else (_("yes") if answered <= each.answer_by else _("no")),
            str(each.get_outcome_display()),
            _("yes") if each.appealed_at else _("no"),
            each.learned,
        )


def _days(start: datetime, end: datetime | None) -> int | str:
    return "" if end is None else (end.astimezone(clock.zone()).date() - start.astimezone(clock.zone()).date()).days
