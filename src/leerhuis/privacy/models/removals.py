"""That an organisation is removed: under notice, called off, or done with counts alone."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.base import clock
from leerhuis.charter.records import NULLIFY, STAYS, Customer, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import FREE_TEXT, NOTHING, TRACE
from leerhuis.organisations.models import Organisation

_COUNTS = NOTHING("numbers of rows by table")


class Removal(Record):
    """That an organisation is to be removed after its notice, and how far that came; afterwards it leads to nobody.

    While law or a hold keeps something, `organisation` and `name` stay, so that the rest goes once it may, and so that
    this page alone tells whose it is. Keeps: L20, L21.
    """

    about = TRACE
    others: ClassVar = (Other("asked_by", NULLIFY), Other("called_off_by", NULLIFY))
    customers: ClassVar = (
        Customer(
            "organisation", STAYS,
            nl="dat een organisatie is verwijderd, zonder haar naam",
            en="that an organisation was removed, without its name",
            empties=("name", "reason"),
        ),
    )  # fmt: skip

    organisation = models.ForeignKey(Organisation, on_delete=models.SET_NULL, null=True, related_name="+")
    name = word(models.CharField(max_length=200, blank=True), NOTHING("details of an organisation"))
    reason = word(models.TextField(_("reason"), blank=True), FREE_TEXT)
    removes_on = models.DateField()
    asked_by = PersonRef(null=True)
    reminded_at = models.DateTimeField(null=True)
    begun_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)  # called off, or nothing of it is left
    called_off = models.BooleanField(default=False)
    called_off_by = PersonRef(null=True)
    went = word(models.JSONField(default=dict), _COUNTS)
    parted = word(models.JSONField(default=dict), _COUNTS)  # rows that stay, without the organisation
    stayed = word(models.JSONField(default=dict), _COUNTS)

    class Meta:
        db_table = "organisation_removal"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(ended_at=None), name="removed_once_at_a_time"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["removes_on"], condition=models.Q(ended_at=None), name="removal_open"),
            index_of_person("asked_by", "removal_asked_by"),
            index_of_person("called_off_by", "removal_called_off_by"),
        ]

    def __str__(self) -> str:
        return f"removal {self.id}"

    @property
    def can_be_called_off(self) -> bool:
        """True until the day on which it is carried out."""
        return self.ended_at is None and self.begun_at is None

    @property
    def is_late(self) -> bool:
        """True when its day is over and nothing was done."""
        return self.can_be_called_off and self.removes_on < clock.today()
