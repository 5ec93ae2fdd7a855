"""Practice as a Django app."""

from django.apps import AppConfig


class PracticeConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.practice"
    label = "practice"
