"""A person, and the roles a person has in the academy."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.indexes import GinIndex
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leerhuis.base.clock import now
from leerhuis.base.search import FoundBy, Heard, Joined, Plain
from leerhuis.base.text import sort_name, tidy
from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import CONTACT, CREDENTIAL, IDENTITY, TECHNICAL, TRACE

PERSON_FOUND_BY = FoundBy(
    Plain("first_name", "last_name", "email"), Joined("last_name"), Heard("first_name", "last_name")
)


class PersonManager(BaseUserManager["Person"]):
    """Finds people for signing in, by address without regard to case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        """Return the person who signs in with this address."""
        return self.get(email__iexact=username)


class Person(AbstractBaseUser, Record):
    """A human being as this academy knows them; also who signs in."""

    class State(models.TextChoices):
        """Where a person stands."""

        INVITED = "invited", _("invited")
        ACTIVE = "active", _("active")
        SUSPENDED = "suspended", _("suspended")
        LEFT = "left", _("left")
        ERASED = "erased", _("erased")

    class Source(models.TextChoices):
        """From whom the first data came (article 14(2)(f) AVG). Keeps: K2."""

        SIGN_UP = "sign_up", _("you opened an account")
        REGISTRATION = "registration", _("you registered for a course")
        EMPLOYER = "employer", _("your employer registered you")
        STAFF = "staff", _("a member of staff entered you")
        IMPORT = "import", _("your data were taken over from an earlier system")

    about = IDENTITY
    subject = "self"
    others: ClassVar = (Other("entered_by", NULLIFY),)

    email = word(models.EmailField(_("e-mail address"), max_length=254, null=True), CONTACT)
    first_name = word(models.CharField(_("first name"), max_length=120), IDENTITY)
    last_name = word(models.CharField(_("last name"), max_length=150), IDENTITY)
    sort_name = word(models.CharField(max_length=280), IDENTITY)
    password = word(models.CharField(max_length=128), CREDENTIAL)
    language = models.CharField(max_length=2, choices=[("nl", "Nederlands"), ("en", "English")], default="nl")
    state = models.CharField(max_length=10, choices=State.choices, default=State.ACTIVE)
    source = models.CharField(max_length=20, choices=Source.choices)
    entered_by = PersonRef(null=True)
    restricted_at = models.DateTimeField(null=True)  # since when their data are only kept (article 18 AVG)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[PersonManager] = PersonManager()

    class Meta:
        db_table = "person"
        constraints: ClassVar = [models.UniqueConstraint(Lower("email"), name="person_email_once")]
        indexes: ClassVar = [
            models.Index(fields=["sort_name"], name="person_by_name"),
            GinIndex(PERSON_FOUND_BY, name="person_found_by"),
            index_of_person("entered_by", "person_entered_by"),
            models.Index(fields=["id"], condition=~models.Q(restricted_at=None), name="person_restricted"),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def name(self) -> str:
        """Return the name as people write it."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def is_active(self) -> bool:  # type: ignore[override]  # a fact of the state, not a column
        """True when the person may sign in."""
        return self.state in {self.State.ACTIVE, self.State.INVITED}

    @property
    def can_sign_in(self) -> bool:
        """True when the person has opened their account."""
        return self.has_usable_password()

    def set_name(self, first_name: str, last_name: str) -> None:
        """Put a name on this row, tidied, with the form in which lists sort it; the caller saves."""
        self.first_name, self.last_name = tidy(first_name), tidy(last_name)
        self.sort_name = sort_name(self.first_name, self.last_name)

    def get_full_name(self) -> str:
        """Return the name, for libraries that ask."""
        return self.name


class Role(Record):
    """A role of a person in the academy, from a moment until a moment. Rights above are pushed down to here."""

    class Name(models.TextChoices):
        """The one list of roles that are granted (a learner needs none)."""

        CONTACT = "contact", _("employer's contact")
        TRAINER = "trainer", _("trainer")
        CLERK = "clerk", _("clerk")
        PLANNER = "planner", _("planner")
        BOOKKEEPER = "bookkeeper", _("bookkeeper")
        MARKETER = "marketer", _("marketer")
        PRIVACY_OFFICER = "privacy_officer", _("privacy officer")
        ACADEMY_ADMIN = "academy_admin", _("academy administrator")

    about = TRACE
    subject = "person"
    others: ClassVar = (Other("granted_by", NULLIFY),)

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="roles")
    name = models.CharField(max_length=20, choices=Name.choices)
    granted_by = PersonRef(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "role"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "name"], condition=models.Q(ended_at=None), name="role_once_at_a_time"
            )
        ]
        indexes: ClassVar = [
            index_of_person("granted_by", "role_granted_by"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.id}"


class SignIn(Record):
    """That somebody signed in on a device, until they or somebody else ended it; without this row nobody is in.

    One with a scope is that of an app, which has a token instead of a browser's cookie: it opens what is of the scope,
    until `expires_at`. `second_factor`: whether the second step was passed where the token was made.
    """

    class Scope(models.TextChoices):
        """What a token opens."""

        PRACTICE = "practice", _("practising")

    about = TECHNICAL
    subject = "person"

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    browser = word(models.CharField(max_length=30), TECHNICAL)
    system = word(models.CharField(max_length=30), TECHNICAL)
    device_key = word(models.CharField(max_length=64), CREDENTIAL)
    last_used_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)
    scope = models.CharField(max_length=10, choices=Scope.choices, blank=True)
    app = word(models.CharField(_("name of the app"), max_length=60, blank=True), TECHNICAL)
    second_factor = models.BooleanField(default=False)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "sign_in"
        indexes: ClassVar = [models.Index(fields=["person", "device_key"], name="sign_in_by_person")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(scope="") | models.Q(expires_at__isnull=False), name="sign_in_of_app_expires"
            )
        ]

    def __str__(self) -> str:
        return str(self.id)


class Store(AbstractBaseSession):
    """What the server remembers of a sign-in, or of a form that a visitor is filling in, until it runs out.

    Django's own table with whose it is, so that it goes with its person.
    """

    about = TECHNICAL
    subject = "person"

    session_key = word(models.CharField(max_length=40, primary_key=True), CREDENTIAL)
    session_data = word(models.TextField(), CREDENTIAL)
    person = PersonRef(null=True)

    class Meta:
        db_table = "sign_in_store"
        indexes: ClassVar = [models.Index(fields=["person"], name="store_of_person")]

    def __str__(self) -> str:
        return "a store"

    @classmethod
    def get_session_store_class(cls) -> Any:
        """Return what reads the content of a row: Django's own does it like `people.stores`."""
        return DatabaseStore


def person_of(user: Any) -> Person:
    """Return what Django calls the user as the person that it is here."""
    if not isinstance(user, Person):
        raise TypeError("Nobody is signed in.")
    return user
