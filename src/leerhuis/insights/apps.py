"""Insights as a Django app."""

from django.apps import AppConfig


class InsightsConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.insights"
    label = "insights"
