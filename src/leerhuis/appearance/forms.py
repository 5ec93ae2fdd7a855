"""What the page about the look asks."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerhuis.appearance.queries import Style

TYPEFACE_WORDS = (
    ("plain", _("Plain: Figtree throughout")),
    ("book", _("Like a book: headings in Newsreader")),
    ("clear", _("Clear: Atkinson Hyperlegible, made for who sees less well")),
)


class AppearanceForm(forms.Form):
    """Logo, accent colour and typeface."""

    logo = forms.FileField(
        label=_("Logo"),
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": "image/png,image/svg+xml,.png,.svg"}),
        help_text=_("PNG or SVG, at most 512 kB. We draw it anew, so nothing else that is in the file comes along."),
    )
    without_logo = forms.BooleanField(label=_("Show the name instead of the logo"), required=False)
    accent = forms.RegexField(
        r"^#[0-9a-fA-F]{6}$",
        label=_("Accent colour"),
        strip=True,
        widget=forms.TextInput(attrs={"type": "color"}),
        help_text=_("We make it lighter or darker where that is needed to read it, in the light and the dark scheme."),
    )
    typeface = forms.ChoiceField(label=_("Typeface"), choices=TYPEFACE_WORDS, widget=forms.RadioSelect)

    def __init__(self, *args: Any, style: Style, **kwargs: Any) -> None:
        kwargs["initial"] = {"accent": style.accent, "typeface": style.typeface}
        super().__init__(*args, **kwargs)
        if style.logo is None:
            del self.fields["without_logo"]
