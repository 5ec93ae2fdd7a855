"""Forms about organisations."""

import re
from typing import ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from leerhuis.organisations.models import Organisation


class OrganisationForm(forms.ModelForm[Organisation]):
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
