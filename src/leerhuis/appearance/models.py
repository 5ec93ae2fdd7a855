"""What an academy chose to look like; each choice is a row, and the newest holds."""

from typing import ClassVar

from django.db import models

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import NOTHING, TRACE

_STYLE = NOTHING("how the academy looks, not a person")


class Appearance(Record):
    """One choice of logo, colour and typeface; what is empty stands as the settings file says."""

    about = TRACE
    others: ClassVar = (Other("chosen_by", NULLIFY),)

    accent = word(models.CharField(max_length=7, blank=True), _STYLE)
    typeface = word(models.CharField(max_length=20, blank=True), _STYLE)
    logo = word(models.BinaryField(null=True), _STYLE)  # a PNG that we drew ourselves from what was sent
    logo_width = models.PositiveSmallIntegerField(default=0)
    logo_height = models.PositiveSmallIntegerField(default=0)
    logo_digest = word(models.CharField(max_length=16, blank=True), _STYLE)
    chosen_by = PersonRef(null=True)

    class Meta:
        db_table = "appearance"
        indexes: ClassVar = [
            models.Index(fields=["-created_at", "-id"], name="appearance_newest"),
            index_of_person("chosen_by", "appearance_chosen_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)
