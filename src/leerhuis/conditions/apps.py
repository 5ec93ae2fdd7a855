"""The conditions as a Django app."""

from django.apps import AppConfig


class ConditionsConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.conditions"
    label = "conditions"
