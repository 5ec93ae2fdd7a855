"""Routes of the control in which nobody expects the database to go away."""

from leerhuis.config.urls import *  # noqa: F403 - routes are taken over whole

handler500 = "leerhuis.ui.errors.server_fault"
