"""Forms about organisations."""

import re
from typing import Any, ClassVar

import django_filters
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person
from leerhuis.ui.guarding import GuardsTexts

LARGEST_LIST = 2 * 1024 * 1024  # bytes of a file, characters of a text


class OrganisationForm(GuardsTexts, forms.ModelForm[Organisation]):
    """An organisation's details, as the office enters them."""

    kvk = forms.CharField(
        label=_("Chamber of Commerce number"),
        max_length=20,  # spaces and dots may be typed along
        required=False,
        help_text=_("Eight digits. It stands on invoices and tells two organisations of one name apart."),
    )

    class Meta:
        model = Organisation
        fields = ("name", "kvk", "email", "phone", "address", "postcode", "city", "remarks")
        help_texts: ClassVar = {
            "remarks": _("About the organisation, not about people."),
        }
        widgets: ClassVar = {"remarks": forms.Textarea(attrs={"rows": 3})}

    self_service = forms.BooleanField(
        label=_("Contacts of this organisation invite and end people themselves"), required=False
    )

    def __init__(self, *args: Any, self_service: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self_service and self.instance:
            self.fields["self_service"].initial = self.instance.self_service
        else:
            del self.fields["self_service"]

    def clean_kvk(self) -> str:
        """Keep the number as eight digits, or refuse it with what it should look like."""
        typed: str = self.cleaned_data["kvk"]
        digits = "".join(typed.split()).replace(".", "")
        if digits and not re.fullmatch(r"\d{8}", digits):  # the number has no check digit
            raise forms.ValidationError(_("A Chamber of Commerce number has eight digits."))
        return digits


class ContactForm(forms.Form):
    """Who becomes an organisation's contact or employee."""

    first_name = forms.CharField(label=_("First name"), max_length=120)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
    kind = forms.ChoiceField(
        label=_("What this person is there"),
        choices=[("contact", _("contact: enrols colleagues, sees what was agreed")), ("employee", _("employee"))],
    )


class InviteForm(forms.Form):
    """Whom a contact asks to join their organisation."""

    first_name = forms.CharField(label=_("First name"), max_length=120)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(label=_("E-mail address at work"), max_length=254)
    kind = forms.ChoiceField(
        label=_("What this person is there"),
        widget=forms.RadioSelect,
        initial="employee",
        choices=[("employee", _("employee")), ("contact", _("contact: enrols colleagues and keeps this list, too"))],
    )


class JoinForm(forms.Form):
    """The password with which somebody who joins opens their account."""

    password = forms.CharField(
        label=_("Choose a password"),
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


class OrganisationFilter(django_filters.FilterSet):
    """Searching the list of organisations."""

    q = django_filters.CharFilter(label=_("Name, city or number"), method="with_words")

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """Keep organisations whose name, city or number holds every word."""
        for part in value.split()[:6]:
            queryset = queryset.filter(Q(name__icontains=part) | Q(city__icontains=part) | Q(kvk__startswith=part))
        return queryset


class ListForm(GuardsTexts, forms.Form):
    """A list of people: a file of a spreadsheet, or its cells pasted."""

    file = forms.FileField(
        label=_("File from Excel"),
        required=False,
        help_text=_("An .xlsx or .csv file of at most 2 MB. The first sheet is read."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.txt"}),
    )
    text = forms.CharField(
        label=_("Or paste the cells here"),
        required=False,
        max_length=LARGEST_LIST,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 10, "spellcheck": "false", "autocomplete": "off"}),
    )

    def clean_file(self) -> UploadedFile[bytes] | None:
        """Refuse a file that is larger than any list of people."""
        file: UploadedFile[bytes] | None = self.cleaned_data["file"]
        if file and (file.size or 0) > LARGEST_LIST:
            raise forms.ValidationError(_("This file is larger than 2 MB. Keep the columns with names and addresses."))
        return file

    def clean(self) -> dict[str, Any]:
        """Ask for one of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("file") and not (data.get("text") or "").strip():
            raise forms.ValidationError(_("Choose a file, or paste the cells."))
        return data
