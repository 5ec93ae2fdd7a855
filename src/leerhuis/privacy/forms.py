"""Searching the data map."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.datamap import Column, data_map
from leerhuis.charter.words import WORDS
from leerhuis.privacy.phrases import Language, said
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
