"""The top floor as a Django app: it wires events when everything else is loaded."""

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig, apps


class ConfigConfig(AppConfig):
    """Last in the list of apps."""

    name = "leerhuis.config"
    label = "config"

    def ready(self) -> None:
        """Load every package's jobs, then wire the events."""
        for config in apps.get_app_configs():
            if config.name.startswith("leerhuis.") and find_spec(f"{config.name}.jobs"):
                import_module(f"{config.name}.jobs")
        from leerhuis.config.wiring import wire

        wire()
