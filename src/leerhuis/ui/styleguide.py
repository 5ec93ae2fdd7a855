"""Invented content for the style page: a form, a table with filters, figures, a question.

It stays Dutch in both languages: it shows form, not meaning.
"""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest
from django.utils.html import format_html

_START = datetime(2027, 1, 14, 9, 30, tzinfo=ZoneInfo("Europe/Amsterdam"))
_RUNS = (
    ("Privacy op het werk", "Utrecht, Oudegracht 1", 9, 12, "good"),
    ("Adviseren over verzekeringen", "Online", 12, 12, "care"),
    ("Bedrijfshulpverlening, herhaling", "Zwolle, Hanzeplein 4", 3, 12, "note"),
    ("Gespreksvoering voor leidinggevenden", "Utrecht, Oudegracht 1", 0, 10, "bad"),
)
_WORDS = {"good": "Bevestigd", "care": "Vol", "note": "Open", "bad": "Geannuleerd"}


class SampleForm(forms.Form):
    """A registration as short as it can be."""

    first_name = forms.CharField(label="Voornaam", help_text="Zoals hij op uw certificaat moet staan.")
    email = forms.EmailField(label="E-mailadres", help_text="Hierheen sturen wij de bevestiging en de uitnodiging.")
    run = forms.ChoiceField(label="Wanneer", choices=[("1", "di 14 januari 2027"), ("2", "do 4 maart 2027")])
    diet = forms.CharField(
        label="Dieetwensen", required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Alleen de locatie ziet dit, zonder uw naam.",
    )  # fmt: skip
    lunch = forms.BooleanField(label="Ik blijf lunchen", required=False)
    mode = forms.ChoiceField(
        label="Hoe doet u mee?",
        widget=forms.RadioSelect,
        choices=[("venue", "Op locatie"), ("online", "Online")],
    )


class FilterForm(forms.Form):
    """Filters above a list."""

    q = forms.CharField(label="Zoek", required=False, widget=forms.TextInput(attrs={"type": "search"}))
    state = forms.ChoiceField(label="Stand", required=False, choices=[("", "Alle"), ("open", "Open")])


def samples(request: HttpRequest) -> dict[str, Any]:
    """Return the context of the style page."""
    rows = [
        (course, f"{14 + at} jan 2027", venue, f"{taken}/{seats}", _WORDS[state], state)
        for at, (course, venue, taken, seats, state) in enumerate(_RUNS)
    ]
    return {
        "empty_form": SampleForm(),
        "failed_form": SampleForm({"b-first_name": "Anna", "b-email": "anna@", "b-run": "1"}, prefix="b"),
        "filter_form": FilterForm(request.GET or None),
        "rows": rows,
        "page": Paginator(range(240), 25).page(4),
        "moment": _START,
        "end": _START + timedelta(hours=7, minutes=30),
        "amount": Decimal(1250),
        "crumbs": [("Opleidingen", "#"), ("Privacy op het werk", "")],
        "facts": [
            ("Prijs", "€ 495,00, vrij van btw"),
            ("Waar", format_html('<a href="#">{}</a>', "Oudegracht 1, Utrecht")),
            ("Plaatsen vrij", 3),
            ("Taal", ""),
        ],
        "options": [
            "Niemand; het is een oud bestand.",
            "De werkgever, omdat hij het doel bepaalt.",
            "De leverancier van de software.",
            "De medewerker die het bestand opende.",
        ],
        "weekdays": [
            ("ma", True),
            ("di", True),
            ("wo", False),
            ("do", True),
            ("vr", False),
            ("za", False),
            ("zo", False),
        ],
    }
