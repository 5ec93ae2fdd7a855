"""Forms about accounts."""

from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from leerhuis.base.text import fold
from leerhuis.people.models import Person, Role
from leerhuis.ui.guarding import GuardsTexts


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


class OwnDetailsForm(forms.ModelForm[Person]):
    """One's own name and language; one's address changes by a link that is sent to the new one."""

    class Meta:
        model = Person
        fields = ("first_name", "last_name", "language")
        labels = {"language": _("Language of pages and mails")}


class PersonForm(forms.ModelForm[Person]):
    """Somebody's name, address and language, as the office corrects them."""

    email = forms.EmailField(label=_("E-mail address"), max_length=254)

    class Meta:
        model = Person
        fields = ("first_name", "last_name", "email", "language")
        labels = {"language": _("Language of pages and mails")}


class AddPersonForm(forms.Form):
    """What the office enters of somebody new."""

    first_name = forms.CharField(label=_("First name"), max_length=120)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    language = forms.ChoiceField(
        label=_("Language of pages and mails"), choices=[("nl", "Nederlands"), ("en", "English")]
    )
    invite = forms.BooleanField(label=_("Send a mail with which they open their account"), required=False, initial=True)


class RolesForm(forms.Form):
    """Which staff roles somebody has; trainer included, contact is given with an organisation."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[(value, label) for value, label in Role.Name.choices if value != Role.Name.CONTACT],
        help_text=_("Whoever has a role sees other people's data and signs in with a second step."),
    )


class ResetSecondStepForm(GuardsTexts, forms.Form):
    """Why somebody's second step is taken away; they read it in their mail."""

    guarded = ("reason",)

    reason = forms.CharField(
        label=_("Reason"),
        max_length=200,
        help_text=_("This person reads it in the mail. For example: lost telephone, called us, known by voice."),
    )


class PeopleFilter(django_filters.FilterSet):
    """Searching the list of people."""

    q = django_filters.CharFilter(label=_("Name or e-mail address"), method="with_words")
    role = django_filters.ChoiceFilter(
        label=_("Role"), choices=Role.Name.choices, method="with_role", empty_label=_("all")
    )
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=Person.State.choices, field_name="state", empty_label=_("all")
    )

    class Meta:
        model = Person
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep people whose name or address holds every word, blind to accents and case."""
        for part in value.split()[:6]:
            queryset = queryset.filter(Q(sort_name__contains=fold(part)) | Q(email__icontains=part))
        return queryset

    def with_role(self, queryset: QuerySet[Person], name: str, value: str) -> QuerySet[Person]:
        """Keep people who have a role now."""
        return queryset.filter(roles__name=value, roles__ended_at=None)


class TokenForm(forms.Form):
    """The name of an app that is given access."""

    app = forms.CharField(
        label=_("Name of the app"),
        max_length=60,
        help_text=_("By this name you know the app again in the list of where you are signed in."),
    )
