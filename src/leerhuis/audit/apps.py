"""The audit as a Django app."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.audit"
    label = "audit"
