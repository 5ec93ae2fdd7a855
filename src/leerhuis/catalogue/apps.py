"""The catalogue as a Django app."""

from django.apps import AppConfig


class CatalogueConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.catalogue"
    label = "catalogue"
