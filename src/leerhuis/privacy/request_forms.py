"""What is filled in about requests, in one's own account and at the desk. No form here takes a file. Keeps: L36."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.consent.queries import standing_topics, weighed_purposes
from leerhuis.people.models import Person
from leerhuis.privacy.handling import ALL_NEWS
from leerhuis.privacy.models import Request, RequestGround
from leerhuis.privacy.phrases import Language
from leerhuis.privacy.trail import purpose_names
from leerhuis.ui.guarding import GuardsTexts


def purposes() -> list[tuple[str, str]]:
    """Return every purpose in words, to choose from."""
    return [("", "–"), *sorted(purpose_names(_language()).items(), key=lambda each: each[1])]


def _language() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


class AskForm(GuardsTexts, forms.Form):
    """What somebody asks about their own data."""

    guarded = ("concerns",)
    concerns = forms.CharField(
        label=_("Which data are wrong?"), max_length=200, help_text=_("For example: the date of my lesson of 3 March.")
    )
    asked = forms.CharField(label=_("What do you ask?"), max_length=4000, widget=forms.Textarea({"rows": 5}))

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if kind != Request.Kind.CORRECTION:
            del self.fields["concerns"]
        else:
            self.fields["asked"].label = _("What should it be?")


class NewRequestForm(GuardsTexts, forms.Form):
    """A request that came by mail, telephone, letter or at the desk."""

    kind = forms.ChoiceField(label=_("What is asked"), choices=Request.Kind.choices)
    channel = forms.ChoiceField(
        label=_("Came by"), choices=[each for each in Request.Channel.choices if each[0] != Request.Channel.ACCOUNT]
    )
    received_on = forms.DateField(
        label=_("Received on"),
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
        help_text=_("The day on which it reached the academy. The four weeks count from then."),
    )
    email = forms.EmailField(
        label=_("E-mail address on file"),
        required=False,
        max_length=254,
        help_text=_("Of the person as we know them. Leave it empty when it is not clear who it is."),
    )
    given_name = forms.CharField(label=_("Name as given"), required=False, max_length=300)
    given_address = forms.CharField(
        label=_("E-mail or postal address as given"),
        required=False,
        max_length=300,
        help_text=_("An answer with data only goes to an address that was on file already."),
    )
    asked = forms.CharField(
        label=_("What is asked, in short"),
        max_length=4000,
        widget=forms.Textarea({"rows": 4}),
        help_text=_("Leave out what is not needed. Never write down a BSN or the number of a paper."),
    )

    def clean_received_on(self) -> Any:
        """Refuse a day that has yet to come."""
        day = self.cleaned_data["received_on"]
        if day > clock.today():
            raise forms.ValidationError(_("A request cannot have come in later than today."))
        return day

    def clean(self) -> dict[str, Any]:
        """Ask for somebody to reply to: a person on file, or a name with an address."""
        said = super().clean() or {}
        if not said.get("email") and not (said.get("given_name") and said.get("given_address")):
            self.add_error("given_name", _("Fill in the address on file, or a name and an address as they were given."))
        return said

    def received_at(self) -> datetime:
        """Return the moment from which the clock runs: now for today, else noon of the day."""
        day = self.cleaned_data["received_on"]
        if day == clock.today():
            return clock.now()
        return datetime.combine(day, time(12), tzinfo=clock.zone())


class WithdrawForm(GuardsTexts, forms.Form):
    """What somebody no longer consents to, of what they consent to now."""

    topics = forms.MultipleChoiceField(label=_("No longer wants"), widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, person: Person | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        given = standing_topics(person, _language()) if person is not None else []
        self.fields["topics"].choices = [(id, capfirst(name)) for id, name in given]  # type: ignore[attr-defined]


class ObjectForm(GuardsTexts, forms.Form):
    """What somebody objects to, apart from what their employer sees."""

    against = forms.ChoiceField(label=_("Objects to"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        weighed = [(id, capfirst(name)) for id, name in weighed_purposes(_language())]
        news = (ALL_NEWS, capfirst(_("all news and offers")))
        self.fields["against"].choices = [news, *weighed]  # type: ignore[attr-defined]


class WhoseForm(GuardsTexts, forms.Form):
    """Which person a request is about."""

    email = forms.EmailField(label=_("E-mail address on file"), max_length=254)


class CodeForm(GuardsTexts, forms.Form):
    """The code that was mailed to the address on file, as the person gives it."""

    code = forms.CharField(
        label=_("Code that the person gives"), max_length=12, widget=forms.TextInput({"inputmode": "numeric"})
    )


class ProofForm(GuardsTexts, forms.Form):
    """What was done to be certain who asks: how, never what."""

    proof = forms.ChoiceField(
        label=_("Or: how we know who asks"),
        choices=[each for each in Request.Proof.choices if each[0] not in {Request.Proof.SIGN_IN, Request.Proof.CODE}],
    )


class ExtendForm(GuardsTexts, forms.Form):
    """Why it takes longer."""

    reason = forms.CharField(
        label=_("Why it takes longer"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The person reads this."),
    )


class DecideForm(GuardsTexts, forms.Form):
    """What is decided."""

    decision = forms.ChoiceField(label=_("Decision"), choices=Request.Decision.choices, widget=forms.RadioSelect)


class GroundForm(GuardsTexts, forms.Form):
    """For one purpose: why it is not granted, and until when."""

    guarded = ("explanation",)
    purpose = forms.ChoiceField(label=_("For which purpose"), choices=purposes, required=False)
    ground = forms.ChoiceField(
        label=_("On which ground"), choices=[("", "–"), *RequestGround.Ground.choices], required=False
    )
    until = forms.DateField(
        label=pgettext_lazy("last day", "Until"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    explanation = forms.CharField(label=_("Explanation"), required=False, max_length=500)

    def clean(self) -> dict[str, Any]:
        """Ask for the ground where a line was begun."""
        said = super().clean() or {}
        if not said.get("ground") and any(said.get(each) for each in ("purpose", "until", "explanation")):
            self.add_error("ground", _("Choose the ground."))
        return said


Grounds = forms.formset_factory(GroundForm, extra=3, max_num=20)


class ReplyForm(GuardsTexts, forms.Form):
    """The letter, as it will go."""

    body = forms.CharField(label=_("Letter"), max_length=20_000, widget=forms.Textarea({"rows": 18}))
