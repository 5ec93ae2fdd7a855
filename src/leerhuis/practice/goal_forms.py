"""The form in which a learner says what they want with a bank."""

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.pacing import LEAST, LONGEST, MOST, SHORTEST, Plan


def lengths() -> list[tuple[int, str]]:
    """Return how many minutes a round may take, in words of whoever reads them now."""
    return [(n, gettext("%(count)d minutes") % {"count": n}) for n in range(SHORTEST, LONGEST + 1)]


class GoalForm(forms.Form):
    """The exam, how much to keep knowing (in percents), and how long a round takes."""

    exam_on = forms.DateField(
        label=_("Day of your exam"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The questions are spread over the days until then. Empty: you want to keep knowing it."),
    )
    retention = forms.IntegerField(
        label=_("How much of it do you want to know, in percents?"),
        validators=[MinValueValidator(round(100 * LEAST)), MaxValueValidator(round(100 * MOST))],
        help_text=_("From 70 to 97. A higher number asks for more practice. 90 suits most people."),
        widget=forms.NumberInput(attrs={"min": round(100 * LEAST), "max": round(100 * MOST), "inputmode": "numeric"}),
    )
    minutes = forms.TypedChoiceField(
        label=_("How long may a round take?"),
        coerce=int,
        choices=lengths,
        help_text=_("At your own pace: who answers quickly gets more questions."),
    )


def shown(plan: Plan, *, ahead: bool) -> dict[str, object]:
    """Return what the form shows of a plan; a past exam is not shown again."""
    return {
        "exam_on": plan.exam_on if ahead else None,
        "retention": round(100 * plan.retention),
        "minutes": plan.minutes,
    }
