"""Consent as a Django app."""

from django.apps import AppConfig


class ConsentConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.consent"
    label = "consent"
