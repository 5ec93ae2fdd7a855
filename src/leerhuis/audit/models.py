"""Notes, looks, their seals, what left the house, the journal, and what was answered to a request."""

from typing import ClassVar

from django.db import models

from leerhuis.audit.marks import Mark
from leerhuis.charter.records import (
    NULLIFY,
    STAYS,
    Customer,
    CustomerRef,
    Other,
    PersonRef,
    Record,
    WebMay,
    index_of_person,
    word,
)
from leerhuis.charter.words import NOTHING, TECHNICAL, TRACE


class Note(Record):
    """One act: who did what to which thing, and which fields it touched."""

    about = TRACE
    web_may = WebMay.ADD
    sealed = True
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
    mark = Mark()

    class Meta:
        db_table = "note"
        indexes: ClassVar = [
            models.Index(fields=["subject_person", "-created_at"], name="note_of_subject"),
            models.Index(fields=["thing_kind", "thing_id", "-created_at"], name="note_of_thing"),
            models.Index(fields=["created_at"], name="note_by_age"),
            index_of_person("actor_person", "note_actor_person"),
        ]


class Look(Record):
    """One person's data on one screen that somebody else opened, under a purpose."""

    about = TRACE
    web_may = WebMay.ADD
    sealed = True
    subject = "subject_person"
    others: ClassVar = (Other("actor_person", NULLIFY),)

    actor_kind = word(models.CharField(max_length=10), TRACE)
    actor_person = PersonRef(null=True)
    actor_role = word(models.CharField(max_length=60, blank=True), TRACE)
    subject_person = PersonRef()
    purpose = word(models.CharField(max_length=60), NOTHING("the key of a declared purpose"))
    screen = word(models.CharField(max_length=80), NOTHING("the name of a route"))
    mark = Mark()

    class Meta:
        db_table = "look"
        indexes: ClassVar = [
            models.Index(fields=["subject_person", "-created_at"], name="look_at_subject"),
            models.Index(fields=["created_at"], name="look_by_age"),
            index_of_person("actor_person", "look_actor_person"),
        ]


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
    customers: ClassVar = (
        Customer("receiver", STAYS, nl="tellingen van wat naar haar ging", en="counts of what went to it"),
    )

    recipient = word(models.CharField(max_length=60), NOTHING("the id of a declared recipient"))
    receiver = CustomerRef(null=True)  # which one of them: the id of an organisation
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
            index_of_person("actor_person", "flow_actor_person"),
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
    customers: ClassVar = (
        Customer(
            "receiver", STAYS,
            nl="op welke dag gegevens van iemand naar een werkgever gingen",
            en="on which day somebody’s data went to an employer",
        ),
    )  # fmt: skip

    person = PersonRef()
    recipient = word(models.CharField(max_length=60), NOTHING("the id of a declared recipient"))
    receiver = CustomerRef(null=True)  # which one of them: the id of an organisation
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
        indexes: ClassVar = [
            models.Index(fields=["created_at"], name="submission_by_age"),
            index_of_person("sender_person", "submission_sender_person"),
        ]


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


class Seal(Record):
    """The marks of some rows of one table and one month, bound by a hash to the seal before; see `audit.sealing`.

    `leaves` are the ids and marks one behind the other; None once the month was dropped by its term, of which `root`,
    their hash, is left. `covers` names the columns that the marks are of.
    """

    about = NOTHING("digests of rows, made with a key outside the database")
    web_may = WebMay.READ

    number = models.PositiveBigIntegerField()
    kind = word(models.CharField(max_length=60), NOTHING("the name of a table"))
    month = word(models.DateField(), NOTHING("a month of rows"))
    rows = models.PositiveIntegerField()
    covers = word(models.TextField(), NOTHING("names of columns"))
    leaves = word(models.BinaryField(null=True), NOTHING("random keys of rows, and keyed digests of them"))
    root = word(models.CharField(max_length=64), NOTHING("a digest of digests"))
    previous = word(models.CharField(max_length=64), NOTHING("a digest of digests"))
    digest = word(models.CharField(max_length=64), NOTHING("a digest of digests"))

    class Meta:
        db_table = "seal"
        constraints: ClassVar = [models.UniqueConstraint(fields=["number"], name="seal_number_once")]
        indexes: ClassVar = [models.Index(fields=["kind", "month"], name="seal_of_month")]

    def __str__(self) -> str:
        return f"seal {self.number}"


class SealRelease(Record):
    """That a sealed row may be gone, or may have lost a person: it was erased, and not by the back door.

    Its id is that of the row, its moment only a month, so that it does not tell which rows went together.
    """

    about = NOTHING("random keys of rows, of which nobody can be told")
    web_may = WebMay.READ

    kind = word(models.CharField(max_length=60), NOTHING("the name of a table"))
    fate = word(models.CharField(max_length=10), NOTHING("a word from the program"))
    tag = word(models.BinaryField(), NOTHING("a keyed digest, from which nothing can be read"))

    class Meta:
        db_table = "seal_release"

    def __str__(self) -> str:
        return f"{self.kind} {self.fate}"


class SealEvent(Record):
    """What happened to the seals as a whole, signed: a month was dropped by its term, an older state was put back."""

    about = NOTHING("what happened to digests")
    web_may = WebMay.READ

    what = word(models.CharField(max_length=12), NOTHING("a word from the program"))
    kind = word(models.CharField(max_length=60, blank=True), NOTHING("the name of a table"))
    month = word(models.DateField(null=True), NOTHING("a month of rows"))
    rows = models.PositiveBigIntegerField(default=0)
    number = models.PositiveBigIntegerField(default=0)
    digest = word(models.CharField(max_length=64, blank=True), NOTHING("a digest of digests"))
    signature = word(models.TextField(), NOTHING("a signature of this installation"))

    class Meta:
        db_table = "seal_event"

    def __str__(self) -> str:
        return f"{self.what} {self.kind} {self.month or self.number}"


class SealCheck(Record):
    """One examination of everything that is sealed: how much it was, and how many faults were found."""

    about = NOTHING("counts of an examination")
    web_may = WebMay.READ

    seals = models.PositiveBigIntegerField()
    rows = models.PositiveBigIntegerField()
    faults = models.PositiveBigIntegerField()

    class Meta:
        db_table = "seal_check"

    def __str__(self) -> str:
        return f"{self.rows} rows, {self.faults} faults"
