"""An academy, the hosts on which it answers, and the counts of tries. These tables are shared by all academies."""

from functools import cached_property
from typing import ClassVar

from django.conf import settings
from django.db import models
from django_tenants.models import DomainMixin, TenantMixin

from leerhuis.academies.settings import AcademySettings
from leerhuis.base.clock import now
from leerhuis.charter.records import word
from leerhuis.charter.words import NOTHING

_ITSELF = NOTHING("the academy itself, not a person")
_TALLY = NOTHING("how often something was tried lately, under a key that nobody can read back")


class Academy(TenantMixin):
    """A training provider: its schema, its database role and its settings."""

    about = _ITSELF
    auto_create_schema = False  # founding is an action, see actions.py
    auto_drop_schema = False

    schema_name = word(models.CharField(max_length=63, unique=True), _ITSELF)
    name = word(models.CharField(max_length=120), _ITSELF)
    chosen = word(models.JSONField(), _ITSELF)
    created_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "academy"

    def __str__(self) -> str:
        return self.name

    @cached_property
    def settings(self) -> AcademySettings:
        """Return the academy's settings, checked."""
        return AcademySettings.model_validate(self.chosen)

    @property
    def db_role(self) -> str:
        """Return the name of the worker's database role: it may touch this academy's rows and no others."""
        return f"{settings.DATABASES['default']['NAME']}_{self.schema_name}"[:59]

    @property
    def web_role(self) -> str:
        """Return the name of the database role of this academy's pages: it may not change what audit wrote down."""
        return f"{self.db_role}_web"

    @property
    def legal_name(self) -> str:
        """Return the name of the controller, as printed on every public page."""
        return self.settings.controller.legal_name

    @property
    def email(self) -> str:
        """Return the address for questions."""
        return self.settings.controller.email

    @property
    def phone(self) -> str:
        """Return the number for questions, or nothing."""
        return self.settings.controller.phone

    @property
    def address(self) -> str:
        """Return street, postcode and city on one line."""
        controller = self.settings.controller
        return f"{controller.address}, {controller.postcode} {controller.city}"

    @property
    def main_host(self) -> str:
        """Return the host that stands in mails and on paper."""
        return self.settings.hosts[0]


class Host(DomainMixin):
    """A host name on which an academy answers."""

    about = _ITSELF
    domain = word(models.CharField(max_length=253, unique=True, db_index=True), _ITSELF)
    tenant = models.ForeignKey(Academy, db_index=True, related_name="domains", on_delete=models.CASCADE)

    class Meta:
        db_table = "host"
        constraints: ClassVar[list[models.BaseConstraint]] = []

    def __str__(self) -> str:
        return str(self.domain)


class Tally(models.Model):
    """A count of tries, or another short-lived value, in the form of Django's database cache. See `base.limits`."""

    about = _TALLY

    cache_key = word(models.CharField(max_length=255, primary_key=True), _TALLY)
    value = word(models.TextField(), _TALLY)
    expires = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "tally"

    def __str__(self) -> str:
        return self.cache_key
