"""Complaints: about the training, about how data were handled, or about anything else that went wrong."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import FREE_TEXT, MESSAGE


class Complaint(Record):
    """One complaint, from its receipt to the answer, and what was learned from it. Keeps: L38, K20.

    Two days count from the receipt: by when the complainant hears that it came in, and by when they have an answer;
    both come from the academy's own procedure. Whoever complains need not be known here.
    """

    class About(models.TextChoices):
        """What it is about."""

        TRAINING = "training", _("a course or a lesson")
        PRIVACY = "privacy", _("how we handle your data")
        OTHER = "other", _("something else")

    class Channel(models.TextChoices):
        """How it came in."""

        WEBSITE = "website", _("website")
        MAIL = "mail", _("e-mail")
        PHONE = "phone", _("telephone")
        LETTER = "letter", _("letter")
        DESK = "desk", _("in person")

    class Outcome(models.TextChoices):
        """What came of it."""

        FOUNDED = "founded", _("founded")
        PARTLY = "partly", _("founded in part")
        UNFOUNDED = "unfounded", _("not founded")
        SETTLED = "settled", _("settled together")
        WITHDRAWN = "withdrawn", _("withdrawn")

    about = MESSAGE
    subject = "person"
    nameless_after = True  # that it was answered in time can still be shown, and counts in the year
    others: ClassVar = (Other("owner", NULLIFY), Other("recorded_by", NULLIFY))

    person = PersonRef(null=True)
    name = word(models.CharField(max_length=300), MESSAGE)
    address = word(models.CharField(max_length=300), MESSAGE)
    language = word(models.CharField(max_length=2), MESSAGE)
    subject_of = models.CharField(max_length=10, choices=About.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    told = word(models.TextField(), MESSAGE)
    not_a_bsn = models.BooleanField(default=False)
    received_at = models.DateTimeField()
    confirm_by = models.DateField()
    confirmed_at = models.DateTimeField(null=True)
    answer_by = models.DateField()
    later_because = word(models.TextField(blank=True), FREE_TEXT)
    owner = PersonRef(null=True)
    recorded_by = PersonRef(null=True)
    reminded_on = models.DateField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, blank=True)
    learned = word(models.TextField(blank=True), FREE_TEXT)
    answered_at = models.DateTimeField(null=True)
    appealed_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "complaint"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_at=None) | models.Q(answered_at__isnull=False),
                name="complaint_closed_after_answer",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["answer_by"], condition=models.Q(closed_at=None), name="complaint_due_first"),
            models.Index(fields=["person", "-received_at"], name="complaint_of_person"),
            index_of_person("owner", "complaint_owner"),
            index_of_person("recorded_by", "complaint_recorded_by"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """Return the short name under which people and the desk talk about it; it tells nothing about anybody."""
        return f"K-{self.id.hex[-8:].upper()}"

    @property
    def is_open(self) -> bool:
        """True until the complaint was answered and no appeal runs."""
        return self.closed_at is None

    @property
    def days_left(self) -> int:
        """Return how many days are left for the answer; below zero once it is late."""
        return (self.answer_by - clock.today()).days
