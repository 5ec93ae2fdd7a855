"""Counting what a page asks of the database about the trade; what every request asks besides is left out."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext

TRADE = re.compile(r'FROM "(course|run|lesson|venue|teaching|module|asked_field|enrolment|bank|question_bank)"')


@contextmanager
def trade_queries(expected: int) -> Iterator[None]:
    """Fail unless exactly so many statements read tables of the trade."""
    with CaptureQueriesContext(connection) as captured:
        yield
    found = [each["sql"] for each in captured.captured_queries if TRADE.search(each["sql"])]
    assert len(found) == expected, f"{len(found)} instead of {expected}:\n" + "\n".join(sql[:200] for sql in found)
