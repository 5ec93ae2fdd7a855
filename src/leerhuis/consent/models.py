"""Agreements with employers about what they see of the learners they enrol."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from leerhuis.charter.records import NULLIFY, Other, PersonRef, Record, word
from leerhuis.charter.words import CONSENT, NOTHING
from leerhuis.organisations.models import Organisation


class Agreement(Record):
    """What was agreed with an organisation to share about enrolments that it orders, from a moment until a moment.

    It is a default: when an enrolment begins it is copied to a grant of that enrolment, never backwards. A result is
    shared only on a ground of its own, which the learner reads. Keeps: K6.
    """

    about = CONSENT
    others: ClassVar = (Other("recorded_by", NULLIFY),)

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
        indexes: ClassVar = [models.Index(fields=["organisation", "-created_at"], name="agreement_of_organisation")]

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
