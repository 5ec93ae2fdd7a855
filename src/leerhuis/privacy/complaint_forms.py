"""What is filled in about complaints, by anybody and at the desk. No form here takes a file."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.privacy.models import Complaint
from leerhuis.ui.guarding import GuardsTexts


class ComplainForm(GuardsTexts, forms.Form):
    """What somebody complains about, who they are, and where the answer goes."""

    subject_of = forms.ChoiceField(label=_("What is it about?"), choices=Complaint.About.choices)
    told = forms.CharField(
        label=_("What happened, and what do you expect of us?"), max_length=6000, widget=forms.Textarea({"rows": 7})
    )
    name = forms.CharField(label=_("Your name"), max_length=300, widget=forms.TextInput({"autocomplete": "name"}))
    address = forms.EmailField(
        label=_("Your e-mail address"),
        max_length=254,
        widget=forms.EmailInput({"autocomplete": "email"}),
        help_text=_("The receipt and our answer go there."),
    )


class NewComplaintForm(GuardsTexts, forms.Form):
    """A complaint that came by mail, telephone, letter or at the desk."""

    subject_of = forms.ChoiceField(label=_("What is it about?"), choices=Complaint.About.choices)
    channel = forms.ChoiceField(
        label=_("Came by"), choices=[each for each in Complaint.Channel.choices if each[0] != Complaint.Channel.WEBSITE]
    )
    received_on = forms.DateField(
        label=_("Received on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The terms count from then."),
    )
    name = forms.CharField(label=_("Name"), max_length=300)
    address = forms.CharField(label=_("E-mail or postal address for the answer"), max_length=300)
    told = forms.CharField(label=_("The complaint"), max_length=6000, widget=forms.Textarea({"rows": 6}))

    def clean_received_on(self) -> Any:
        """Refuse a day that has yet to come."""
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("A complaint cannot have come in later than today."))
        return day

    def received_at(self) -> datetime:
        """Return the moment from which the terms count: now for today, else noon of the day."""
        day = self.cleaned_data["received_on"]
        return clock.now() if day == clock.today() else datetime.combine(day, time(12), tzinfo=clock.zone())


class AnswerForm(GuardsTexts, forms.Form):
    """The answer to a complaint, with what came of it and what is done better from now on."""

    outcome = forms.ChoiceField(label=_("What came of it"), choices=Complaint.Outcome.choices)
    body = forms.CharField(label=_("Answer, with your reasons"), max_length=20_000, widget=forms.Textarea({"rows": 14}))
    learned = forms.CharField(
        label=_("What we do better from now on"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 2}),
        help_text=_("For ourselves and for the yearly figures. Name nobody."),
    )


class DelayForm(GuardsTexts, forms.Form):
    """Until when a complaint takes longer, and why."""

    until = forms.DateField(label=_("New last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The complainant reads this."),
    )


class CloseForm(GuardsTexts, forms.Form):
    """What came of the appeal."""

    learned = forms.CharField(
        label=_("What the appeal came to, and what we do better"), required=False, max_length=1000,
        widget=forms.Textarea({"rows": 2}), help_text=_("Name nobody."),
    )  # fmt: skip


class YearForm(GuardsTexts, forms.Form):
    """The calendar year of which the figures are taken along."""

    year = forms.IntegerField(label=_("Year"), min_value=2000, max_value=2100)
