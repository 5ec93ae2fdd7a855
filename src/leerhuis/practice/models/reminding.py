"""Reminders: when somebody wants one, the devices that may get it, what is on its way, and what went out."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import Record, word
from leerhuis.charter.words import CREDENTIAL, PRACTICE, TECHNICAL
from leerhuis.people.models import Person
from leerhuis.practice.models.content import Bank
from leerhuis.practice.reminding import EVENING, EVERY_DAY, FIRST_HOUR, LAST_HOUR, Reason, Times


class ReminderPlan(Record):
    """When one person wants to be reminded; whether they want it at all, and how, stands in the ledger of consents.

    `days` is a sum of 1 (Monday), 2, 4 … 64 (Sunday). `declined_at`: when they said that they are not to be asked.
    `ended_at`: since when they consent to no reminder any more.
    """

    about = PRACTICE
    subject = "person"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="+")
    hour = models.PositiveSmallIntegerField(default=EVENING)
    days = models.PositiveSmallIntegerField(default=EVERY_DAY)
    at_work = models.BooleanField(default=False)
    declined_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "practice_reminder_plan"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(hour__range=(FIRST_HOUR, LAST_HOUR)), name="reminder_hour_in_range"
            ),
            models.CheckConstraint(condition=models.Q(days__range=(1, EVERY_DAY)), name="reminder_on_some_day"),
        ]
        indexes: ClassVar = [models.Index(fields=["hour"], name="reminder_plan_by_hour")]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def times(self) -> Times:
        """Return when reminders are welcome, as the rules take it."""
        return Times(self.hour, self.days, self.at_work)


class PushDevice(Record):
    """A browser that lets us send it a word: where its push service takes it, and with which keys it is closed.

    It belongs to a sign-in and ends with it; see `queries` of this package for what that means.
    """

    about = TECHNICAL
    subject = "plan__person"

    plan = models.ForeignKey(ReminderPlan, on_delete=models.CASCADE, related_name="devices")
    sign_in = models.UUIDField()
    endpoint = word(models.CharField(max_length=1000), CREDENTIAL)
    key = word(models.CharField(max_length=100), CREDENTIAL)
    auth = word(models.CharField(max_length=50), CREDENTIAL)
    digest = word(models.CharField(max_length=64, unique=True), CREDENTIAL)
    browser = word(models.CharField(max_length=30), TECHNICAL)
    system = word(models.CharField(max_length=30), TECHNICAL)
    reached_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "practice_push_device"
        indexes: ClassVar = [
            models.Index(fields=["plan"], name="push_devices_of_plan"),
            models.Index(fields=["sign_in"], name="push_devices_of_sign_in"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Reminder(Record):
    """That somebody was reminded on a day: of which bank, why, and by which way. At most one a day."""

    class Way(models.TextChoices):
        """By which way it went."""

        PUSH = "push", _("on a device")
        MAIL = "mail", _("by mail")
        NONE = "none", _("it could not be brought")

    about = PRACTICE
    subject = "plan__person"

    plan = models.ForeignKey(ReminderPlan, on_delete=models.CASCADE, related_name="reminders")
    day = models.DateField()
    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="+")
    reason = models.CharField(max_length=6, choices=Reason.choices)
    questions = models.PositiveSmallIntegerField()
    minutes = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=4, choices=Way.choices)
    arrived_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "practice_reminder"
        constraints: ClassVar = [models.UniqueConstraint(fields=["plan", "day"], name="one_reminder_a_day")]

    def __str__(self) -> str:
        return str(self.id)


class Push(Record):
    """A word that is on its way to a device, until it was taken or is of no use any more; then the row goes.

    One without a reminder is a trial that its reader asked for.
    """

    about = PRACTICE
    subject = "device__plan__person"

    device = models.ForeignKey(PushDevice, on_delete=models.CASCADE, related_name="pushes")
    reminder = models.ForeignKey(Reminder, on_delete=models.CASCADE, null=True, related_name="pushes")
    attempts = models.PositiveSmallIntegerField(default=0)
    try_after = models.DateTimeField()
    until = models.DateTimeField()

    class Meta:
        db_table = "practice_push"

    def __str__(self) -> str:
        return str(self.id)
