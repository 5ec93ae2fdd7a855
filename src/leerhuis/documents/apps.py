"""Documents as a Django app."""

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.documents"
    label = "documents"
