"""The Django app of the look."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Layouts, components and template tags; it must stand before allauth and crispy_bootstrap5 in INSTALLED_APPS."""

    name = "leerhuis.ui"
    label = "ui"
