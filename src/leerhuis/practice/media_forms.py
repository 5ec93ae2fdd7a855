"""The forms in which an author brings pictures, sounds and films into a bank."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.change_forms import meaning_or_words
from leerhuis.practice.contents import FILM, MOST
from leerhuis.practice.mentions import name_from
from leerhuis.practice.models import Version

TAKEN = "image/png,image/jpeg,image/gif,image/webp,image/svg+xml,audio/*,video/mp4,video/webm"


def _file(**more: Any) -> forms.FileField:
    return forms.FileField(widget=forms.FileInput(attrs={"accept": TAKEN}), **more)


def _alt() -> forms.CharField:
    return forms.CharField(
        label=_("What it shows, or what is said in it"),
        max_length=5_000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For whoever cannot see or hear it. Say what matters for the question, without giving the answer."),
    )


class MediaForm(forms.Form):
    """A file, its name in the bank, and its words."""

    file = _file(label=_("Picture, sound or film"), help_text=_("Pictures up to 5 MB, sound and film up to 10 MB."))
    alt = _alt()
    name = forms.CharField(
        label=_("Name in this bank"), required=False, max_length=100, help_text=_("Empty: made from the file’s name.")
    )

    def kept(self) -> dict[str, Any]:
        """Return what the action takes."""
        data = self.cleaned_data
        name = data["name"].strip() or name_from(data["file"].name)
        return {"name": name, "alt": data["alt"], "content": data["file"].read(MOST[FILM] + 1)}


class ChangeMediaForm(forms.Form):
    """The words of a picture, sound or film, and perhaps another file in its place."""

    alt = _alt()
    file = _file(label=_("Another file in its place"), required=False)
    change = meaning_or_words(
        _("What does another file change in questions that show it?"),
        meaning=_("the meaning"),
        words=_("nothing that matters, such as a sharper picture"),
    )

    def kept(self) -> dict[str, Any]:
        """Return what the action takes."""
        file = self.cleaned_data["file"]
        means_else = self.cleaned_data["change"] != Version.Change.WORDS
        content = file.read(MOST[FILM] + 1) if file else None
        return {"alt": self.cleaned_data["alt"], "content": content, "means_else": means_else}
