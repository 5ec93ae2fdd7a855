"""Counting the queries of a page on this package's own tables; sign-in, schema and session are counted elsewhere."""

import re

from django.db import connection
from django.test.utils import CaptureQueriesContext

_OWN = re.compile(
    r"\b(question(_(bank|bank_author|topic|media|source|objective|aim|version|comment))?"
    r"|practice_(access|goal|permit|round|card|answer))\b"
)


def own_queries(client, address: str) -> int:
    """Return how many queries on practice's tables a page takes."""
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return sum(bool(_OWN.search(query["sql"])) for query in captured.captured_queries)
