"""What pages of insights ask: which months, which course, which organisation."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from leerhuis.catalogue.models import Course
from leerhuis.insights.queries import Period, period
from leerhuis.organisations.models import Organisation


class PeriodFilter(forms.Form):
    """Which months are looked at: the last twelve, or a calendar year."""

    year = forms.ChoiceField(label=_("Period"), required=False)

    def __init__(self, *args: Any, months: Sequence[date], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.months = months
        years: Any = self.fields["year"]
        found = sorted({month.year for month in months}, reverse=True)
        years.choices = [("", _("the last twelve months")), *((str(year), str(year)) for year in found)]

    def _said(self, name: str) -> Any:
        """Return what was chosen; what cannot be read is not chosen."""
        return self.cleaned_data.get(name) if self.is_valid() else None

    def period(self) -> Period:
        """Return the months."""
        year = self._said("year")
        return period(int(year) if year else None, self.months)


class OfficeFilter(PeriodFilter):
    """Which months, and which course."""

    course = forms.ModelChoiceField(
        label=_("Course"), required=False, queryset=Course.objects.order_by("title"), empty_label=_("all")
    )

    def course_id(self) -> UUID | None:
        """Return the course, if one was chosen."""
        course: Course | None = self._said("course")
        return course.id if course else None


class EmployerFilter(PeriodFilter):
    """Which months, and of which organisation where somebody is a contact of several."""

    organisation = forms.ChoiceField(label=_("Organisation"), required=False)

    def __init__(self, *args: Any, organisations: Sequence[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.organisations = organisations
        if len(organisations) > 1:
            field: Any = self.fields["organisation"]
            field.choices = [(str(each.id), each.name) for each in organisations]
        else:
            del self.fields["organisation"]

    def chosen_organisation(self) -> Organisation | None:
        """Return the organisation: the first unless another was chosen."""
        wanted = self._said("organisation")
        of_those = [each for each in self.organisations if not wanted or str(each.id) == wanted]
        return next(iter(of_those), None)
