"""The register of suppliers: which firms work for the academy or receive data, where, and under which agreement."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import Record, word
from leerhuis.charter.words import FREE_TEXT, NOTHING

_FIRM = NOTHING("details of a company")


class Firm(Record):
    """A company that works for the academy (article 28 AVG), or that is itself responsible for what it receives.

    `role` is the key under which packages declare what such a firm does (`charter.declarations.Processor`). A firm is
    ended, never deleted: what it was and until when is part of the account. Keeps: L25, K15a.
    """

    class Transfer(models.TextChoices):
        """On which ground of chapter V AVG data go to a country outside the EEA."""

        NONE = "", _("not recorded yet")
        ADEQUACY = "adequacy", _("adequacy decision (article 45)")
        CLAUSES = "clauses", _("standard contractual clauses (article 46)")
        RULES = "rules", _("binding corporate rules (article 47)")

    about = _FIRM

    name = word(models.CharField(_("name"), max_length=120), _FIRM)
    role = word(models.CharField(_("what it is to this system"), max_length=40), _FIRM)
    role_nl = word(models.CharField(_("what it does, in Dutch"), max_length=200), _FIRM)
    role_en = word(models.CharField(_("what it does, in English"), max_length=200), _FIRM)
    processor = models.BooleanField(_("works on our instructions (processor)"), default=True)
    place = word(models.CharField(_("country"), max_length=2, blank=True), _FIRM)
    hosts = word(models.CharField(_("its host names"), max_length=300, blank=True), _FIRM)
    agreement_since = models.DateField(_("agreement concluded on"), null=True, blank=True)
    agreement_reference = word(models.CharField(_("where the agreement is kept"), max_length=200, blank=True), _FIRM)
    agreement_until = models.DateField(_("agreement holds until"), null=True, blank=True)
    transfer = word(
        models.CharField(
            _("ground of the transfer"), max_length=10, choices=Transfer.choices, default=Transfer.NONE, blank=True
        ),
        _FIRM,
    )
    transfer_on = models.DateField(_("date of the decision or of our assessment"), null=True, blank=True)
    transfer_nl = word(models.CharField(_("the ground in words, in Dutch"), max_length=300, blank=True), _FIRM)
    transfer_en = word(models.CharField(_("the ground in words, in English"), max_length=300, blank=True), _FIRM)
    statement_link = word(models.URLField(_("its privacy statement"), max_length=300, blank=True), _FIRM)
    helpers_link = word(models.URLField(_("its sub-processors"), max_length=300, blank=True), _FIRM)
    remarks = word(models.TextField(_("remarks"), blank=True), FREE_TEXT)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "firm"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["name", "role"], condition=models.Q(ended_at=None), name="firm_once_in_a_role"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["role"], condition=models.Q(ended_at=None), name="firm_of_role"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_live(self) -> bool:
        """True for a firm that still works for the academy."""
        return self.ended_at is None
