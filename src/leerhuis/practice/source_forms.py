"""The forms of sources and learning goals."""

from django import forms
from django.utils.translation import gettext_lazy as _


def _day(**more: object) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **more)  # type: ignore[arg-type]


_ENDS_ITSELF = _("The day after, its questions leave the rounds by themselves. Empty: until it is changed.")


class SourceForm(forms.Form):
    """What a source is called, where it is read, and until when it holds."""

    name = forms.CharField(label=_("Name"), max_length=200, help_text=_("Such as “GDPR, article 5”."))
    address = forms.URLField(label=_("Address on the web"), required=False, max_length=500, assume_scheme="https")
    valid_until = _day(
        label=_("Holds until"),
        required=False,
        help_text=_ENDS_ITSELF,
    )


class ChangedForm(forms.Form):
    """Since when a source is changed."""

    on = _day(label=_("Changed on"))


class ObjectiveForm(forms.Form):
    """A learning goal in words."""

    title = forms.CharField(label=_("Learning goal"), max_length=300)
