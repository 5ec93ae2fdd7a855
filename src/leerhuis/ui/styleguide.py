"""Invented content for the style page: a form, a table with filters, figures, a question."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import django_tables2 as tables
from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from leerhuis.ui.templatetags.ui import status

_START = datetime(2027, 1, 14, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
_RUNS = (
    ("Privacy op het werk", "Utrecht, Oudegracht 1", 9, 12, "good"),
    ("Adviseren over verzekeringen", "Online", 12, 12, "care"),
    ("Bedrijfshulpverlening, herhaling", "Zwolle, Hanzeplein 4", 3, 12, "note"),
    ("Gespreksvoering voor leidinggevenden", "Utrecht, Oudegracht 1", 0, 10, "bad"),
)
_WORDS = {"good": _("Confirmed"), "care": _("Full"), "note": _("Open"), "bad": _("Cancelled")}


class SampleForm(forms.Form):
    """A registration as short as it can be."""

    first_name = forms.CharField(label=_("First name"), help_text=_("As it must stand on your certificate."))
    email = forms.EmailField(label=_("E-mail address"), help_text=_("We send the confirmation and the invitation to it."))
    run = forms.ChoiceField(label=_("When"), choices=[("1", "di 14 januari 2027"), ("2", "do 4 maart 2027")])
    diet = forms.CharField(
        label=_("Dietary needs"), required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Only the venue sees this, without your name."),
    )  # fmt: skip
    lunch = forms.BooleanField(label=_("I will stay for lunch"), required=False)
    mode = forms.ChoiceField(
        label=_("How will you take part?"), widget=forms.RadioSelect, choices=[("venue", _("At the venue")), ("online", _("Online"))]
    )


class FilterForm(forms.Form):
    """Filters above a list."""

    q = forms.CharField(label=_("Search"), required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label=_("State"), required=False, choices=[("", _("All")), ("open", _("Open"))])


class RunTable(tables.Table):
    """Runs as the office lists them."""

    course = tables.Column(verbose_name=_("Course"), linkify=lambda: "#")
    start = tables.Column(verbose_name=_("Starts"))
    venue = tables.Column(verbose_name=_("Venue"))
    seats = tables.Column(verbose_name=_("Seats"), attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    state = tables.Column(verbose_name=_("State"))

    class Meta:
        """What the table looks like."""

        attrs = {"class": "table table-cards table-sticky"}  # noqa: RUF012 -- django-tables2's own form
        empty_text = _("No runs yet.")

    def render_state(self, value: str) -> SafeString:
        """Show the state as a word and a sign."""
        return status(str(_WORDS[value]), value)


def samples(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the style page."""
    rows = [
        {"course": course, "start": f"{14 + at} jan 2027", "venue": venue, "seats": f"{taken}/{seats}", "state": state}
        for at, (course, venue, taken, seats, state) in enumerate(_RUNS)
    ]
    table = RunTable(rows, order_by=request.GET.get("sort", ""))
    return {
        "empty_form": SampleForm(),
        "failed_form": SampleForm({"first_name": "Anna", "email": "anna@", "run": "1"}),
        "filter_form": FilterForm(request.GET or None),
        "table": table.paginate(page=1, per_page=25) or table,
        "page": Paginator(range(240), 25).page(4),
        "moment": _START,
        "end": _START + timedelta(hours=7, minutes=30),
        "amount": Decimal("1250"),
        "crumbs": [(_("Courses"), "#"), ("Privacy op het werk", "")],
        "facts": [
            (_("Price"), "€ 495,00, vrij van btw"),
            (_("Where"), format_html('<a href="#">{}</a>', "Oudegracht 1, Utrecht")),
            (_("Seats left"), 3),
            (_("Language"), ""),
        ],
        "options": [
            "Niemand; het is een oud bestand.",
            "De werkgever, omdat hij het doel bepaalt.",
            "De leverancier van de software.",
            "De medewerker die het bestand opende.",
        ],
        "weekdays": [("ma", True), ("di", True), ("wo", False), ("do", True), ("vr", False), ("za", False), ("zo", False)],
    }
