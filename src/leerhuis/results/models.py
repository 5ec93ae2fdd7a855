"""Attendance sheets and marks, results, certificates."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.base.search import FoundBy, Joined, Plain
from leerhuis.catalogue.models import Lesson
from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, index_of_remarks, word
from leerhuis.charter.words import FREE_TEXT, IDENTITY, NOTHING, PARTICIPATION, RESULT, TRACE
from leerhuis.enrolment.models import Enrolment

CERTIFICATE_FOUND_BY = FoundBy(Plain("number"), Joined("number"))


class Sheet(Record):
    """The attendance sheet of a lesson; submitted means locked."""

    about = TRACE
    others: ClassVar = (Other("submitted_by", NULLIFY),)

    lesson = models.OneToOneField(Lesson, on_delete=models.CASCADE, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = PersonRef(null=True)

    class Meta:
        db_table = "sheet"
        indexes: ClassVar = [
            index_of_person("submitted_by", "sheet_submitted_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Attendance(Record):
    """Whether a learner was at a lesson."""

    class State(models.TextChoices):
        """What the trainer saw."""

        PRESENT = "present", _("present")
        ABSENT = "absent", _("absent")
        EXCUSED = "excused", _("absent with notice")

    about = PARTICIPATION
    subject = "enrolment__learner"

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="marks")
    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices)

    class Meta:
        db_table = "attendance"
        constraints: ClassVar = [models.UniqueConstraint(fields=["sheet", "enrolment"], name="marked_once_per_lesson")]
        indexes: ClassVar = [models.Index(fields=["enrolment"], name="attendance_of_enrolment")]

    def __str__(self) -> str:
        return str(self.id)


class Correction(Record):
    """A change of attendance after the sheet was locked, with its reason; `was` is empty for who was not on it."""

    about = PARTICIPATION
    subject = "attendance__enrolment__learner"
    others: ClassVar = (Other("corrected_by", NULLIFY),)

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="corrections")
    was = models.CharField(max_length=10, choices=Attendance.State.choices, blank=True)
    became = models.CharField(max_length=10, choices=Attendance.State.choices)
    reason = word(models.CharField(_("reason"), max_length=300), FREE_TEXT)
    corrected_by = PersonRef(null=True)

    class Meta:
        db_table = "correction"
        indexes: ClassVar = [
            index_of_person("corrected_by", "correction_corrected_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Result(Record):
    """The result of an enrolment, decided by a person. Keeps: L23."""

    class Outcome(models.TextChoices):
        """What was decided."""

        PASSED = "passed", _("passed")
        FAILED = "failed", _("failed")

    about = RESULT
    subject = "enrolment__learner"
    others: ClassVar = (Other("decided_by", NULLIFY),)

    enrolment = models.OneToOneField(Enrolment, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    remark = word(models.TextField(_("remark"), blank=True), FREE_TEXT)
    decided_by = PersonRef(null=True)
    decided_at = models.DateTimeField()

    class Meta:
        db_table = "result"
        indexes: ClassVar = [
            index_of_person("decided_by", "result_decided_by"),
            index_of_remarks("remark", "result_with_remark"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class CertificateNumber(Record):
    """A number that was given out, and whether it still holds. It stays when its certificate goes. Keeps: W2.

    Nothing here leads to a person: once the certificate is erased, the number says "valid" or "not valid" and no more.
    """

    about = NOTHING("a random number, which leads to nobody once its certificate is gone")

    number = word(models.CharField(max_length=20, unique=True), NOTHING("a random number"))
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "certificate_number"

    def __str__(self) -> str:
        return self.number


class Certificate(Record):
    """A certificate as it was issued: it carries its own name and course, so that it stays what it was on paper."""

    about = RESULT
    subject = "enrolment__learner"

    enrolment = models.ForeignKey(Enrolment, on_delete=models.CASCADE, related_name="+")
    number = word(models.CharField(max_length=20, unique=True), RESULT)
    first_name = word(models.CharField(max_length=120), IDENTITY)
    last_name = word(models.CharField(max_length=150), IDENTITY)
    course_title = word(models.CharField(max_length=160), NOTHING("the title of a course"))
    hours = models.DecimalField(max_digits=6, decimal_places=1)
    points = models.DecimalField(max_digits=5, decimal_places=1)
    register = word(models.CharField(max_length=80, blank=True), NOTHING("the name of a professional register"))
    finished_on = models.DateField()
    language = models.CharField(max_length=2, choices=[("nl", _("Dutch")), ("en", _("English"))])
    revoked_at = models.DateTimeField(null=True)
    revoked_reason = word(models.CharField(max_length=300, blank=True), FREE_TEXT)

    class Meta:
        db_table = "certificate"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["enrolment"], condition=models.Q(revoked_at=None), name="one_valid_certificate"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["enrolment"], name="certificate_of_enrolment"),
            index_of_remarks("revoked_reason", "certificate_with_reason"),
            GinIndex(CERTIFICATE_FOUND_BY, name="certificate_found_by"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def name(self) -> str:
        """Return the learner's name as it stands on the certificate."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_valid(self) -> bool:
        """True as long as the certificate was not revoked."""
        return self.revoked_at is None
