"""Settings of the control that answers before it commits."""

from leerhuis.config.settings import *  # noqa: F403 - settings are taken over whole
from leerhuis.config.settings import MIDDLEWARE as WHOLE

MIDDLEWARE = [
    "tests.faults.broken.AnswersFirst" if each == "leerhuis.academies.middleware.AcademyByHost" else each
    for each in WHOLE
]
