"""The standing worlds of the access tests serve here, too."""

from tests.floors.access.conftest import here, there, worlds

__all__ = ["here", "there", "worlds"]
