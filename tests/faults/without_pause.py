"""Settings of the control in which nobody expects the database to go away."""

from leerhuis.config.settings import *  # noqa: F403 - settings are taken over whole
from leerhuis.config.settings import MIDDLEWARE as WHOLE

OTHERS = {
    "leerhuis.config.away.DatabaseAway": "tests.faults.broken.Through",
    "leerhuis.academies.middleware.AcademyByHost": "tests.faults.broken.ExpectsTheDatabase",
}
MIDDLEWARE = [OTHERS.get(each, each) for each in WHOLE]
ROOT_URLCONF = "tests.faults.urls_without_pause"
