"""What stands still: data that are only kept (article 18 AVG), and rows that may not go yet."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import CONSENT, FREE_TEXT, NOTHING, TRACE


class Restriction(Record):
    """That a person's data are only kept from a moment until a moment: on which ground, why, by whom.

    `people.Person.restricted_at` says the same for every read below; both are written together. The ground is empty
    only after a restore: the journal knows that somebody was restricted, and somebody writes down anew on which.
    """

    class Ground(models.TextChoices):
        """The grounds of article 18(1) AVG, and data that only the law still keeps (L21)."""

        ACCURACY = "accuracy", _("it is being checked whether the data are right")
        UNLAWFUL = "unlawful", _("the use is unlawful, and the person does not want them erased")
        CLAIM = "claim", _("the person needs them for a legal claim")
        OBJECTION = "objection", _("the person objected, and it is being weighed")
        LAW = "law", _("only the law still requires them to be kept")

    about = CONSENT
    subject = "person"
    others: ClassVar = (Other("restricted_by", NULLIFY), Other("ended_by", NULLIFY))

    person = PersonRef()
    ground = models.CharField(max_length=10, choices=Ground.choices, default=Ground.ACCURACY)
    reason = word(models.TextField(), FREE_TEXT)
    restricted_by = PersonRef(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = PersonRef(null=True)

    class Meta:
        db_table = "restriction"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person"], condition=models.Q(ended_at=None), name="restricted_once")
        ]
        indexes: ClassVar = [
            index_of_person("person", "restriction_person"),
            index_of_person("restricted_by", "restriction_restricted_by"),
            index_of_person("ended_by", "restriction_ended_by"),
        ]

    def __str__(self) -> str:
        return f"restriction {self.id}"


class Hold(Record):
    """That something may not be erased yet: all rows of a purpose, one row, or everything about a person; until when.

    It lapses by itself after its last day: `until` counts, not whether somebody ended it. Keeps: K18.
    """

    about = TRACE
    subject = "person"
    others: ClassVar = (Other("placed_by", NULLIFY), Other("ended_by", NULLIFY))

    purpose = word(models.CharField(max_length=60, blank=True), NOTHING("the id of a declared purpose"))
    thing_kind = word(models.CharField(max_length=60, blank=True), NOTHING("the name of a table"))
    thing_id = models.UUIDField(null=True)
    person = PersonRef(null=True)
    reason = word(models.TextField(), FREE_TEXT)
    until = models.DateField()
    placed_by = PersonRef(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = PersonRef(null=True)

    class Meta:
        db_table = "hold"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(purpose="", thing_kind="", thing_id=None, person__isnull=False)
                | models.Q(purpose="", thing_id__isnull=False, person=None) & ~models.Q(thing_kind="")
                | models.Q(thing_kind="", thing_id=None, person=None) & ~models.Q(purpose=""),
                name="hold_on_one_thing",
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["until"], condition=models.Q(ended_at=None), name="hold_live"),
            index_of_person("person", "hold_person"),
            index_of_person("placed_by", "hold_placed_by"),
            index_of_person("ended_by", "hold_ended_by"),
        ]

    def __str__(self) -> str:
        return f"hold {self.id}"
