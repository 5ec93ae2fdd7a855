"""The question whether a change of what is there changed its meaning, or only its words."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrPromise

from leerhuis.practice.models import Version


def meaning_or_words(label: StrPromise, *, meaning: StrPromise, words: StrPromise) -> forms.ChoiceField:
    """Return the field; `meaning`, which is taken unless something else is said, and `words` name its two answers."""
    return forms.ChoiceField(
        label=label,
        choices=[(Version.Change.MEANING, meaning), (Version.Change.WORDS, words)],
        initial=Version.Change.MEANING,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("After a change of meaning, learners who knew a question get it again and read that it changed."),
    )
