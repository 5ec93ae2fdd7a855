"""An organisation that orders training, and who belongs to it."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from leerhuis.base.clock import now
from leerhuis.base.search import FoundBy, Heard, Joined, Plain
from leerhuis.charter.records import GOES, NULLIFY, Customer, Other, PersonRef, Record, index_of_person, word
from leerhuis.charter.words import CONTACT, EMPLOYMENT, FREE_TEXT, IDENTITY, NOTHING
from leerhuis.people.models import Person

_FIRM = NOTHING("details of an organisation")
ORGANISATION_FOUND_BY = FoundBy(
    Plain("name", "kvk", "email", "phone", "address", "postcode", "city"),
    Joined("name"),
    Joined("phone"),
    Joined("postcode"),
    Heard("name"),
)


class Organisation(Record):
    """An employer or other customer."""

    about = _FIRM
    customers: ClassVar = (
        Customer(
            "self", GOES,
            nl="naam, adres en andere gegevens van de organisatie", en="name, address and other details of it",
            empties=("name", "kvk", "email", "phone", "address", "postcode", "city", "remarks"),
        ),
    )  # fmt: skip

    name = word(models.CharField(_("name"), max_length=200), _FIRM)
    kvk = word(models.CharField(_("Chamber of Commerce number"), max_length=8, blank=True), _FIRM)
    email = word(models.EmailField(_("e-mail address"), max_length=254, blank=True), _FIRM)
    phone = word(models.CharField(_("phone"), max_length=30, blank=True), _FIRM)
    address = word(models.CharField(_("address"), max_length=200, blank=True), _FIRM)
    postcode = word(models.CharField(_("postcode"), max_length=12, blank=True), _FIRM)
    city = word(models.CharField(_("city"), max_length=100, blank=True), _FIRM)
    remarks = word(models.TextField(_("remarks"), blank=True), FREE_TEXT)
    self_service = models.BooleanField(_("contacts invite and end people themselves"), default=False)
    leaves_on = models.DateField(null=True)  # under notice: removed on that day
    left_at = models.DateTimeField(null=True)  # removed; the row stands, empty, as long as something kept needs it

    class Meta:
        db_table = "organisation"
        verbose_name_plural = _("organisations")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("name"), condition=~models.Q(name=""), name="organisation_name_once")
        ]
        indexes: ClassVar = [GinIndex(ORGANISATION_FOUND_BY, name="organisation_found_by")]

    def __str__(self) -> str:
        return self.name


class Membership(Record):
    """That a person works for an organisation, as employee or as its contact, from a moment until a moment."""

    class Kind(models.TextChoices):
        """What the person is there."""

        EMPLOYEE = "employee", _("employee")
        CONTACT = "contact", _("contact")

    about = EMPLOYMENT
    subject = "person"
    customers: ClassVar = (
        Customer("organisation", GOES, nl="wie er werkt of contactpersoon is", en="who works there or is its contact"),
    )

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="memberships")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "membership"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["person", "organisation", "kind"],
                condition=models.Q(ended_at=None),
                name="membership_once_at_a_time",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Invitation(Record):
    """That a contact asked somebody to join their organisation, in the words of that contact, until it is answered.

    Name and address stand here as they were typed: who invites learns nothing of a person that we knew already.
    """

    about = EMPLOYMENT
    subject = "person"
    others: ClassVar = (Other("invited_by", NULLIFY),)
    customers: ClassVar = (Customer("organisation", GOES, nl="haar uitnodigingen", en="its invitations"),)

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=10, choices=Membership.Kind.choices)
    first_name = word(models.CharField(max_length=120), IDENTITY)
    last_name = word(models.CharField(max_length=150), IDENTITY)
    email = word(models.EmailField(max_length=254), CONTACT)
    invited_by = PersonRef(null=True)
    sent_at = models.DateTimeField(default=now)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "membership_invitation"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["organisation", "person", "kind"],
                condition=models.Q(ended_at=None),
                name="membership_invitation_once_at_a_time",
            )
        ]
        indexes: ClassVar = [
            index_of_person("invited_by", "invitation_invited_by"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def name(self) -> str:
        """Return the name as the contact typed it."""
        return f"{self.first_name} {self.last_name}".strip()
