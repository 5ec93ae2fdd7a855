"""What pages about attendance, results and certificates ask."""

from datetime import date
from typing import Any

from django import forms
from django.utils.dateformat import format as in_words
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.catalogue.models import Course, Run, Venue
from leerhuis.organisations.models import Organisation
from leerhuis.results.models import Attendance
from leerhuis.results.rules import REASON_LENGTH
from leerhuis.ui.guarding import GuardsTexts

_REASON = forms.TextInput(attrs={"autocomplete": "off"})


class CheckForm(forms.Form):
    """What the public page asks of whoever checks a certificate."""

    number = forms.CharField(
        label=_("Certificate number"),
        max_length=40,
        help_text=_("It stands at the bottom of the certificate. Capitals and dashes do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    surname = forms.CharField(
        label=_("Surname on the certificate"),
        max_length=150,
        help_text=_(
            "With or without a prefix such as “van der”. Accents do not matter. We do not keep what you fill in."
        ),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )


class CorrectionForm(GuardsTexts, forms.Form):
    """What a submitted list should have said of somebody instead of what it says, and why."""

    guarded = ("reason",)

    state = forms.ChoiceField(label=_("It should say"), choices=Attendance.State.choices, widget=forms.RadioSelect)
    reason = forms.CharField(
        label=_("Why is it changed?"),
        max_length=REASON_LENGTH,
        widget=_REASON,
        help_text=_("The learner can read this reason. For example: “made up in group B on 3 June”."),
    )

    def __init__(self, *args: Any, now: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        states: Any = self.fields["state"]
        states.choices = [(value, words) for value, words in Attendance.State.choices if value != now]


class RevokeForm(GuardsTexts, forms.Form):
    """Why a certificate is revoked."""

    guarded = ("reason",)

    reason = forms.CharField(
        label=_("Why is it revoked?"),
        max_length=REASON_LENGTH,
        widget=_REASON,
        help_text=_("The learner can read this reason. The public page says only “not valid”."),
    )


class RunsFilter(forms.Form):
    """Searching the planning board."""

    q = forms.CharField(label=_("Course or code"), required=False, widget=forms.SearchInput)
    month = forms.ChoiceField(label=_("Month"), required=False)
    course = forms.ModelChoiceField(
        label=_("Course"), required=False, queryset=Course.objects.order_by("title"), empty_label=_("all")
    )
    venue = forms.ModelChoiceField(
        label=_("Venue"), required=False, queryset=Venue.objects.order_by("name"), empty_label=_("all")
    )
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("all")), *Run.State.choices])
    past = forms.BooleanField(label=_("Also past runs"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months: Any = self.fields["month"]
        months.choices = [("", _("all")), *_months(clock.today())]

    def chosen(self) -> dict[str, Any]:
        """Return what to look for, as `run_board` takes it; what cannot be read is left out."""
        data = self.cleaned_data if self.is_valid() else {}
        course, venue = data.get("course"), data.get("venue")
        return {
            "words": data.get("q", ""),
            "course": course.pk if course else None,
            "venue": venue.pk if venue else None,
            "state": data.get("state", ""),
            "month": date.fromisoformat(f"{data['month']}-01") if data.get("month") else None,
            "past": bool(data.get("past")),
        }


_MONTHS_BACK, _MONTHS_AHEAD = 12, 18


def _months(today: date) -> list[tuple[str, str]]:
    """Return the months around today as (``2027-01``, words), soonest first."""
    at = today.year * 12 + today.month - 1
    days = [date(n // 12, n % 12 + 1, 1) for n in range(at - _MONTHS_BACK, at + _MONTHS_AHEAD + 1)]
    return [(f"{day:%Y-%m}", in_words(day, "F Y")) for day in days]


class ProgressFilter(forms.Form):
    """Searching what an organisation ordered."""

    q = forms.CharField(label=_("Name, course or code"), required=False, widget=forms.SearchInput)
    organisation = forms.ModelChoiceField(
        label=_("Organisation"), required=False, queryset=Organisation.objects.none(), empty_label=_("all")
    )
    standing = forms.ChoiceField(
        label=_("State"),
        required=False,
        choices=[
            ("", _("all")),
            ("seat", _("enrolled")),
            ("waiting", _("on the waiting list")),
            ("cancelled", _("cancelled")),
        ],
    )

    def __init__(self, *args: Any, organisations: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if organisations.count() > 1:
            field: Any = self.fields["organisation"]
            field.queryset = organisations
        else:
            del self.fields["organisation"]

    def chosen(self) -> dict[str, Any]:
        """Return what to look for, as `ordered_by` takes it; what cannot be read is left out."""
        data = self.cleaned_data if self.is_valid() else {}
        organisation = data.get("organisation")
        return {
            "words": data.get("q", ""),
            "organisation": organisation.pk if organisation else None,
            "standing": data.get("standing", ""),
        }
