"""The filters of the public list of courses. They are read from the address, so that a search can be shared."""

from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from leerhuis.catalogue.queries import ONLINE


class CourseSearch(forms.Form):
    """Words, place, month, and whether one can practise with the course."""

    q = forms.CharField(
        label=_("Subject or words"), required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"})
    )
    place = forms.ChoiceField(label=_("Place"), required=False)
    month = forms.ChoiceField(label=_("Month"), required=False)
    practice = forms.ChoiceField(
        label=_("Practice questions"),
        required=False,
        choices=[("", _("with or without")), ("yes", _("with practice")), ("no", _("without practice"))],
    )

    def __init__(self, *args: Any, places: list[str], months: list[date], with_practice: bool, **kwargs: Any) -> None:
        """Offer the places and months (any day of them) of runs to come; without practice that question is left out."""
        super().__init__(*args, **kwargs)
        named = [(place, _("Online") if place == ONLINE else place) for place in places]
        self.fields["place"].choices = [("", _("everywhere")), *named]  # type: ignore[attr-defined]
        times = [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months]
        self.fields["month"].choices = [("", _("any month")), *times]  # type: ignore[attr-defined]
        if not with_practice:
            del self.fields["practice"]

    @property
    def chosen(self) -> dict[str, Any]:
        """Return what was chosen, as `published_courses` takes it; what does not exist (any more) is left out."""
        self.is_valid()
        data = self.cleaned_data if self.is_bound else {}
        month = data.get("month")
        return {
            "words": data.get("q", ""),
            "place": data.get("place", ""),
            "month": date.fromisoformat(f"{month}-01") if month else None,
            "practice": {"yes": True, "no": False}.get(data.get("practice", "")),
        }

    @property
    def narrows(self) -> bool:
        """True when anything was chosen, so that not all courses are shown."""
        return any(value not in ("", None) for value in self.chosen.values())
