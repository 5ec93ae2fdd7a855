"""Results as a Django app."""

from django.apps import AppConfig


class ResultsConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.results"
    label = "results"
