"""Organisations as a Django app."""

from django.apps import AppConfig


class OrganisationsConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.organisations"
    label = "organisations"
