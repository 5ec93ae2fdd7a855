"""The appearance as a Django app."""

from django.apps import AppConfig


class AppearanceConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.appearance"
    label = "appearance"
