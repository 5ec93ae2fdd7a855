"""The top floor: settings, routes, wiring, the demo and the `leerhuis` command. The only place that knows everybody.

Start reading at settings.py and wiring.py.
"""
