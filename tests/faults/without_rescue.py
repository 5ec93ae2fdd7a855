"""Settings of the control in which nobody takes over what a killed worker left."""

from leerhuis.config.settings import *  # noqa: F403 - settings are taken over whole

PROCRASTINATE_ON_APP_READY = "tests.faults.broken.add_without_rescue"
