"""Searching the data map; restricting the use of somebody’s data, and holding what may not go yet."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.datamap import Column, data_map
from leerhuis.charter.words import WORDS
from leerhuis.privacy.models import Restriction
from leerhuis.privacy.phrases import Language, said
from leerhuis.privacy.queries import people_to_restrict
from leerhuis.privacy.rows import tables_about_people
from leerhuis.privacy.trail import purpose_names


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


class RestrictForm(forms.Form):
    """Whose data are only kept from now on, on which ground, and why."""

    email = forms.EmailField(label=_("E-mail address of the person"), max_length=254)
    ground = forms.ChoiceField(label=_("Ground"), choices=Restriction.Ground.choices)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("The person reads this, too."),
    )


def _purposes_of_house() -> list[tuple[str, str]]:
    titles = purpose_names("en" if (get_language() or "nl").startswith("en") else "nl")
    return [("", "–"), *sorted(titles.items(), key=lambda each: each[1])]


def _tables() -> list[tuple[str, str]]:
    return [("", "–"), *((model._meta.label_lower, model._meta.db_table) for model, _path in tables_about_people())]


class HoldForm(forms.Form):
    """What is held, one of three; why and until when."""

    email = forms.EmailField(label=_("Everything about a person: their e-mail address"), max_length=254, required=False)
    purpose = forms.ChoiceField(label=_("Or all rows of a purpose"), choices=_purposes_of_house, required=False)
    thing_kind = forms.ChoiceField(label=_("Or one row of a table"), choices=_tables, required=False)
    thing_id = forms.UUIDField(label=_("Id of that row"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=2000, widget=forms.Textarea({"rows": 3}))
    until = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}))

    def target(self, viewer: Any) -> dict[str, Any]:
        """Return what was filled in, as `actions.hold` takes it; an address that nobody has gives nobody."""
        asked = dict(self.cleaned_data)
        address = asked.pop("email")
        person = people_to_restrict(viewer).filter(email__iexact=address).first() if address else None
        return {**asked, "person_id": person.id if person else None}
