"""What pages about registering and enrolments ask."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar, cast

import django_filters
from django import forms
from django.db import models
from django.db.models import Case, QuerySet, When
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from stdnum.nl import bsn

from leerhuis.base import clock
from leerhuis.base.ids import uuid7
from leerhuis.catalogue.models import Run
from leerhuis.enrolment.actions import WhenShort
from leerhuis.enrolment.models import Detail, Enrolment
from leerhuis.enrolment.queries import find_enrolments
from leerhuis.enrolment.rules import Asked
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person
from leerhuis.privacy.models import Request
from leerhuis.ui.guarding import GuardsTexts
from leerhuis.ui.wording import day_short

_FILLED_BY_BROWSER = {
    "phone": "tel",
    "employer_name": "organization",
    "employer_address": "off",
    "birth_date": "bday",
    "register_number": "off",
    "invoice_reference": "off",
}
_PHONE = re.compile(r"\+?[\d\s()/.-]{6,29}")
_ZERO_AT_HOME = re.compile(r"^((?:\+|00)31)\s*\(0\)\s*")  # +31 (0)6 … is dialled +31 6 …, and found so
_OLDEST = date(1900, 1, 1)


def field_for(asked: Asked, language: str) -> forms.Field:
    """Return the form field of something that a course asks, with its reason below the label. Keeps: K4."""
    missing = _("Fill this in. This course cannot do without it.")
    shown: dict[str, Any] = {
        "label": asked.label,
        "required": asked.required,
        "error_messages": {"required": missing},
        "help_text": capfirst(asked.reason(language)),
    }
    fills = {"autocomplete": _FILLED_BY_BROWSER[asked.field]}
    if asked.field == "birth_date":
        return forms.DateField(**shown, widget=forms.DateInput(attrs={"type": "date", **fills}, format="%Y-%m-%d"))
    kept_in = cast("models.CharField[str, str]", Detail._meta.get_field(asked.field))
    return forms.CharField(**shown, max_length=kept_in.max_length, widget=forms.TextInput(attrs=fills))


class AsksDetails(forms.Form):
    """The fields that a course asks of a learner, and how they are judged."""

    def ask(self, asked: Sequence[Asked], language: str) -> None:
        """Put the fields of a course on the form; "this is no BSN" only once a number looked like one."""
        self.asked = list(asked)
        for each in self.asked:
            self.fields[each.field] = field_for(each, language)
        if "not_bsn" in self.data:
            self._ask_about_bsn()

    def _ask_about_bsn(self) -> None:
        self.fields["not_bsn"] = forms.BooleanField(
            label=_("It is my number in the register, not a citizen service number (BSN)."), required=False
        )

    @property
    def answers(self) -> dict[str, Any]:
        """Return what was filled in of what the course asks."""
        return {each.field: self.cleaned_data.get(each.field) for each in self.asked}

    def clean_phone(self) -> str:
        """Take any telephone number as people write them."""
        phone: str = self.cleaned_data["phone"].strip()
        if phone and not _PHONE.fullmatch(phone):
            raise forms.ValidationError(_("This is no telephone number. Fill in digits, such as 06 12345678."))
        return _ZERO_AT_HOME.sub(r"\1 ", phone)

    def clean_birth_date(self) -> date | None:
        """Take a day in the past."""
        born: date | None = self.cleaned_data["birth_date"]
        if born and not _OLDEST < born < clock.today():
            raise forms.ValidationError(_("Fill in the day on which you were born."))
        return born

    def clean(self) -> dict[str, Any]:
        """Refuse a citizen service number, which nobody may keep here (UAVG art. 46). Keeps: L36."""
        data = super().clean() or {}
        if bsn.is_valid(data.get("register_number") or "") and not data.get("not_bsn"):
            self._ask_about_bsn()
            self.add_error(
                "register_number",
                _("This looks like a citizen service number (BSN), which we may not keep. Fill in your other number."),
            )
        return data


class RegisterForm(AsksDetails):
    """What a visitor or learner fills in to register for one run; `seats` is how many are left."""

    first_name = forms.CharField(
        label=_("First name"),
        max_length=120,
        help_text=_("So that the trainer can call you by your name."),
        error_messages={"required": _("Fill in your first name.")},
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    last_name = forms.CharField(
        label=_("Last name"),
        max_length=150,
        help_text=_("For the list of learners and your certificate."),
        error_messages={"required": _("Fill in your last name.")},
        widget=forms.TextInput(attrs={"autocomplete": "family-name"}),
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("Here we send your confirmation, and changes of time or place."),
        error_messages={
            "required": _("Fill in your e-mail address."),
            "invalid": _("This e-mail address is not complete. Correct it."),
        },
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    may_wait = forms.BooleanField(
        label=_("Put me on the waiting list"),
        required=False,
        help_text=_("When a seat comes free you get it and are enrolled. As long as you wait you pay nothing."),
    )
    conditions = forms.BooleanField(
        label=_("I agree to the conditions"),
        error_messages={"required": _("Tick that you agree. Without that we cannot register you.")},
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, person: Person | None, asked: Sequence[Asked], seats: int, language: str
    ) -> None:
        super().__init__(data, initial={"form_key": uuid7()})
        if person is not None:
            for name in ("first_name", "last_name", "email"):
                del self.fields[name]
        self.ask(asked, language)
        if not seats:
            self.fields["may_wait"].required = True
            self.fields["may_wait"].error_messages["required"] = _("Tick this, or choose another date.")
        elif "may_wait" not in self.data:
            del self.fields["may_wait"]
        self.order_fields(["first_name", "last_name", "email", *(each.field for each in asked), "not_bsn"])
        self.move_to_end("may_wait", "conditions", "form_key")

    def move_to_end(self, *names: str) -> None:
        """Put fields behind all others, in this order."""
        for name in names:
            if name in self.fields:
                self.fields[name] = self.fields.pop(name)

    def offer_waiting(self) -> None:
        """Ask about the waiting list after all: the last seat was taken meanwhile."""
        if "may_wait" not in self.fields:
            self.fields["may_wait"] = self.base_fields["may_wait"]
            self.move_to_end("may_wait", "conditions", "form_key")


class DetailsForm(AsksDetails):
    """What a course needs of a learner whom somebody else enrolled."""

    def __init__(self, data: Any = None, *, asked: Sequence[Asked], detail: Detail | None, language: str) -> None:
        super().__init__(data, initial={each.field: getattr(detail, each.field, None) for each in asked})
        self.ask(asked, language)


class EmployeesForm(GuardsTexts, forms.Form):
    """Whom an employer enrols: names and addresses as they are pasted."""

    organisation = forms.ModelChoiceField(label=_("For which organisation"), queryset=Organisation.objects.none())
    lines = forms.CharField(
        label=_("Names and e-mail addresses"),
        help_text=_(
            "One person on each line: “Anna van der Berg anna@example.nl”. Columns of a spreadsheet are fine too."
        ),
        error_messages={"required": _("Paste at least one name with an e-mail address.")},
        widget=forms.Textarea(attrs={"rows": 8, "autocomplete": "off", "spellcheck": "false"}),
    )
    reference = forms.CharField(
        label=_("Your reference"),
        max_length=60,
        required=False,
        help_text=_("Stands on the invoice, so that your books recognise it."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, organisations: QuerySet[Organisation]) -> None:
        own = list(organisations[:2])
        super().__init__(data, initial={"form_key": uuid7(), "organisation": own[0] if len(own) == 1 else None})
        chosen = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        chosen.queryset = organisations
        if len(own) == 1:
            chosen.widget = forms.HiddenInput()


class TakeForm(forms.Form):
    """The last step of an employer: the conditions, and what happens when there are fewer seats than people."""

    when_short = forms.ChoiceField(label=_("What do we do?"), widget=forms.RadioSelect)
    offered = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    conditions = forms.BooleanField(
        label=_("On behalf of my organisation I agree to the conditions"),
        error_messages={"required": _("Tick that you agree. Without that we cannot register anybody.")},
    )

    def __init__(self, data: Any = None, *, left: int, wanted: int) -> None:
        super().__init__(data, initial={"offered": left})
        if left >= wanted:
            del self.fields["when_short"], self.fields["offered"]
            return
        chosen = cast("forms.ChoiceField", self.fields["when_short"])
        chosen.choices = self._choices(left, wanted)

    def _choices(self, left: int, wanted: int) -> list[tuple[str, str]]:
        rest = wanted - left
        if not left:
            return [(WhenShort.REST_WAITS.value, str(_("Put everybody on the waiting list")))]
        seats_only = _("Enrol the first %(left)d people of the list, and the other %(rest)d not")
        rest_waits = _("Enrol the first %(left)d people of the list, and put the other %(rest)d on the waiting list")
        numbers = {"left": left, "rest": rest}
        return [
            (WhenShort.REST_WAITS.value, str(rest_waits % numbers)),
            (WhenShort.SEATS_ONLY.value, str(seats_only % numbers)),
        ]


class RunSearch(forms.Form):
    """Searching the runs that an employer can enrol for."""

    q = forms.CharField(label=_("Course or code"), required=False, widget=forms.SearchInput)


class OrdersFilter(forms.Form):
    """Searching what one's own organisations ordered."""

    q = forms.CharField(label=_("Name, course or code"), required=False, widget=forms.SearchInput)


def _run_in_words(run: Any) -> str:
    first_day = f" · {day_short(run.first_day)}" if run.first_day else ""
    return f"{run.course.title} · {run.code}{first_day}"


class _RunField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic for the checker alone
    """A choice of runs, each by course, code and first day."""

    def label_from_instance(self, obj: Any) -> str:
        """Return a run in words."""
        return _run_in_words(obj)


class OfficeEnrolForm(GuardsTexts, forms.Form):
    """Whom the office enrols by hand, in which run, and who orders."""

    first_name = forms.CharField(label=_("First name"), max_length=120)
    last_name = forms.CharField(label=_("Last name"), max_length=150)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        help_text=_("A known address is the same person; the name we know then stays as it is."),
    )
    language = forms.ChoiceField(
        label=_("Language of the mails"), choices=[("nl", "Nederlands"), ("en", "English")], initial="nl"
    )
    organisation = forms.ModelChoiceField(
        label=_("Ordered by"),
        queryset=Organisation.objects.none(),
        required=False,
        empty_label=_("the learner"),
        help_text=_("Only for an employer that orders. It then sees this enrolment, and what was agreed with it."),
    )
    reference = forms.CharField(label=_("Reference for the invoice"), max_length=60, required=False)
    may_wait = forms.BooleanField(label=_("When the run is full, put them on the waiting list"), required=False)
    remarks = forms.CharField(
        label=_("Remarks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The learner can read this in their own data. Nothing about health."),
    )
    form_key = forms.UUIDField(widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        runs: QuerySet[Run],
        organisations: QuerySet[Organisation],
        initial: dict[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial={"form_key": uuid7(), **(initial or {})})
        self.fields["run"] = _RunField(label=_("Run"), queryset=runs)
        self.order_fields(["run"])
        cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = organisations


class _RunWithSeats(_RunField):
    """A choice of runs, each with how many seats a newcomer can have."""

    def label_from_instance(self, obj: Any) -> str:
        """Return a run and its free seats in words."""
        left = ngettext("%(left)d seat left", "%(left)d seats left", obj.seats_left) % {"left": obj.seats_left}
        return " · ".join((_run_in_words(obj), left if obj.seats_left else str(_("full"))))


class MoveForm(forms.Form):
    """To which run somebody is moved; runs of the same course stand first."""

    other_course = forms.BooleanField(label=_("It may be another course"), required=False)
    may_wait = forms.BooleanField(label=_("When the run is full, put them on the waiting list"), required=False)

    def __init__(self, data: Any = None, *, enrolment: Enrolment, runs: QuerySet[Run]) -> None:
        super().__init__(data)
        others = runs.exclude(pk=enrolment.run_id)
        first = Case(When(course=enrolment.run.course_id, then=0), default=1)
        self.fields["run"] = _RunWithSeats(
            label=_("Run"), queryset=others.order_by(first, "first_day", "code"), empty_label=_("choose a run")
        )
        self.order_fields(["run"])


class RemarksForm(GuardsTexts, forms.Form):
    """What the office must remember about an enrolment."""

    remarks = forms.CharField(
        label=_("Remarks"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("The learner can read this in their own data. Nothing about health."),
    )


class ObjectionForm(GuardsTexts, forms.Form):
    """What somebody no longer wants their employer to see, as they said it by telephone, by letter or at the desk."""

    enrolments = forms.ModelMultipleChoiceField(
        queryset=Enrolment.objects.none(),
        label=_("No longer shared with the employer"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Tick at least one course.")},
    )
    channel = forms.ChoiceField(
        label=_("Came by"), choices=[each for each in Request.Channel.choices if each[0] != Request.Channel.ACCOUNT]
    )
    proof = forms.ChoiceField(
        label=_("How you know who it is"),
        required=False,
        choices=[
            ("", _("not established yet")),
            *[each for each in Request.Proof.choices if each[0] in {"facts", "call_back", "in_person"}],
        ],
        help_text=_("Sharing stops either way. Never ask for a copy of a paper."),
    )
    asked = forms.CharField(
        label=_("What they said, in short"),
        required=False,
        max_length=1000,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("They can read this. Leave out what is not needed."),
    )

    def __init__(self, *args: Any, shared: QuerySet[Enrolment], on_request: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        courses: Any = self.fields["enrolments"]
        courses.queryset, courses.initial = shared, [each.pk for each in shared]
        courses.label_from_instance = _course_and_employer
        if on_request:
            self.fields = {"enrolments": courses}


def _course_and_employer(enrolment: Enrolment) -> str:
    employer = enrolment.ordered_by.name if enrolment.ordered_by else ""
    return f"{enrolment.run.course.title} ({enrolment.run.code}), {employer}"


class CancelForm(GuardsTexts, forms.Form):
    """Why enrolments are cancelled."""

    guarded = ("reason",)

    reason = forms.CharField(
        label=_("Reason"),
        required=False,
        max_length=300,
        help_text=_("Stands in the mail to each learner and is kept nowhere else. Nothing about health."),
    )


class _RunChoice(django_filters.fields.ModelChoiceField):
    """A choice of runs to filter by, each by course, code and first day."""

    def label_from_instance(self, obj: Any) -> str:
        """Return a run in words."""
        return _run_in_words(obj)


class _RunFilter(django_filters.ModelChoiceFilter):
    """A filter by run, each by course, code and first day."""

    field_class = _RunChoice


class EnrolmentFilter(django_filters.FilterSet):
    """Searching the list of enrolments."""

    q = django_filters.CharFilter(label=_("Name, address, course, code or organisation"), method="with_words")
    state = django_filters.ChoiceFilter(label=_("State"), choices=Enrolment.State.choices, empty_label=_("all"))
    run = _RunFilter(
        label=_("Run"),
        queryset=Run.objects.select_related("course")
        .only("code", "first_day", "course__title")
        .order_by("-first_day", "code"),
        empty_label=_("all"),
    )
    ordered_by = django_filters.ModelChoiceFilter(
        label=_("Organisation"),
        queryset=Organisation.objects.filter(left_at=None).only("name").order_by("name"),
        empty_label=_("all"),
    )

    class Meta:
        model = Enrolment
        fields: ClassVar[list[str]] = []

    def with_words(self, queryset: QuerySet[Enrolment], name: str, value: str) -> QuerySet[Enrolment]:
        """Keep the enrolments that hold every word."""
        return find_enrolments(queryset, words=value)
