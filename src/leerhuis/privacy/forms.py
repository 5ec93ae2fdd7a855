"""Searching the data map; suppliers; restricting the use of somebody’s data, and holding what may not go yet."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar, Final

import django_filters
from babel import Locale
from dateutil.relativedelta import relativedelta
from django import forms
from django.db.models import Q, QuerySet
from django.utils.dateformat import format as in_words
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.charter.datamap import Column, data_map
from leerhuis.charter.declarations import Processor
from leerhuis.charter.register import declared
from leerhuis.charter.words import WORDS
from leerhuis.privacy.models import Firm, Restriction
from leerhuis.privacy.phrases import Language, capital, said
from leerhuis.privacy.trail import purpose_names
from leerhuis.ui.guarding import GuardsTexts
from leerhuis.ui.wording import day_long

MONTHS_SHOWN: Final = 25
_COUNTRY: Final = re.compile("[A-Z]{2}")
_NO_COUNTRIES: Final = frozenset({"EZ", "QO", "UN", "XA", "XB", "ZZ"})


def _words() -> list[tuple[str, str]]:
    language: Language = "en" if (get_language() or "nl").startswith("en") else "nl"
    return [("", str(_("all"))), *((key, said(word, language)) for key, word in WORDS.items())]


def _purposes() -> list[tuple[str, str]]:
    titles = purpose_names("en" if (get_language() or "nl").startswith("en") else "nl")
    found = {purpose: titles.get(purpose, purpose) for column in data_map() for purpose in column.purposes}
    return [("", str(_("all"))), *sorted(found.items(), key=lambda each: each[1])]


class MapFilter(forms.Form):
    """By table or column, by category, by purpose."""

    q = forms.CharField(
        label=_("Table or column"), required=False, max_length=60, widget=forms.TextInput({"type": "search"})
    )
    word = forms.ChoiceField(label=_("Category"), required=False, choices=_words)
    purpose = forms.ChoiceField(label=_("Purpose"), required=False, choices=_purposes)
    about_people = forms.BooleanField(label=_("Only about people"), required=False)

    def matching(self, columns: Iterable[Column]) -> list[Column]:
        """Return the columns of the map that fit; all of them when nothing valid was chosen."""
        if not self.is_valid():
            return list(columns)
        asked = self.cleaned_data
        text = asked["q"].strip().lower()
        return [
            column
            for column in columns
            if (not text or text in f"{column.table}.{column.column}".lower())
            and asked["word"] in ("", column.word)
            and (not asked["purpose"] or asked["purpose"] in column.purposes)
            and (not asked["about_people"] or column.word in WORDS)
        ]


# --- suppliers ------------------------------------------------------------------------------------------------------
OTHER_ROLE = "other"


def _spoken() -> Language:
    return "en" if (get_language() or "nl").startswith("en") else "nl"


def role_choices() -> list[tuple[str, str]]:
    """Return what a supplier can be to this system: the roles that packages declare, and any other."""
    found = {each.role: capital(said(each, _spoken())) for _id, each in declared(Processor)}
    known = Firm.objects.exclude(role__in=[*found, OTHER_ROLE]).order_by("role").values_list("role", flat=True)
    others = {role: role for role in known.distinct()}
    nothing = str(_("something else: it gets no data from this system"))
    return [*sorted(found.items(), key=lambda each: each[1]), *others.items(), (OTHER_ROLE, nothing)]


def _countries() -> list[tuple[str, str]]:
    names = {str(code): str(name) for code, name in Locale(_spoken()).territories.items()}
    found = {code: name for code, name in names.items() if _COUNTRY.fullmatch(code) and code not in _NO_COUNTRIES}
    return [("", str(_("not recorded yet"))), *sorted(found.items(), key=lambda each: each[1])]


class FirmForm(GuardsTexts, forms.ModelForm[Firm]):
    """What is recorded of a supplier."""

    role = forms.ChoiceField(label=_("What it is to this system"), choices=role_choices)
    place = forms.ChoiceField(label=_("Country in which it works"), choices=_countries, required=False)

    statement_link = forms.URLField(
        label=_("Its privacy statement"), max_length=300, required=False, assume_scheme="https",
        help_text=_("Its address on the web; the statement prints it."),
    )  # fmt: skip
    helpers_link = forms.URLField(
        label=_("Its sub-processors"), max_length=300, required=False, assume_scheme="https",
        help_text=_("The page with its list of sub-processors; the statement prints it."),
    )  # fmt: skip

    class Meta:
        model = Firm
        fields = (
            "name", "role", "role_nl", "role_en", "processor", "place", "hosts", "agreement_since",
            "agreement_until", "agreement_reference", "transfer", "transfer_on", "transfer_nl", "transfer_en",
            "statement_link", "helpers_link", "remarks",
        )  # fmt: skip
        widgets: ClassVar = {
            "agreement_since": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "agreement_until": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "transfer_on": forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
            "remarks": forms.Textarea({"rows": 3}),
        }
        help_texts: ClassVar = {
            "role_nl": _("The statement prints this, such as “betalingsverkeer”."),
            "role_en": _("The same in English, such as “payments”."),
            "processor": _(
                "Leave it off for a company that decides itself what it does with the data, as a bank does."
            ),
            "hosts": _("Where this installation reaches it, such as mail.example; hosts below it count too."),
            "agreement_until": _("Empty for an agreement without an end. A reminder comes 60 days before."),
            "agreement_reference": _("Where it is found again: the number of a file or a folder."),
            "transfer": _("Only for a country outside the European Economic Area."),
            "transfer_on": _("With standard clauses: the day of our own assessment of that country."),
            "transfer_nl": _("As the statement prints it. Safe Harbor and Privacy Shield are void."),
            "remarks": _("For colleagues. Do not write about persons here."),
        }


class FirmFilter(django_filters.FilterSet):
    """Searching the list of suppliers."""

    q = django_filters.CharFilter(label=_("Name or what it does"), method="with_words")
    ended = django_filters.BooleanFilter(label=_("Ended ones too"), method="with_ended", widget=forms.CheckboxInput())

    class Meta:
        model = Firm
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Firm], name: str, value: str) -> QuerySet[Firm]:
        """Keep firms whose name or work holds every word."""
        for part in value.split()[:6]:
            queryset = queryset.filter(
                Q(name__icontains=part) | Q(role_nl__icontains=part) | Q(role_en__icontains=part)
            )
        return queryset

    def with_ended(self, queryset: QuerySet[Firm], name: str, value: bool) -> QuerySet[Firm]:  # noqa: FBT001 - as the library calls it
        """Leave those out that ended, unless they were asked for."""
        return queryset if value else queryset.filter(ended_at=None)


class MonthForm(forms.Form):
    """Which month is looked at; this one when none is chosen."""

    month = forms.ChoiceField(label=_("Month"), required=False, widget=forms.Select({"class": "form-select"}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        months: Any = self.fields["month"]
        months.choices = [(f"{day:%Y-%m}", in_words(day, "F Y")) for day in _months_back()]

    def first_day(self) -> date:
        """Return the first day of the month."""
        chosen = self.cleaned_data.get("month") if self.is_bound and self.is_valid() else ""
        return date.fromisoformat(f"{chosen}-01") if chosen else clock.today().replace(day=1)


def _months_back() -> list[date]:
    first = clock.today().replace(day=1)
    return [first - relativedelta(months=count) for count in range(MONTHS_SHOWN)]


# --- what stands still ----------------------------------------------------------------------------------------------
class FindForm(forms.Form):
    """Whom it is about: by name or address; sent by POST, so that neither stands in an address or a log."""

    words = forms.CharField(label=_("Name or e-mail address"), max_length=120)


class ReasonForm(GuardsTexts, forms.Form):
    """Why; whoever it is about reads it, too."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The person reads this under “My data”. Name nobody else in it."),
    )


class RestrictForm(ReasonForm):
    """On which ground and why somebody's data are only kept from now on."""

    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=Restriction.Ground.choices,
        widget=forms.RadioSelect,
    )
    field_order = ("ground", "reason")


class HoldForm(ReasonForm):
    """Why something is held, and until when."""

    until = forms.DateField(
        label=_("Last day"),
        widget=forms.DateInput({"type": "date"}),
        help_text=_("Two years from now at most. After this day the hold lapses by itself."),
    )


class RemovalForm(GuardsTexts, forms.Form):
    """Why an organisation is removed, and on which day."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Such as: they asked for it, or they stopped. It goes together with the organisation."),
    )
    day = forms.DateField(label=_("Day of removal"), widget=forms.DateInput({"type": "date"}))

    def __init__(self, *args: Any, first: date, **kwargs: Any) -> None:
        """Say which day is the first that leaves the notice whole."""
        super().__init__(*args, **kwargs)
        self.fields["day"].widget.attrs["min"] = first.isoformat()
        self.fields["day"].help_text = _("%(day)s at the earliest.") % {"day": capital(day_long(first))}


class RedactForm(GuardsTexts, forms.Form):
    """A text about somebody, without the name of who was erased."""

    text = forms.CharField(label=_("Text"), required=False, widget=forms.Textarea({"rows": 8}))


def _purposes_of_house() -> list[tuple[str, str]]:
    titles = purpose_names("en" if (get_language() or "nl").startswith("en") else "nl")
    return sorted(titles.items(), key=lambda each: each[1])


class PurposeForm(forms.Form):
    """Of which purpose all rows are held."""

    purpose = forms.ChoiceField(label=_("Purpose"), choices=_purposes_of_house)
