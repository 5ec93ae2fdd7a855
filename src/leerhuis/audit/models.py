"""Notes of what was done and looks at somebody's data. Rows are only ever added."""

from typing import ClassVar

from django.db import models

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, word
from leerhuis.charter.words import NOTHING, TRACE


class Note(Record):
    """One act: who did what to which thing, and which fields it touched."""

    about = TRACE
    subject = "subject_person"
    others: ClassVar = (Other("actor_person", NULLIFY),)

    actor_kind = word(models.CharField(max_length=10), TRACE)
    actor_person = PersonRef(null=True)
    actor_role = word(models.CharField(max_length=60, blank=True), TRACE)
    verb = word(models.CharField(max_length=60), TRACE)
    thing_kind = word(models.CharField(max_length=60), NOTHING("the name of a table"))
    thing_id = models.UUIDField()
    subject_person = PersonRef(null=True)
    touched = word(models.JSONField(default=list), NOTHING("names of fields, never their values"))

    class Meta:
        db_table = "note"
        indexes: ClassVar = [
            models.Index(fields=["subject_person", "-created_at"], name="note_of_subject"),
            models.Index(fields=["thing_kind", "thing_id", "-created_at"], name="note_of_thing"),
        ]


class Look(Record):
    """One person's data on one screen that somebody else opened, under a purpose."""

    about = TRACE
    subject = "subject_person"
    others: ClassVar = (Other("actor_person", NULLIFY),)

    actor_kind = word(models.CharField(max_length=10), TRACE)
    actor_person = PersonRef(null=True)
    actor_role = word(models.CharField(max_length=60, blank=True), TRACE)
    subject_person = PersonRef()
    purpose = word(models.CharField(max_length=60), NOTHING("the key of a declared purpose"))
    screen = word(models.CharField(max_length=80), NOTHING("the name of a route"))

    class Meta:
        db_table = "look"
        indexes: ClassVar = [models.Index(fields=["subject_person", "-created_at"], name="look_at_subject")]
