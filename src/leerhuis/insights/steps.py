"""Shares of a group, in round steps or exact, between "10% or less" and "90% or more".

"All of them" is a fact about each, to whoever knows who they are: a share of 100 per cent is never told. Of ten people
or more "90 or more" leaves open that it was not everybody.
"""

from typing import Final

from django.utils.translation import gettext as _

STEP: Final = 10
LOWEST, HIGHEST = 10, 90


def step(part: int, whole: int, k: int) -> int | None:
    """Return a share in steps of ten per cent from 10 to 90; None of fewer than k."""
    if whole < k:
        return None
    return max(LOWEST, min(HIGHEST, STEP * round(100 * part / whole / STEP)))


def capped(share: int | None) -> int | None:
    """Return a share in whole per cents from 10 to 90: what lies beyond is not told."""
    return None if share is None else max(LOWEST, min(HIGHEST, share))


def capped_words(share: int | None) -> str:
    """Return such a share as words; nothing where it is not shown."""
    if share is None or LOWEST < share < HIGHEST:
        return "" if share is None else f"{share}%"
    return step_words(capped(share))


def step_words(share: int | None) -> str:
    """Return a share in steps as words; nothing where it is not shown."""
    if share is None:
        return ""
    if share >= HIGHEST:
        return _("%(share)d%% or more") % {"share": share}
    if share <= LOWEST:
        return _("%(share)d%% or less") % {"share": share}
    return _("about %(share)d%%") % {"share": share}
