"""The form about an agreement with an employer."""

from django import forms
from django.utils.translation import gettext_lazy as _


class AgreementForm(forms.Form):
    """What an employer may see of the enrolments that it orders from now on."""

    attendance = forms.BooleanField(
        label=_("Attendance"), required=False, help_text=_("Whether the learner was at each lesson.")
    )
    progress = forms.BooleanField(
        label=_("Progress of the course"),
        required=False,
        help_text=_("How many lessons the learner has followed. Never how somebody practises."),
    )
    result = forms.BooleanField(
        label=_("Result and certificate"), required=False, help_text=_("Only with a reason of its own.")
    )
    result_ground = forms.CharField(
        label=_("Why the employer may see the result"),
        max_length=200,
        required=False,
        help_text=_("The learner reads this. Needed only if you tick the result."),
    )
    reference = forms.CharField(
        label=_("Where this is written down"),
        max_length=200,
        help_text=_("So that it can be found again, such as “Framework contract 2027, page 4”."),
    )
