"""Operations as a Django app."""

from django.apps import AppConfig


class OperationsConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.operations"
    label = "operations"
