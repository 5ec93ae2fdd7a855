"""The lists as a Django app."""

from django.apps import AppConfig


class ListsConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.lists"
    label = "lists"
