"""What failed in the app on somebody's device, as far as they let us know; without what they did there."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import Record, word
from leerhuis.charter.words import TECHNICAL
from leerhuis.people.models import Person


class DeviceReport(Record):
    """A fault of the app: what failed, where in the program, and on which kind of device. See `scrubbing`."""

    class Device(models.TextChoices):
        """Kinds of devices."""

        PHONE = "phone", _("telephone")
        TABLET = "tablet", _("tablet")
        COMPUTER = "computer", _("computer")

    class Screen(models.TextChoices):
        """Sizes of screens, coarsely."""

        SMALL = "small", _("small screen")
        MEDIUM = "medium", _("medium screen")
        LARGE = "large", _("large screen")

    about = TECHNICAL
    subject = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    fault = word(models.CharField(max_length=40), TECHNICAL)
    message = word(models.CharField(max_length=200, blank=True), TECHNICAL)
    place = word(models.CharField(max_length=80, blank=True), TECHNICAL)
    stack = word(models.TextField(blank=True), TECHNICAL)
    version = word(models.CharField(max_length=40), TECHNICAL)
    device = models.CharField(max_length=8, choices=Device.choices)
    system = word(models.CharField(max_length=30), TECHNICAL)
    browser = word(models.CharField(max_length=30), TECHNICAL)
    screen = models.CharField(max_length=6, choices=Screen.choices)
    language = models.CharField(max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], blank=True)
    reduced_motion = models.BooleanField(default=False)

    class Meta:
        db_table = "practice_device_report"
        indexes: ClassVar = [models.Index(fields=["person", "-created_at"], name="device_reports_of_person")]

    def __str__(self) -> str:
        return str(self.id)
