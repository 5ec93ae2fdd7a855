"""The portal as a Django app."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.portal"
    label = "portal"
