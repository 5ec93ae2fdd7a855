"""The rows and single fields of which the form of a question consists, kind by kind."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from leerhuis.practice.kinds import Kind, Shape
from leerhuis.practice.lines import read_coords, read_spans, read_units

WORTHS = {"1.0": _("right"), "0.5": _("half right"), "0.0": _("not right")}
_ONE_A_LINE = _("One a line. Behind ## you may write what is said to whoever gives this answer.")


def area(label: Any, *, required: bool = False, rows: int = 2, **more: Any) -> forms.CharField:
    """Return a field of several lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, required=required, max_length=5_000, widget=widget, **more)


class Row(forms.Form):
    """One row; `written` remembers in which format its text came."""

    written = forms.CharField(required=False, widget=forms.HiddenInput)


class _JudgedRow(Row):
    share = forms.ChoiceField(label=_("Counts as"), choices=WORTHS.items(), initial="0.0")
    feedback = area(_("Feedback"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        share = self.fields["share"]
        own = self.initial.get("share")
        if isinstance(share, forms.ChoiceField) and own and own not in WORTHS:
            share.choices = [(own, f"{float(own):.0%}"), *WORTHS.items()]


class OptionRow(_JudgedRow):
    """An option to choose."""

    key = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    text = area(_("Option"))
    field_order = ("text", "share", "feedback", "key", "written")


class FormRow(_JudgedRow):
    """An accepted form of a typed answer."""

    text = forms.CharField(label=_("Accepted answer"), required=False, max_length=400)
    field_order = ("text", "share", "feedback", "written")


class SpanRow(_JudgedRow):
    """A number with a margin, or the numbers from one to another."""

    low = forms.FloatField(label=_("Number, or from"), required=False, localize=True)
    high = forms.FloatField(label=_("up to and including"), required=False, localize=True)
    margin = forms.FloatField(label=_("or so much more or less"), required=False, localize=True, min_value=0)
    field_order = ("low", "high", "margin", "share", "feedback", "written")


class PairRow(Row):
    """Two sides that belong together."""

    left = area(_("Left side (empty: belongs to nothing)"), rows=1)
    right = forms.CharField(label=_("Right side"), required=False, max_length=400)
    field_order = ("left", "right", "written")


class ItemRow(Row):
    """A thing to put in order, with its place."""

    key = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    text = area(_("Line"))
    place = forms.IntegerField(label=_("Place"), required=False, min_value=1, help_text=_("Empty: as it stands here."))
    field_order = ("text", "place", "key", "written")


class GapRow(Row):
    """A gap of a text: what counts in it, by lines."""

    gap = forms.ChoiceField(
        label=_("Gap is"),
        choices=[("short_text", _("typed")), ("single", _("chosen from a list")), ("numeric", _("a number"))],
    )
    right = area(_("Right"), help_text=_ONE_A_LINE)
    half = area(_("Half right"), rows=1)
    wrong = area(_("Not right"), rows=1, help_text=_("To choose from a list: the other options."))
    unit = forms.CharField(label=_("Unit beside a number"), required=False, max_length=30)
    typos = forms.BooleanField(label=_("Forgive a typing error in longer words"), required=False)
    field_order = ("gap", "right", "half", "wrong", "unit", "typos", "written")

    def clean(self) -> dict[str, Any]:
        """Refuse numbers that are none."""
        data = super().clean() or {}
        for name in ("right", "half", "wrong"):
            if data.get("gap") == "numeric" and read_spans(data.get(name, ""), 1.0) is None:
                self.add_error(name, _("Write a number a line, such as 4, 3..5 or 3.14 ± 0.01."))
        return data


class AreaRow(_JudgedRow):
    """An area on a picture."""

    key = forms.CharField(required=False, max_length=1, widget=forms.HiddenInput)
    name = forms.CharField(label=_("Name of the place"), required=False, max_length=200)
    shape = forms.ChoiceField(
        label=_("Shape"),
        choices=[(Shape.RECT, _("rectangle")), (Shape.CIRCLE, _("circle")), (Shape.POLYGON, _("polygon"))],
    )
    coords = forms.CharField(
        label=_("Numbers"),
        required=False,
        max_length=1_000,
        help_text=_(
            "In percents of the width and the height. Rectangle: left, top, right, bottom. Circle: middle from the "
            "left, middle from the top, radius. Polygon: from the left, from the top, for each corner."
        ),
    )
    field_order = ("name", "shape", "coords", "share", "feedback", "key", "written")

    def clean_coords(self) -> str:
        """Refuse what holds no numbers."""
        text = str(self.cleaned_data["coords"])
        if text and read_coords(text) is None:
            raise forms.ValidationError(_("Write numbers with commas between them, such as 10, 20, 30, 40."))
        return text


class PointRow(Row):
    """A point that a good answer holds."""

    text = area(_("A good answer says"), rows=1)
    field_order = ("text", "written")


class NothingMore(forms.Form):
    """A kind that needs no more than its rows."""


class ChoicesForm(forms.Form):
    """What holds for all options together."""

    shuffle = forms.BooleanField(
        label=_("Show the options in a different order each time"), required=False, initial=True
    )


class StatementForm(forms.Form):
    """Whether a statement is true."""

    is_true = forms.ChoiceField(label=_("The statement is"), choices=[("yes", _("true")), ("no", _("not true"))])
    when_true = area(_("Feedback to whoever says it is true"))
    when_false = area(_("Feedback to whoever says it is not true"))


class ShortTextForm(forms.Form):
    """How strictly typed text is judged."""

    exact_case = forms.BooleanField(label=_("Capital letters matter"), required=False)
    typos = forms.BooleanField(
        label=_("Forgive a typing error in longer words"),
        required=False,
        help_text=_("From five letters on one letter may be wrong, from nine on two. Figures must be right."),
    )


class NumbersForm(forms.Form):
    """Units, and what is said to any other number."""

    units = area(
        _("Units"),
        help_text=_("One a line, first that of the numbers above. Others with how many of the first: km = 1000."),
    )
    unit_needed = forms.BooleanField(label=_("The unit must be typed, too"), required=False)
    otherwise = area(_("Feedback to any other number"))

    def clean_units(self) -> str:
        """Refuse a unit whose number cannot be read."""
        text = str(self.cleaned_data["units"])
        if read_units(text) is None:
            raise forms.ValidationError(_("Write a unit a line, such as m, and others such as km = 1000."))
        return text


class HotspotForm(forms.Form):
    """The picture, and how it is answered."""

    picture = forms.ChoiceField(label=_("Picture"), help_text=_("Bring it into the bank first."))
    named = forms.ChoiceField(
        label=_("How it is asked"),
        choices=[
            ("no", _("point at the place; nothing is drawn")),
            ("one", _("choose one of the places that are drawn")),
            ("many", _("choose all right places that are drawn")),
        ],
    )


class OpenTextForm(forms.Form):
    """The model answer."""

    model = area(_("Model answer"), required=True, rows=4)


ROWS: dict[Kind, type[Row]] = {
    Kind.SINGLE: OptionRow,
    Kind.MULTIPLE: OptionRow,
    Kind.SHORT_TEXT: FormRow,
    Kind.NUMERIC: SpanRow,
    Kind.MATCHING: PairRow,
    Kind.ORDERING: ItemRow,
    Kind.CLOZE: GapRow,
    Kind.HOTSPOT: AreaRow,
    Kind.OPEN: PointRow,
}
MORE: dict[Kind, type[forms.Form]] = {
    Kind.SINGLE: ChoicesForm,
    Kind.MULTIPLE: ChoicesForm,
    Kind.TRUE_FALSE: StatementForm,
    Kind.SHORT_TEXT: ShortTextForm,
    Kind.NUMERIC: NumbersForm,
    Kind.MATCHING: NothingMore,
    Kind.ORDERING: NothingMore,
    Kind.CLOZE: NothingMore,
    Kind.HOTSPOT: HotspotForm,
    Kind.OPEN: OpenTextForm,
}
