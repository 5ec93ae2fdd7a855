"""Who reacts to what: the one table of events and handlers, read from top to bottom. The only place that knows everybody."""

from collections.abc import Mapping, Sequence

from leerhuis.base.events import Event, Handler, connect

TABLE: Mapping[type[Event], Sequence[Handler]] = {}


def wire() -> None:
    """Put the table in force; called once at start."""
    connect(TABLE)
