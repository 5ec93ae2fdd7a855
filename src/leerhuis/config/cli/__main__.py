"""Lets `python -m leerhuis.config.cli` do what `leerhuis` does."""

import sys

from leerhuis.config.cli.command import main

sys.exit(main())
