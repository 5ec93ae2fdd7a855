"""The website as a Django app."""

from django.apps import AppConfig


class WebsiteConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.website"
    label = "website"
