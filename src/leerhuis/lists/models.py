"""What somebody keeps of a list: a view of it, and which rows they last worked through at once."""

from typing import ClassVar

from django.db import models

from leerhuis.base.clock import now
from leerhuis.charter.records import PersonRef, Record, index_of_person, word
from leerhuis.charter.words import FREE_TEXT, NOTHING, TECHNICAL

_PROGRAM = NOTHING("a name from the program")


class SavedView(Record):
    """A list as somebody wants to see it again: filters, order and columns, under a name of their own."""

    about = TECHNICAL
    subject = "person"

    person = PersonRef()
    listing = word(models.CharField(max_length=40), _PROGRAM)
    name = word(models.CharField(max_length=60), FREE_TEXT)
    query = word(models.CharField(max_length=1000, blank=True), FREE_TEXT)  # may hold a name that was searched for
    shared = models.BooleanField(default=False)
    opens_first = models.BooleanField(default=False)
    used_at = models.DateTimeField(default=now)
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "saved_view"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "listing"],
                condition=models.Q(opens_first=True, dropped_at=None),
                name="saved_view_opens_first_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["listing", "person"], name="saved_view_of_list"),
            index_of_person("person", "saved_view_person"),
        ]

    def __str__(self) -> str:
        return f"saved view {self.id}"


class BulkAct(Record):
    """One act on many rows of a list at once, so that who did it can take it back for a while."""

    about = TECHNICAL
    subject = "person"

    person = PersonRef()
    listing = word(models.CharField(max_length=40), _PROGRAM)
    act = word(models.CharField(max_length=40), _PROGRAM)
    rows = word(models.JSONField(), NOTHING("ids of rows of the list"))
    undone_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "bulk_act"
        indexes: ClassVar = [
            index_of_person("person", "bulk_act_person"),
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.id}"
