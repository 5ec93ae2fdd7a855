"""Forms about accounts."""

from typing import Any

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leerhuis.people.models import Person


class SignUpForm(forms.Form):
    """What sign-up asks besides address and password: first and last name, nothing else. Keeps: L3."""

    first_name = forms.CharField(
        label=_("First name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    last_name = forms.CharField(
        label=_("Last name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    field_order = ("email", "password1", "first_name", "last_name")

    def signup(self, request: HttpRequest, user: Person) -> None:
        """Do nothing more: the adapter has made the person."""


class ChoosePasswordForm(forms.Form):
    """One field: the password with which an invited person opens their account."""

    password = forms.CharField(
        label=_("Choose a password"),
        min_length=10,
        max_length=256,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("At least 10 characters. A short sentence is easy to remember and hard to guess."),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        self.person = person
        super().__init__(*args, **kwargs)

    def clean_password(self) -> str:
        """Hold the password to the house's rules."""
        password: str = self.cleaned_data["password"]
        validate_password(password, self.person)
        return password


class PersonForm(forms.ModelForm[Person]):
    """A person's own name, address and language."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)

    class Meta:
        model = Person
        fields = ("first_name", "last_name", "email", "language")
        labels = {"language": _("Language of pages and mails")}
