"""Enrolment as a Django app."""

from django.apps import AppConfig


class EnrolmentConfig(AppConfig):
    """Name and label."""

    name = "leerhuis.enrolment"
    label = "enrolment"
