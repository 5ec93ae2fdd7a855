"""The form with which the office adds a document about somebody."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerhuis.documents.queries import reasons_to_keep
from leerhuis.documents.rules import LONGEST_REASON

ACCEPTED = ".pdf,.png,.jpg,.jpeg,.docx,.xlsx,.pptx,.odt,.txt"


class DocumentForm(forms.Form):
    """A file, what it is kept for, and what it is."""

    file = forms.FileField(
        label=_("File"),
        allow_empty_file=True,
        max_length=500,
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("PDF, picture, Word, Excel, PowerPoint, OpenDocument or plain text, at most 10 MB."),
    )
    purpose = forms.ChoiceField(
        label=_("What it is kept for"),
        widget=forms.RadioSelect,
        help_text=_("This decides until when it is kept. What belongs to neither, we do not keep."),
    )
    reason = forms.CharField(
        label=_("What it is, and why we keep it"),
        max_length=LONGEST_REASON,
        help_text=_("The person reads this, such as “Diploma HAVO, needed to be admitted”. Never health or a BSN."),
    )
    not_bsn = forms.BooleanField(label=_("The number in it is not a BSN"), required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["purpose"].choices = list(reasons_to_keep().items())  # type: ignore[attr-defined]  # a ChoiceField

    def ask_about_number(self) -> None:
        """Show the box with which somebody says that the number is another one."""
        self.fields["not_bsn"].widget = forms.CheckboxInput()
