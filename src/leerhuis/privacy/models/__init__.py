"""The tables of privacy; each noun has a file of its own."""

from leerhuis.privacy.models.limits import Hold, Restriction
from leerhuis.privacy.models.statement import StatementVersion

__all__ = ["Hold", "Restriction", "StatementVersion"]
