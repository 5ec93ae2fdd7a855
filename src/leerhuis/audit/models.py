"""Notes of what was done, looks at somebody's data, the journal, and what was answered to a request."""

from typing import ClassVar

from django.db import models

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, WebMay, word
from leerhuis.charter.words import NOTHING, TECHNICAL, TRACE


class Note(Record):
    """One act: who did what to which thing, and which fields it touched."""

    about = TRACE
    web_may = WebMay.ADD
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
    web_may = WebMay.ADD
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


class Submission(Record):
    """An unsafe request that was acknowledged: under which key, and what the answer was; kept for a day.

    `sender` is the person's id, or an unreadable mark of a visitor's sign-in store. `content` is a keyed digest of
    what was sent: it can be compared and not be read.
    """

    about = TECHNICAL
    web_may = WebMay.ADD
    subject = "sender_person"

    sender_person = PersonRef(null=True)
    sender = word(models.CharField(max_length=64), TECHNICAL)
    key = word(models.CharField(max_length=100), NOTHING("a random number of one form on one page"))
    content = word(models.CharField(max_length=64), NOTHING("a keyed digest, from which nothing can be read"))
    method = word(models.CharField(max_length=10), NOTHING("the name of a method of HTTP"))
    path = word(models.TextField(), TECHNICAL)
    status = models.PositiveSmallIntegerField()
    location = word(models.TextField(), TECHNICAL)

    class Meta:
        db_table = "submission"
        constraints: ClassVar = [models.UniqueConstraint(fields=["sender", "key"], name="submission_once")]
        indexes: ClassVar = [models.Index(fields=["created_at"], name="submission_by_age")]


class JournalEntry(Record):
    """An operation that must hold after an old backup is put back, too; written in the transaction of its effect.

    `subject_id` is the random key of what it was done to: a person, an organisation, or a row about one. It is no path
    to a person: when they are erased it stays, and leads to nobody. `number` is its place in the journal outside the
    database, once it was shipped there. See `audit.journal`. Keeps: W6.
    """

    about = TRACE
    web_may = WebMay.ADD

    operation = word(models.CharField(max_length=24), NOTHING("a name from the program"))
    subject_id = models.UUIDField()
    purpose = word(models.CharField(max_length=60, blank=True), NOTHING("the key of a declared purpose"))
    actor_kind = word(models.CharField(max_length=10), TRACE)
    number = models.PositiveBigIntegerField(null=True)
    shipped_at = models.DateTimeField(null=True)
    replayed_at = models.DateTimeField(null=True)  # carried out again after a restore

    class Meta:
        db_table = "journal_entry"
        constraints: ClassVar = [models.UniqueConstraint(fields=["number"], name="journal_number_once")]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(number=None), name="journal_to_ship"),
            models.Index(fields=["subject_id"], name="journal_of_subject"),
        ]

    def __str__(self) -> str:
        return f"{self.operation} {self.subject_id}"


class JournalHead(Record):
    """How far this database knows the journal outside it: one row, with the number and hash of the last line."""

    about = NOTHING("how far a file was written")
    web_may = WebMay.READ

    number = models.PositiveBigIntegerField(default=0)
    digest = word(models.CharField(max_length=64, blank=True), NOTHING("a digest of a line of a file"))

    class Meta:
        db_table = "journal_head"

    def __str__(self) -> str:
        return str(self.number)
