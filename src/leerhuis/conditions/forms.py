"""What is filled in to publish conditions."""

from django import forms
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock


class PublishForm(forms.Form):
    """The text in both languages, and the day from which it holds."""

    since = forms.DateField(
        label=_("In force from"),
        initial=clock.today,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("Today or later. Whoever registers from that day on accepts this version."),
    )
    nl = forms.CharField(
        label=_("Text in Dutch"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea({"rows": 20, "lang": "nl"}),
        help_text=_("With simple marks: # for a heading, 1. for a numbered line, - for a list."),
    )
    en = forms.CharField(
        label=_("Text in English"),
        required=False,
        max_length=100_000,
        widget=forms.Textarea({"rows": 20, "lang": "en"}),
        help_text=_("Leave it empty when the conditions exist in Dutch alone; readers are told so."),
    )
