"""A plugin for pytest: gives the tests their own database and their own home, before the settings are read."""

import os
import tempfile

from leerhuis.config.postgres import test_cluster

os.environ["LEERHUIS_HOME"] = os.environ.get("LEERHUIS_TEST_HOME") or tempfile.mkdtemp(prefix="leerhuis-test-")
os.environ.setdefault("LEERHUIS_DEMO", "1")
os.environ.setdefault("LEERHUIS_POOL", "0")
os.environ.setdefault("LEERHUIS_DATABASE_ROLE", "owner")  # a test does what a worker may; a request what pages may
os.environ.setdefault("LEERHUIS_TEST_DATABASE", f"test_leerhuis_{os.getpid()}")  # two runs at once do not meet


def use_test_database() -> None:
    """Point the settings at the throw-away cluster, unless DATABASE_URL names another one."""
    if not os.environ.get("DATABASE_URL"):
        os.environ["DATABASE_URL"] = test_cluster()


use_test_database()
