"""What people allowed and took back, in a ledger; news for who wants it; and agreements with employers."""

from typing import ClassVar, Final

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leerhuis.audit.marks import Mark
from leerhuis.charter.records import (
    GOES,
    NULLIFY,
    Customer,
    Other,
    PersonRef,
    Record,
    WebMay,
    index_of_person,
    index_of_remarks,
    word,
)
from leerhuis.charter.words import BIRTH, CONSENT, CONTACT, FREE_TEXT, NOTHING, TRACE
from leerhuis.organisations.models import Organisation
from leerhuis.people.models import Person

ALL: Final = ""  # stands as the topic where somebody objects to every kind of news
_PROGRAM = NOTHING("the id of a declared topic or purpose")
_WORDS = NOTHING("words that the academy put to everybody")
_WRITTEN = NOTHING("news that the academy wrote; it goes to all alike")


class Reader(Record):
    """Whoever chooses what we may send: a person we know, or an address of which we know nothing else.

    The two are never joined by comparing addresses; what is stopped from a mailbox is stopped for both.
    """

    about = CONSENT
    subject = "person"

    person = models.OneToOneField(Person, on_delete=models.CASCADE, null=True, related_name="+")
    email = word(models.EmailField(_("e-mail address"), max_length=254, null=True), CONTACT)
    language = models.CharField(max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl")
    parent_email = word(models.EmailField(max_length=254, blank=True), CONTACT)  # of who consents for a child
    asked_parent_email = word(models.EmailField(max_length=254, blank=True), CONTACT)  # the same, until confirmed
    needs_parent_until = word(models.DateField(null=True), BIRTH)  # kept only of who is known to be under sixteen
    ended_at = models.DateTimeField(null=True)  # since when nothing is consented to

    class Meta:
        db_table = "reader"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(person__isnull=False) | models.Q(email__isnull=False),
                name="reader_is_person_or_address",
            ),
            models.UniqueConstraint(Lower("email"), name="reader_address_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def address(self) -> str:
        """Return where mail goes now; empty when there is no address any more."""
        return (self.person.email if self.person is not None else self.email) or ""


class Wording(Record):
    """The words that stood beside a box, as they were shown; other words are another row."""

    about = _WORDS
    web_may = WebMay.ADD

    topic = word(models.CharField(max_length=80), _PROGRAM)
    language = word(models.CharField(max_length=2), _WORDS)
    text = word(models.TextField(), _WORDS)
    mark = word(models.CharField(max_length=64), _WORDS)

    class Meta:
        db_table = "wording"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["topic", "language", "mark"], name="wording_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class Choice(Record):
    """One line of the ledger: what a reader was asked, gave or took back, when, by which way and on which words.

    Lines are only added; pages cannot change or remove one (`web_may`). What holds is the newest line per topic.
    """

    class Step(models.TextChoices):
        """What happened."""

        ASKED = "asked", _("asked, not yet confirmed")
        GIVEN = "given", _("consent given")
        WITHDRAWN = "withdrawn", _("consent withdrawn")
        OBJECTED = "objected", _("objection made")
        RETURNED = "returned", _("objection taken back")

    class Channel(models.TextChoices):
        """By which way."""

        WEBSITE = "website", _("on our website")
        ACCOUNT = "account", _("after signing in")
        MAIL = "mail", _("by a link in a mail")
        PARENT = "parent", _("by a parent, by a link in a mail")
        PHONE = "phone", _("by telephone")
        PAPER = "paper", _("on paper")
        DESK = "desk", _("by a request to our privacy desk")
        IMPORT = "import", _("taken over from an earlier system")
        AGE = "age", _("by us: under sixteen and without a parent")
        RESTORE = "restore", _("carried out again after a restore")

    about = CONSENT
    subject = "reader__person"
    others: ClassVar = (Other("recorded_by", NULLIFY),)
    web_may = WebMay.ADD
    sealed = True

    reader = models.ForeignKey(Reader, on_delete=models.CASCADE, related_name="choices")
    topic = word(models.CharField(max_length=80, blank=True), _PROGRAM)
    step = models.CharField(max_length=10, choices=Step.choices)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, null=True, related_name="+")
    together = models.UUIDField()  # the same for all that was said in one go
    of_age = models.BooleanField(default=False)  # they said to be sixteen or older
    reference = word(models.CharField(_("where this is written down"), max_length=200, blank=True), FREE_TEXT)
    recorded_by = PersonRef(null=True)
    mark = Mark()

    class Meta:
        db_table = "choice"
        indexes: ClassVar = [
            models.Index(fields=["reader", "topic", "-created_at", "-id"], name="choice_newest"),
            models.Index(fields=["-created_at"], name="choice_by_moment"),
            index_of_person("recorded_by", "choice_recorded_by"),
            index_of_remarks("reference", "choice_with_reference"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class News(Record):
    """A news mail: written by the marketer in Dutch, and in English if need be; sent once to who wants its topic."""

    class State(models.TextChoices):
        """How far it has come."""

        DRAFT = "draft", _("draft")
        SENDING = "sending", _("being made ready")
        SENT = "sent", _("sent")
        PAUSED = "paused", _("paused")
        STOPPED = "stopped", _("stopped")

    about = TRACE
    others: ClassVar = (Other("written_by", NULLIFY), Other("sent_by", NULLIFY))

    topic = word(models.CharField(max_length=80), _PROGRAM)
    title = word(models.CharField(_("subject line"), max_length=150), _WRITTEN)
    body = word(models.TextField(_("text")), _WRITTEN)
    title_en = word(models.CharField(_("subject line in English"), max_length=150, blank=True), _WRITTEN)
    body_en = word(models.TextField(_("text in English"), blank=True), _WRITTEN)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    written_by = PersonRef(null=True)
    sent_by = PersonRef(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "news"
        indexes: ClassVar = [
            models.Index(fields=["-created_at"], name="news_newest"),
            index_of_person("written_by", "news_written_by"),
            index_of_person("sent_by", "news_sent_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    def words_in(self, language: str) -> tuple[str, str]:
        """Return subject line and text in a language; the Dutch ones where there are no English ones."""
        if language == "en" and self.title_en and self.body_en:
            return self.title_en, self.body_en
        return self.title, self.body


class Agreement(Record):
    """What was agreed with an organisation to share about enrolments that it orders, from a moment until a moment.

    It is a default: when an enrolment begins it is copied to a grant of that enrolment, never backwards. A result is
    shared only on a ground of its own, which the learner reads. Keeps: K6.
    """

    about = CONSENT
    others: ClassVar = (Other("recorded_by", NULLIFY),)
    customers: ClassVar = (
        Customer("organisation", GOES, nl="wat met haar is afgesproken", en="what was agreed with it"),
    )

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    attendance = models.BooleanField(_("attendance"), default=False)
    progress = models.BooleanField(_("progress of the course"), default=False)
    result = models.BooleanField(_("result and certificate"), default=False)
    result_ground = word(
        models.CharField(_("why the employer may see the result"), max_length=200, blank=True),
        NOTHING("a rule or a contract with an organisation"),
    )
    reference = word(
        models.CharField(_("where the agreement is written down"), max_length=200), NOTHING("the name of a document")
    )
    recorded_by = PersonRef(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "agreement"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation"], condition=models.Q(ended_at=None), name="one_agreement_at_a_time"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["organisation", "-created_at"], name="agreement_of_organisation"),
            index_of_person("recorded_by", "agreement_recorded_by"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def in_force(self) -> bool:
        """True as long as it was not ended or replaced."""
        return self.ended_at is None

    @property
    def shares_something(self) -> bool:
        """True when anything at all may be seen."""
        return self.attendance or self.progress or self.result
