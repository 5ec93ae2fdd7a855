"""Forms about courses, runs, lessons and venues, as the office fills them in."""

import re
from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.base.text import fold
from leerhuis.catalogue.actions import Asked
from leerhuis.catalogue.models import AskedField, Course, Lesson, Run, Venue
from leerhuis.catalogue.queries import with_words
from leerhuis.people.models import Person
from leerhuis.practice.models import Bank

_THOUSANDS = re.compile(r"\d{1,3}([.,]\d{3})+$")


class NumberField(forms.DecimalField):
    """A number as people type it: "1.250,50", "1250.5" and "€ 1.250" are all understood."""

    widget = forms.TextInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["inputmode"] = "decimal"

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]  # Django's DecimalField does the same
        """Read a number: the last comma or point before at most two figures is the decimal mark."""
        if isinstance(value, str):
            value = re.sub(r"[\s€]", "", value)
            if _THOUSANDS.fullmatch(value):
                value = re.sub(r"[.,]", "", value)
            whole, mark, rest = value.replace(",", ".").rpartition(".")
            value = f"{whole.replace('.', '')}{mark}{rest}"
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        """Show a number with the decimal mark of the page's language."""
        if not isinstance(value, Decimal):
            return value
        return number_format(value.quantize(Decimal(1)) if value == value.to_integral() else value)


class LinesField(forms.CharField):
    """A list, one thing a line."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> Any:
        """Return the lines that hold something."""
        text = super().to_python(value) or ""
        return [line.strip(" -•\t") for line in text.splitlines() if line.strip(" -•\t")]

    def prepare_value(self, value: Any) -> Any:
        """Show a list as lines."""
        return "\n".join(value) if isinstance(value, list) else value


class _TakenIsRefused:
    """For forms of things with a name or code of their own: that it is taken is told by the action, in its words."""

    def validate_unique(self) -> None:
        """Leave it to the action."""


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


def _time_input() -> forms.TimeInput:
    return forms.TimeInput(format="%H:%M", attrs={"type": "time"})


# --- courses -------------------------------------------------------------------------------------------------------
class CourseForm(_TakenIsRefused, forms.ModelForm[Course]):
    """All facts of a course."""

    slug = forms.SlugField(
        label=_("Web address"),
        max_length=80,
        required=False,
        help_text=_("The last part of the address of the course page. Left empty, it is made from the title."),
    )
    outcomes = LinesField(
        label=_("What you can do afterwards"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("One result a line, as something that a participant can do."),
    )
    hours = NumberField(
        label=_("Hours"), min_value=0, max_digits=6, decimal_places=1, help_text=_("Lessons and study together.")
    )
    price = NumberField(
        label=_("Price in euro, without VAT"),
        required=False,
        min_value=0,
        max_digits=12,
        decimal_places=2,
        help_text=_("Everything that a participant must pay for is in it. 0 means free of charge."),
    )
    points = NumberField(label=_("PE points"), required=False, min_value=0, max_digits=5, decimal_places=1)
    register = forms.ChoiceField(label=_("Professional register"), required=False)

    class Meta:
        model = Course
        fields = (
            "title", "title_en", "slug", "summary", "summary_en", "description", "outcomes", "audience", "level",
            "hours", "language", "price", "vat", "points", "register", "practice_months_after",
        )  # fmt: skip
        widgets: ClassVar = {
            "summary": forms.Textarea(attrs={"rows": 2}),
            "summary_en": forms.Textarea(attrs={"rows": 2}),
            "description": forms.Textarea(attrs={"rows": 12}),
            "audience": forms.Textarea(attrs={"rows": 2}),
        }
        help_texts: ClassVar = {
            "summary": _("Two sentences: what one learns and how. They stand in the list of courses."),
            "description": _(
                "An empty line begins a paragraph, **two stars** make bold, “- ” a list, “## ” a heading."
            ),
            "audience": _("Who it is meant for, and what one should know beforehand."),
            "level": _("For example: basis, mbo 4, hbo."),
            "practice_months_after": _("How long learners may practise after their last lesson."),
        }

    def __init__(self, *args: Any, registers: Iterable[tuple[str, str]], preview_url: str = "", **kwargs: Any) -> None:
        """Offer the registers (key, name) of this academy; `preview_url` shows the description as a reader sees it."""
        super().__init__(*args, **kwargs)
        known, kept = list(registers), self.instance.register
        if kept and kept not in dict(known):
            known.append((kept, kept))
        self.fields["register"].choices = [("", "–"), *known]  # type: ignore[attr-defined]
        if not known and not self.instance.points:
            del self.fields["points"], self.fields["register"]
        if self.instance.pk and self.instance.state not in ("", Course.State.DRAFT):
            self.fields["slug"].disabled = True
            self.fields["slug"].help_text = _(
                "Once a course has been public its address stays, so that links keep working."
            )
        if preview_url:
            self.fields["description"].widget.attrs |= {
                "hx-post": preview_url,
                "hx-trigger": "load, input changed delay:500ms",
                "hx-target": "#description-preview",
            }

    @property
    def parts(self) -> list[tuple[str | Promise, list[tuple[forms.BoundField, str]]]]:
        """Return the fields in groups, each with its heading; each field with how wide it stands (Bootstrap's grid)."""
        groups = (
            (_("Name"), ("title", "title_en", "slug")),
            (_("What visitors read"), ("summary", "summary_en", "description", "outcomes", "audience", "level")),
            (_("Size and price"), ("hours", "language", "price", "vat", "points", "register")),
            (_("Practice"), ("practice_months_after",)),
        )
        wide = {"slug", "description", "outcomes", "audience", "level", "practice_months_after"}
        return [
            (heading, [(self[n], "col-12" if n in wide else "col-sm-6") for n in names if n in self.fields])
            for heading, names in groups
        ]

    def clean_slug(self) -> str:
        """Make the address from the title when it was left empty."""
        slug: str = self.cleaned_data["slug"] or slugify(fold(self.cleaned_data.get("title", "")))[:80]
        if not slug and self.cleaned_data.get("title"):
            raise forms.ValidationError(_("Fill in an address: the title has no letters to make one from."))
        return slug

    def clean_points(self) -> Decimal:
        """Take no answer for no points."""
        return self.cleaned_data["points"] or Decimal(0)


class QuestionsForm(forms.Form):
    """What a course asks at registration: for each thing whether, why in both languages, and whether it is needed."""

    def __init__(self, *args: Any, course: Course, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {each.field: each for each in course.questions.all()}
        for name, label in AskedField.Field.choices:
            old = known.get(name)
            reason_nl, reason_en = _USUAL_REASONS[name]
            self.fields[f"{name}_ask"] = forms.BooleanField(label=label, required=False, initial=old is not None)
            self.fields[f"{name}_nl"] = forms.CharField(
                label=_("Reason in Dutch"), max_length=200, required=False, initial=old.reason_nl if old else reason_nl
            )
            self.fields[f"{name}_en"] = forms.CharField(
                label=_("Reason in English"),
                max_length=200,
                required=False,
                initial=old.reason_en if old else reason_en,
            )
            self.fields[f"{name}_required"] = forms.BooleanField(
                label=_("Must be answered"), required=False, initial=old.required if old else True
            )

    @property
    def rows(self) -> list[dict[str, forms.BoundField]]:
        """Return the fields of each thing that may be asked, in the order of the closed list."""
        parts = ("ask", "nl", "en", "required")
        return [{part: self[f"{name}_{part}"] for part in parts} for name in AskedField.Field.values]

    @property
    def asked(self) -> list[Asked]:
        """Return the ticked questions."""
        data = self.cleaned_data
        return [
            Asked(name, data[f"{name}_nl"], data[f"{name}_en"], data[f"{name}_required"])
            for name in AskedField.Field.values
            if data[f"{name}_ask"]
        ]


# What is usually true, to begin with: the reasons are Dutch and English by nature, so they stand here side by side.
_USUAL_REASONS: dict[str, tuple[str, str]] = {
    "phone": ("zodat we u op de dag zelf kunnen bereiken", "so that we can reach you on the day itself"),
    "employer_name": ("staat op uw certificaat", "is shown on your certificate"),
    "employer_address": ("hierheen sturen we de factuur", "we send the invoice there"),
    "birth_date": ("staat op uw diploma, zodat het van u is", "is shown on your diploma, so that it is yours"),
    "register_number": ("hiermee melden we uw PE-punten", "with this we report your PE points"),
    "invoice_reference": (
        "zodat de betaler de factuur kan thuisbrengen",
        "so that whoever pays can recognise the invoice",
    ),
}


class ModulesForm(forms.Form):
    """Which question banks learners of a course may practise."""

    banks = forms.ModelMultipleChoiceField(
        queryset=Bank.objects.none(),
        label=_("Question banks"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever has a seat may practise these from the enrolment on."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["banks"].queryset = Bank.objects.all()  # type: ignore[attr-defined]


class CourseFilter(django_filters.FilterSet):
    """Searching the list of courses."""

    q = django_filters.CharFilter(label=_("Words"), method="with_words")
    state = django_filters.ChoiceFilter(label=_("State"), choices=Course.State.choices, empty_label=_("all"))

    class Meta:
        model = Course
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Course], name: str, value: str) -> QuerySet[Course]:
        """Keep courses whose texts hold every word, blind to accents and case."""
        return with_words(queryset, value)


# --- runs ----------------------------------------------------------------------------------------------------------
class RunForm(_TakenIsRefused, forms.ModelForm[Run]):
    """Code, seats, minimum and price of a run."""

    price = NumberField(label=_("Price in euro, without VAT"), min_value=0, max_digits=12, decimal_places=2)

    class Meta:
        model = Run
        fields = ("code", "seats", "minimum", "price")
        help_texts: ClassVar = {
            "code": _("Stands in mails and on lists, so that two runs of one course can be told apart."),
            "minimum": _("With fewer learners you decide whether it goes ahead."),
        }


class PlanRunForm(RunForm):
    """A new run: its course, and the same as for any run."""

    course = forms.ModelChoiceField(queryset=Course.objects.none(), label=_("Course"), empty_label=_("choose a course"))
    field_order = ("course", "code", "seats", "minimum", "price")

    def __init__(self, *args: Any, courses: QuerySet[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["course"].queryset = courses  # type: ignore[attr-defined]
        self.fields["code"].required = self.fields["price"].required = False
        self.fields["code"].help_text = _("Left empty, it is made from the course and the month.")
        self.fields["price"].help_text = _("Left empty, it is the price of the course.")


class CopyRunForm(forms.Form):
    """When the same run is given again."""

    first_day = forms.DateField(label=_("First day"), widget=_day_input())
    code = forms.CharField(
        label=_("Code"),
        max_length=30,
        required=False,
        help_text=_("Left empty, it is made from the course and the month."),
    )
    with_trainers = forms.BooleanField(
        label=_("Assign the same trainers; each gets a mail"), required=False, initial=False
    )


class TrainerForm(forms.Form):
    """Who teaches a run."""

    trainer = forms.ModelChoiceField(queryset=Person.objects.none(), label=_("Trainer"), empty_label="–")

    def __init__(self, *args: Any, trainers: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["trainer"]
        field.queryset = trainers  # type: ignore[attr-defined]
        field.label_from_instance = lambda person: person.name  # type: ignore[attr-defined]


# --- lessons and venues --------------------------------------------------------------------------------------------
class LessonForm(forms.Form):
    """When and where a lesson is: a day, from and to an hour, at a venue or online."""

    day = forms.DateField(label=_("Day"), widget=_day_input())
    starts = forms.TimeField(label=_("From"), widget=_time_input())
    ends = forms.TimeField(label=_("Until"), widget=_time_input())
    venue = forms.ModelChoiceField(
        queryset=Venue.objects.none(), label=_("Where"), required=False, empty_label=_("Online")
    )
    room = forms.CharField(label=_("Room"), max_length=60, required=False)
    online_link = forms.URLField(
        label=_("Address of the online room"),
        max_length=500,
        required=False,
        assume_scheme="https",
        help_text=_("For an online lesson. It is shown after signing in, never on the website or in a mail."),
    )
    title = forms.CharField(label=_("Subject"), max_length=160, required=False)

    def __init__(self, *args: Any, lesson: Lesson | None = None, **kwargs: Any) -> None:
        if lesson is not None:
            kwargs["initial"] = _shown(lesson) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields["venue"].queryset = Venue.objects.order_by("name")  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Turn day and hours into moments of the academy's zone; a venue has no online room, and the reverse."""
        data = super().clean() or {}
        if {"day", "starts", "ends"} <= set(data):
            data["starts_at"] = datetime.combine(data["day"], data["starts"], clock.zone())
            data["ends_at"] = datetime.combine(data["day"], data["ends"], clock.zone())
            if data["ends_at"] <= data["starts_at"]:
                self.add_error("ends", _("The lesson ends before it begins. Choose a later end."))
        if data.get("venue"):
            data["online_link"] = ""
        else:
            data["room"] = ""
        return data

    @property
    def facts(self) -> dict[str, Any]:
        """Return what was filled in as facts of a lesson."""
        return {
            name: self.cleaned_data[name] for name in ("starts_at", "ends_at", "venue", "room", "online_link", "title")
        }


def _shown(lesson: Lesson) -> dict[str, Any]:
    starts, ends = lesson.starts_at.astimezone(clock.zone()), lesson.ends_at.astimezone(clock.zone())
    return {
        "day": starts.date(),
        "starts": starts.time(),
        "ends": ends.time(),
        "venue": lesson.venue_id,
        "room": lesson.room,
        "online_link": lesson.online_link,
        "title": lesson.title,
    }


class VenueForm(_TakenIsRefused, forms.ModelForm[Venue]):
    """The details of a venue."""

    class Meta:
        model = Venue
        fields = ("name", "address", "postcode", "city", "route", "email")
        widgets: ClassVar = {"route": forms.Textarea(attrs={"rows": 5})}
        help_texts: ClassVar = {
            "route": _("By train and by car, and where to report. Learners read it before they set out."),
            "email": _("A general address of the venue."),
        }


class VenueFilter(django_filters.FilterSet):
    """Searching the list of venues."""

    q = django_filters.CharFilter(label=_("Name or city"), method="with_words")

    class Meta:
        model = Venue
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Venue], name: str, value: str) -> QuerySet[Venue]:
        """Keep venues whose name, address or city holds every word."""
        for part in value.split()[:6]:
            queryset = queryset.filter(Q(name__icontains=part) | Q(city__icontains=part))
        return queryset
