"""Courses, runs, lessons, venues, and who teaches."""

from decimal import Decimal
from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.base.search import FoundBy, Plain
from leerhuis.charter.records import Record, word
from leerhuis.charter.words import IDENTITY, NOTHING
from leerhuis.people.models import Person
from leerhuis.practice.models import Bank

_OFFER = NOTHING("what the academy teaches, not a person")
_PLACE = NOTHING("details of a place, as it makes them known itself")
COURSE_FOUND_BY = FoundBy(Plain("title", "title_en", "slug"))
RUN_FOUND_BY = FoundBy(Plain("code"))


class Course(Record):
    """A course as the catalogue offers it."""

    class Vat(models.TextChoices):
        """How VAT falls on the price (Wet OB 1968, art. 11(1)(o): vocational education is exempt)."""

        EXEMPT = "exempt", _("exempt from VAT")
        STANDARD = "standard", _("excluding 21% VAT")

    class State(models.TextChoices):
        """Where a course stands."""

        DRAFT = "draft", _("draft")
        PUBLISHED = "published", _("published")
        WITHDRAWN = "withdrawn", _("out of the catalogue")

    about = _OFFER

    slug = word(models.SlugField(max_length=80, unique=True), _OFFER)
    title = word(models.CharField(_("title"), max_length=160), _OFFER)
    title_en = word(models.CharField(_("title in English"), max_length=160, blank=True), _OFFER)
    summary = word(models.CharField(_("summary"), max_length=400, blank=True), _OFFER)
    summary_en = word(models.CharField(_("summary in English"), max_length=400, blank=True), _OFFER)
    description = word(models.TextField(_("description"), blank=True), _OFFER)
    outcomes = word(models.JSONField(_("what you can do afterwards"), default=list, blank=True), _OFFER)
    audience = word(models.CharField(_("for whom"), max_length=300, blank=True), _OFFER)
    level = word(models.CharField(_("level"), max_length=60, blank=True), _OFFER)
    hours = models.DecimalField(_("hours"), max_digits=6, decimal_places=1, default=Decimal(0))
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))], default="nl"
    )
    price = models.DecimalField(  # without VAT; 0 is free of charge, empty is not decided yet
        _("price"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    vat = models.CharField(_("VAT"), max_length=10, choices=Vat.choices, default=Vat.EXEMPT)
    points = models.DecimalField(_("PE points"), max_digits=5, decimal_places=1, default=Decimal(0))
    register = word(models.CharField(_("register"), max_length=40, blank=True), _OFFER)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    practice_months_after = models.PositiveSmallIntegerField(_("months of practice after the last lesson"), default=6)
    found_by = word(models.TextField(default="", editable=False), _OFFER)  # its words without accents and capitals

    class Meta:
        db_table = "course"
        indexes: ClassVar = [
            models.Index(fields=["state", "title"], name="course_in_catalogue"),
            GinIndex(COURSE_FOUND_BY, name="course_found_by_word"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(price__isnull=True) | models.Q(price__gte=0), name="course_price_not_negative"
            )
        ]

    def __str__(self) -> str:
        return self.title

    def title_in(self, language: str) -> str:
        """Return the title in a language (``nl`` or ``en``); in English the Dutch one when there is no other."""
        return (self.title_en if language == "en" else "") or self.title

    def summary_in(self, language: str) -> str:
        """Return the summary in a language (``nl`` or ``en``); in English the Dutch one when there is no other."""
        return (self.summary_en if language == "en" else "") or self.summary


class AskedField(Record):
    """Something that this course needs to know from a learner at registration, with the reason. Keeps: K4."""

    class Field(models.TextChoices):
        """The closed list of what may be asked besides name and address."""

        PHONE = "phone", _("Phone number")
        EMPLOYER_NAME = "employer_name", _("Name of your employer")
        EMPLOYER_ADDRESS = "employer_address", _("Address of your employer")
        BIRTH_DATE = "birth_date", _("Date of birth")
        REGISTER_NUMBER = "register_number", _("Number in the professional register")
        INVOICE_REFERENCE = "invoice_reference", _("Reference for the invoice")

    about = _OFFER

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="questions")
    field = models.CharField(max_length=20, choices=Field.choices)
    reason_nl = word(models.CharField(max_length=200), _OFFER)
    reason_en = word(models.CharField(max_length=200), _OFFER)
    required = models.BooleanField(default=True)

    class Meta:
        db_table = "asked_field"
        ordering: ClassVar = ["created_at"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["course", "field"], name="asked_once")]

    def __str__(self) -> str:
        return f"{self.field} {self.id}"


class Module(Record):
    """A question bank that learners of a course may practise."""

    about = _OFFER

    course = models.ForeignKey(Course, on_delete=models.CASCADE, related_name="modules")
    bank = models.ForeignKey(Bank, on_delete=models.PROTECT, related_name="+")

    class Meta:
        db_table = "module"
        constraints: ClassVar = [models.UniqueConstraint(fields=["course", "bank"], name="bank_once_in_course")]

    def __str__(self) -> str:
        return str(self.id)


class Venue(Record):
    """A place where lessons are given."""

    about = _PLACE

    name = word(models.CharField(_("name"), max_length=120, unique=True), _PLACE)
    address = word(models.CharField(_("address"), max_length=200), _PLACE)
    postcode = word(models.CharField(_("postcode"), max_length=12, blank=True), _PLACE)
    city = word(models.CharField(_("city"), max_length=100), _PLACE)
    route = word(models.TextField(_("how to get there"), blank=True), _PLACE)
    email = word(models.EmailField(_("e-mail address"), blank=True), _PLACE)

    class Meta:
        db_table = "venue"

    def __str__(self) -> str:
        return f"{self.name}, {self.city}"


class Run(Record):
    """One time that a course is given, with so many seats."""

    class State(models.TextChoices):
        """Where a run stands."""

        PLANNED = "planned", _("planned")
        OPEN = "open", _("open for registration")
        CONFIRMED = "confirmed", _("goes ahead")
        CANCELLED = "cancelled", _("cancelled")
        CLOSED = "closed", _("finished")

    about = _OFFER

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="runs")
    code = word(models.CharField(_("code"), max_length=30, unique=True), _OFFER)
    seats = models.PositiveSmallIntegerField(_("seats"))
    minimum = models.PositiveSmallIntegerField(_("minimum number of learners"), default=1)
    price = models.DecimalField(_("price"), max_digits=12, decimal_places=2)
    state = models.CharField(max_length=10, choices=State.choices, default=State.PLANNED)
    first_day = models.DateField(_("first day"), null=True)
    last_day = models.DateField(_("last day"), null=True)

    class Meta:
        db_table = "run"
        indexes: ClassVar = [
            models.Index(fields=["state", "first_day"], name="run_by_day"),
            models.Index(fields=["course", "first_day"], name="run_of_course"),
            GinIndex(RUN_FOUND_BY, name="run_found_by"),
        ]
        constraints: ClassVar = [models.CheckConstraint(condition=models.Q(seats__gt=0), name="run_has_seats")]

    def __str__(self) -> str:
        return self.code


class Lesson(Record):
    """One sitting of a run: at a venue or online, from an hour until an hour."""

    about = _OFFER

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="lessons")
    title = word(models.CharField(_("subject"), max_length=160, blank=True), _OFFER)
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    venue = models.ForeignKey(Venue, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    room = word(models.CharField(_("room"), max_length=60, blank=True), _OFFER)
    online_link = word(models.URLField(_("address of the online room"), max_length=500, blank=True), _OFFER)

    class Meta:
        db_table = "lesson"
        ordering: ClassVar = ["starts_at"]
        indexes: ClassVar = [
            models.Index(fields=["starts_at"], name="lesson_by_time"),
            models.Index(fields=["run", "starts_at"], name="lesson_of_run"),
        ]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")), name="lesson_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return f"{self.run_id} {self.starts_at}"

    @property
    def place(self) -> str:
        """Return room, venue and city on one line; empty for an online lesson."""
        if self.venue is None:
            return ""
        return ", ".join(part for part in (self.room, self.venue.name, self.venue.city) if part)

    @property
    def is_online(self) -> bool:
        """True for a lesson that is not at a venue."""
        return self.venue_id is None


class Teaching(Record):
    """That a person teaches a run."""

    about = IDENTITY
    subject = "trainer"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="teachings")
    trainer = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")

    class Meta:
        db_table = "teaching"
        constraints: ClassVar = [models.UniqueConstraint(fields=["run", "trainer"], name="trainer_once_in_run")]

    def __str__(self) -> str:
        return str(self.id)
