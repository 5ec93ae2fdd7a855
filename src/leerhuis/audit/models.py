"""Notes of what was done, looks at somebody's data, what left the house, the journal, and answers to requests."""

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


class Flow(Record):
    """Once that data left the house: to whom, for which purpose, which categories, about how many people.

    It names nobody whose data left; `Given` does, where a recipient is somebody else's. `words` are the keys of the
    category words side by side, `carrier` is the route or the kind of mail by which it went, `transport` how it was
    protected on the way (``tls``, ``machine`` for what stayed on this one, empty for a file that somebody took along).
    `mark` is a keyed digest of what was asked for, so that a double click counts once. Keeps: L24.
    """

    about = TRACE
    web_may = WebMay.ADD
    others: ClassVar = (Other("actor_person", NULLIFY),)

    recipient = word(models.CharField(max_length=60), NOTHING("the id of a declared recipient"))
    receiver = models.UUIDField(null=True)  # which one of them: the id of an organisation
    purpose = word(models.CharField(max_length=60), NOTHING("the id of a declared purpose"))
    words = word(models.CharField(max_length=300), NOTHING("names of categories"))
    carrier = word(models.CharField(max_length=80), NOTHING("the name of a route or of a kind of mail"))
    people = models.PositiveIntegerField()
    rows = models.PositiveIntegerField()
    transport = word(models.CharField(max_length=10, blank=True), NOTHING("how a connection was protected"))
    actor_kind = word(models.CharField(max_length=10), TRACE)
    actor_person = PersonRef(null=True)
    actor_role = word(models.CharField(max_length=60, blank=True), TRACE)
    mark = word(models.CharField(max_length=64, blank=True), NOTHING("a keyed digest, from which nothing can be read"))

    class Meta:
        db_table = "flow"
        indexes: ClassVar = [
            models.Index(fields=["-created_at"], name="flow_newest"),
            models.Index(fields=["mark", "-created_at"], condition=~models.Q(mark=""), name="flow_of_mark"),
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.id}"


class Given(Record):
    """That data of one person went to somebody else on a day, so that both can be told of it later.

    The person reads it (article 15(1)(c) AVG), and whoever received it hears of a correction (article 19 AVG).
    """

    about = TRACE
    web_may = WebMay.ADD
    subject = "person"

    person = PersonRef()
    recipient = word(models.CharField(max_length=60), NOTHING("the id of a declared recipient"))
    receiver = models.UUIDField(null=True)  # which one of them: the id of an organisation
    purpose = word(models.CharField(max_length=60), NOTHING("the id of a declared purpose"))
    words = word(models.CharField(max_length=300), NOTHING("names of categories"))
    day = models.DateField()

    class Meta:
        db_table = "given"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "recipient", "receiver", "purpose", "words", "day"],
                nulls_distinct=False,
                name="given_once_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.recipient} {self.day}"


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
