"""What is practised: banks, topics, questions and their versions, media and sources, and who writes them."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from leerhuis.charter.records import NULLIFY, Other, Record, index_of_person, word
from leerhuis.charter.words import EMPLOYMENT, FREE_TEXT, TRACE
from leerhuis.people.models import Person
from leerhuis.practice.written import CONTENT as _CONTENT
from leerhuis.practice.written import Written


class Trouble(models.TextChoices):
    """What a learner says is the matter with a question."""

    WRONG = "wrong", _("what counts as right is not right")
    UNCLEAR = "unclear", _("it is not clear what is asked")
    TYPO = "typo", _("there is a mistake in the text")
    OLD = "old", _("it is out of date")
    BROKEN = "broken", _("something does not work, such as a picture")


class Bank(Record):
    """A question bank: what belongs to one subject, in one language.

    `four_eyes`: somebody else than the last writer releases. `named_only`: only its named authors write in it.
    """

    about = _CONTENT

    title = word(models.CharField(_("title"), max_length=150), _CONTENT)
    summary = word(models.TextField(_("summary"), blank=True), _CONTENT)
    language = models.CharField(
        _("language"), max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl"
    )
    four_eyes = models.BooleanField(default=False)
    named_only = models.BooleanField(default=False)

    class Meta:
        db_table = "question_bank"
        ordering: ClassVar = ["title"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("title"), name="bank_title_once")]

    def __str__(self) -> str:
        return self.title


class Topic(Record):
    """A part of a bank; a round mixes topics, and mastery is told per topic."""

    about = _CONTENT

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="topics")
    title = word(models.CharField(_("title"), max_length=150), _CONTENT)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "question_topic"
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.UniqueConstraint("bank", Lower("title"), name="topic_title_once_in_bank")]

    def __str__(self) -> str:
        return self.title


class Objective(Record):
    """A learning goal of a bank, in words; questions serve it."""

    about = _CONTENT

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="objectives")
    title = word(models.CharField(_("learning goal"), max_length=300), _CONTENT)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        db_table = "question_objective"
        ordering: ClassVar = ["position", "id"]
        constraints: ClassVar = [models.UniqueConstraint("bank", Lower("title"), name="objective_once_in_bank")]

    def __str__(self) -> str:
        return self.title


class Source(Record):
    """What makes answers right for as long as it holds: an article of law, a norm, a protocol. All banks share it."""

    about = _CONTENT

    name = word(models.CharField(_("name"), max_length=200), _CONTENT)
    address = word(models.URLField(_("address on the web"), blank=True, max_length=500), _CONTENT)
    valid_until = models.DateField(_("holds until"), null=True)
    changed_on = models.DateField(_("changed on"), null=True)

    class Meta:
        db_table = "question_source"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(Lower("name"), name="source_name_once")]

    def __str__(self) -> str:
        return self.name


class Media(Record):
    """A picture, sound or film of a bank, called by its name in questions; its bytes lie on the disk by digest."""

    class Kind(models.TextChoices):
        """What it is to whoever meets it."""

        PICTURE = "picture", _("picture")
        SOUND = "sound", _("sound")
        FILM = "film", _("film")

    about = _CONTENT

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="media")
    name = word(models.CharField(_("name"), max_length=100), _CONTENT)
    kind = models.CharField(_("kind"), max_length=7, choices=Kind.choices)
    media_type = word(models.CharField(max_length=40), _CONTENT)
    alt = word(models.TextField(_("what it shows or says")), _CONTENT)
    size = models.PositiveIntegerField(_("size in bytes"))
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    digest = word(models.CharField(max_length=64), _CONTENT)

    class Meta:
        db_table = "question_media"
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["bank", "name"], name="media_name_once_in_bank")]
        indexes: ClassVar = [models.Index(fields=["digest"], name="media_by_digest")]

    def __str__(self) -> str:
        return self.name


class Question(Written):
    """One question. It is withdrawn, never removed: answers given to it keep their meaning.

    It is retired when the source it rests on was declared changed, until somebody has looked at it and released it.
    `meant_at`: when it last came to mean something else; who answered it before then has to learn it anew.
    """

    class State(models.TextChoices):
        """Whether learners meet it: only when it is released."""

        DRAFT = "draft", _("draft")
        REVIEW = "review", _("in review")
        RELEASED = "released", _("in use")
        WITHDRAWN = "withdrawn", pgettext_lazy("question", "withdrawn")
        RETIRED = "retired", _("source changed")

    about = _CONTENT

    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="questions")
    position = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=10, choices=State.choices, default=State.RELEASED)
    version = models.PositiveIntegerField(default=1)
    meant_at = models.DateTimeField(null=True)
    source = word(models.TextField(blank=True), _CONTENT)
    source_id = word(models.TextField(blank=True), _CONTENT)
    fingerprint = word(models.CharField(max_length=64), _CONTENT)
    rests_on = models.ForeignKey(Source, on_delete=models.PROTECT, null=True, related_name="questions", db_index=False)
    retired_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)  # up to when what learners said of it was looked at
    search = models.GeneratedField(
        expression=SearchVector("title", "stem", "explanation", config="simple"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    class Meta:
        db_table = "question"
        ordering: ClassVar = ["topic__position", "position", "id"]
        indexes: ClassVar = [
            models.Index(fields=["topic", "state", "position"], name="question_in_topic"),
            models.Index(fields=["fingerprint"], name="question_by_fingerprint"),
            models.Index(fields=["rests_on"], name="question_by_source"),
            GinIndex(fields=["search"], name="question_search"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_released(self) -> bool:
        """True when learners meet it."""
        return self.state == self.State.RELEASED

    @property
    def is_retired(self) -> bool:
        """True while it waits to be looked at because its source changed."""
        return self.state == self.State.RETIRED


class Aim(Record):
    """That one question serves one learning goal."""

    about = _CONTENT

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="aims")
    objective = models.ForeignKey(Objective, on_delete=models.CASCADE, related_name="aims")

    class Meta:
        db_table = "question_aim"
        ordering: ClassVar = ["objective__position", "id"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "objective"], name="aim_once")]

    def __str__(self) -> str:
        return str(self.id)


class Version(Written):
    """A question as somebody saved it: its words and answers. The newest says what the question says now.

    `said_by_author`: the author said whether its meaning changed; else the rule found it.
    """

    class Change(models.TextChoices):
        """What a version is to whoever learned the one before."""

        NEW = "new", _("new")
        MEANING = "meaning", _("meaning changed")
        WORDS = "words", _("words only")

    about = TRACE
    others: ClassVar = (Other("writer", NULLIFY),)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    writer = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)
    change = models.CharField(max_length=7, choices=Change.choices, default=Change.NEW)
    said_by_author = models.BooleanField(default=False)

    class Meta:
        db_table = "question_version"
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["question", "number"], name="version_number_once")]
        indexes: ClassVar = [index_of_person("writer", "question_version_writer")]

    def __str__(self) -> str:
        return str(self.id)


class BankAuthor(Record):
    """That somebody of the staff is named as an author of a bank, from a moment until a moment."""

    about = EMPLOYMENT
    subject = "person"

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="authors")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "question_bank_author"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["bank", "person"], condition=models.Q(ended_at=None), name="bank_author_once_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Comment(Record):
    """What an author remarks on a question to the others, until somebody says that it is settled."""

    about = FREE_TEXT
    subject = "author"
    others: ClassVar = (Other("settled_by", NULLIFY),)

    question = models.ForeignKey(Question, on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=True)
    text = word(models.TextField(_("comment"), max_length=2_000), FREE_TEXT)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, related_name="+", db_index=False)

    class Meta:
        db_table = "question_comment"
        ordering: ClassVar = ["created_at", "id"]
        indexes: ClassVar = [index_of_person("settled_by", "question_comment_settled_by")]

    def __str__(self) -> str:
        return str(self.id)


class Incoming(Record):
    """A file that an author is bringing in: kept until its questions have come in, and for a day at most."""

    about = _CONTENT

    bank = models.ForeignKey(Bank, on_delete=models.CASCADE, related_name="+")
    name = word(models.CharField(max_length=200), _CONTENT)
    topic = word(models.CharField(max_length=150, blank=True), _CONTENT)
    content = word(models.BinaryField(), _CONTENT)

    class Meta:
        db_table = "question_incoming"

    def __str__(self) -> str:
        return str(self.id)
