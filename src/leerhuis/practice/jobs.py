"""Background work of practice."""

from leerhuis.base.jobs import sweep
from leerhuis.practice.sweeping import sweep_shelf


@sweep("practice.sweep_shelf", every_minutes=1440)
def sweep_media() -> None:
    """Take from the disk pictures, sounds and films that no bank has any more."""
    sweep_shelf()
