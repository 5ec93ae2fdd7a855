"""The base as a Django app: it has no tables, only texts in two languages."""

from django.apps import AppConfig


class BaseConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.base"
    label = "base"
