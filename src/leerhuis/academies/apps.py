"""The academies as a Django app; its tables are the only ones that academies share."""

from django.apps import AppConfig


class AcademiesConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.academies"
    label = "academies"
