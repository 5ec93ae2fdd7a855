"""A guard on free text: a citizen service number (BSN) is refused, unless who typed it says that it is another number.

Every form in which people write about people is of this kind; a house test sees to it. Keeps: L36.
"""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerhuis.base.bsn import bsn_in

OVERRIDE = "not_a_bsn"
LOOKS_LIKE_ONE = _(
    "This looks like a citizen service number (BSN), which we never keep."
    " Take it out, or tick below that it is another number."
)


class GuardsTexts(forms.BaseForm):
    """A form of which the free texts hold no BSN; `said_not_a_bsn` is True when its writer said that it is none.

    Free text is each field of more than one line, and what `guarded` names besides. The box "this is not a BSN" appears
    once there is something to say it about, and its answer stays out of `cleaned_data`.
    """

    guarded: tuple[str, ...] = ()
    said_not_a_bsn = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data and self.data.get(self.add_prefix(OVERRIDE)):
            self._offer()

    def full_clean(self) -> None:
        """Look at every free text after the other rules."""
        super().full_clean()
        if not self.is_bound or not hasattr(self, "cleaned_data"):
            return
        self.said_not_a_bsn = bool(self.cleaned_data.pop(OVERRIDE, False))
        for name in self._texts():
            if bsn_in(str(self.cleaned_data.get(name) or "")) and not self.said_not_a_bsn:
                self._offer()
                self.add_error(name, LOOKS_LIKE_ONE)

    def _texts(self) -> list[str]:
        free = (name for name, field in self.fields.items() if isinstance(field.widget, forms.Textarea))
        return [*free, *self.guarded]

    def _offer(self) -> None:
        self.fields.setdefault(OVERRIDE, forms.BooleanField(label=_("This is not a BSN"), required=False))
