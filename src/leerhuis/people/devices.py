"""A device in plain words, and the cookie by which a browser is known again."""

from typing import Final

DEVICE_SECONDS: Final = 180 * 86_400
OTHER: Final = "?"

# The first that stands in what a browser says of itself; those that pretend to be another come first.
BROWSERS: Final = (
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS: Final = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("CrOS", "ChromeOS"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
)


def browser_and_system(said: str) -> tuple[str, str]:
    """Return browser and system (``("Firefox", "Windows")``) from what a browser says of itself; ``?`` for others."""
    return _first(BROWSERS, said), _first(SYSTEMS, said)


def _first(names: tuple[tuple[str, str], ...], said: str) -> str:
    return next((name for mark, name in names if mark in said), OTHER)
