"""Privacy as a Django app."""

from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.privacy"
    label = "privacy"
