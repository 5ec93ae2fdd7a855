"""People as a Django app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.people"
    label = "people"
