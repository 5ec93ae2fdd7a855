"""The closed list of tones: each is a colour that helps and a sign that says the same without colour."""

from enum import StrEnum


class Tone(StrEnum):
    """What a status means for the reader."""

    GOOD = "good"
    NOTE = "note"
    CARE = "care"
    BAD = "bad"
    ACCENT = "accent"
    QUIET = "quiet"


SIGNS: dict[Tone, str] = {
    Tone.GOOD: "circle-check",
    Tone.NOTE: "info-circle",
    Tone.CARE: "alert-triangle",
    Tone.BAD: "circle-x",
    Tone.ACCENT: "circle-dot",
    Tone.QUIET: "circle-dashed",
}

MESSAGE_TONES: dict[str, Tone] = {
    "debug": Tone.QUIET,
    "info": Tone.NOTE,
    "success": Tone.GOOD,
    "warning": Tone.CARE,
    "error": Tone.BAD,
}
