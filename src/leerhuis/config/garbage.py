"""How programs that run for long look for garbage: seldom, and not among what they loaded once."""

import gc


def leave_the_program_to_itself() -> None:
    """Look for garbage among what requests make, not among what was loaded once: that stays, and is shared by all.

    Without this each full collection walks some half a million objects; the thresholds keep collections rare enough
    for a page, which makes many objects, and frequent enough for memory.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)
