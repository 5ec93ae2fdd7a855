"""Registrations, enrolments, the answers that a course asked for, and what an employer may see of an enrolment."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.base.search import FoundBy, Joined, Plain
from leerhuis.catalogue.models import Run
from leerhuis.charter.records import GOES, NULLIFY, STAYS, Customer, Other, Record, index_of_remarks, word
from leerhuis.charter.words import (
    BIRTH,
    CONSENT,
    CONTACT,
    EMPLOYMENT,
    FINANCIAL,
    FREE_TEXT,
    PARTICIPATION,
    REGISTER,
)
from leerhuis.conditions.models import ConditionsVersion
from leerhuis.consent.models import Agreement
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person

REGISTRATION_FOUND_BY = FoundBy(Plain("reference"), Joined("reference"))
DETAIL_FOUND_BY = FoundBy(
    Plain("phone", "register_number", "invoice_reference"),
    Joined("phone"),
    Joined("register_number"),
    Joined("invoice_reference"),
)


class Registration(Record):
    """What one person or organisation handed in at one moment, for one or more learners.

    It belongs to the order, not to whoever typed it: when that person is erased, the enrolments of others stay.
    """

    class Source(models.TextChoices):
        """By which way it came in."""

        WEBSITE = "website", _("on the website")
        EMPLOYER = "employer", _("by the employer")
        OFFICE = "office", _("by the office")

    about = PARTICIPATION
    others: ClassVar = (Other("handed_in_by", NULLIFY),)
    customers: ClassVar = (
        Customer(
            "organisation", STAYS, nl="aanmeldingen die zij deed", en="registrations that it handed in",
            empties=("reference",),
        ),
    )  # fmt: skip

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(max_length=10, choices=Source.choices)
    handed_in_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    form_key = models.UUIDField(null=True, unique=True)  # the hidden key of the form: sent twice is one registration
    conditions_on = models.DateField(null=True)  # the date of the conditions that were accepted
    conditions = models.ForeignKey(ConditionsVersion, on_delete=models.PROTECT, null=True, related_name="+")
    reference = word(models.CharField(_("reference for the invoice"), max_length=60, blank=True), FINANCIAL)

    class Meta:
        db_table = "registration"
        indexes: ClassVar = [
            models.Index(fields=["run", "-created_at"], name="registration_of_run"),
            GinIndex(REGISTRATION_FOUND_BY, name="registration_found_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Enrolment(Record):
    """One learner in one run: with a seat, waiting for one, or no longer."""

    class State(models.TextChoices):
        """Where an enrolment stands."""

        ENROLLED = "enrolled", _("enrolled")
        WAITING = "waiting", _("on the waiting list")
        CANCELLED = "cancelled", _("cancelled")
        COMPLETED = "completed", _("completed")

    about = PARTICIPATION
    subject = "learner"
    customers: ClassVar = (
        Customer("ordered_by", STAYS, nl="inschrijvingen die zij bestelde", en="enrolments that it ordered"),
    )

    run = models.ForeignKey(Run, on_delete=models.PROTECT, related_name="+")
    learner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    registration = models.ForeignKey(Registration, on_delete=models.PROTECT, related_name="enrolments")
    ordered_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)
    price = models.DecimalField(max_digits=12, decimal_places=2)  # without VAT, as it was when it was handed in
    waiting_since = models.DateTimeField(null=True)  # empty once there is a seat
    ended_at = models.DateTimeField(null=True)
    remarks = word(models.TextField(_("remarks"), blank=True), FREE_TEXT)

    class Meta:
        db_table = "enrolment"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["run", "learner"], condition=~models.Q(state="cancelled"), name="enrolled_once_in_run"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["run", "state"], name="enrolment_of_run"),
            models.Index(fields=["learner", "-created_at"], name="enrolment_of_learner"),
            models.Index(fields=["ordered_by", "-created_at"], name="enrolment_ordered_by"),
            models.Index(fields=["-created_at"], name="enrolment_newest"),
            index_of_remarks("remarks", "enrolment_with_remarks"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def holds_seat(self) -> bool:
        """True when the enrolment takes a seat of the run."""
        return self.state in {self.State.ENROLLED, self.State.COMPLETED}

    @property
    def is_live(self) -> bool:
        """True for a learner who will come, or waits to."""
        return self.state in {self.State.ENROLLED, self.State.WAITING}


class Detail(Record):
    """What a learner filled in because this course asked for it; one row per enrolment, only asked columns filled."""

    about = PARTICIPATION
    subject = "enrolment__learner"
    customers: ClassVar = (
        Customer(
            "enrolment__ordered_by", STAYS,
            nl="wat deelnemers bij die inschrijvingen invulden, zonder de werkgever",
            en="what learners filled in with those enrolments, without the employer",
            empties=("employer_name", "employer_address", "invoice_reference"),
        ),
    )  # fmt: skip

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="detail")
    phone = word(models.CharField(_("phone number"), max_length=30, blank=True), CONTACT)
    employer_name = word(models.CharField(_("name of your employer"), max_length=200, blank=True), EMPLOYMENT)
    employer_address = word(models.CharField(_("address of your employer"), max_length=300, blank=True), EMPLOYMENT)
    birth_date = word(models.DateField(_("date of birth"), null=True), BIRTH)
    register_number = word(
        models.CharField(_("number in the professional register"), max_length=40, blank=True), REGISTER
    )
    invoice_reference = word(models.CharField(_("reference for the invoice"), max_length=60, blank=True), FINANCIAL)

    class Meta:
        db_table = "detail"
        indexes: ClassVar = [GinIndex(DETAIL_FOUND_BY, name="detail_found_by")]

    def __str__(self) -> str:
        return str(self.id)


class Grant(Record):
    """What the employer that ordered this enrolment may see of it. Made when the enrolment begins; never widened.

    It works only after the learner was told (`told_at`), as long as they did not object, and as long as something is
    agreed with the employer; when less is agreed later, less is seen. Keeps: K6.
    """

    about = CONSENT
    subject = "enrolment__learner"
    customers: ClassVar = (
        Customer(
            "agreement__organisation", GOES,
            nl="wat zij van inschrijvingen mocht zien", en="what it was allowed to see of enrolments",
        ),
    )  # fmt: skip

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="grant")
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="+")
    attendance = models.BooleanField(default=False)
    progress = models.BooleanField(default=False)
    result = models.BooleanField(default=False)
    told_at = models.DateTimeField(null=True)
    objected_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # with the agreement; a later one holds for later enrolments

    class Meta:
        db_table = "grant"

    def __str__(self) -> str:
        return str(self.id)

    @property
    def in_force(self) -> bool:
        """True when the learner was told, does not object, and the agreement stands: only then it may be shown."""
        return self.told_at is not None and self.objected_at is None and self.ended_at is None
