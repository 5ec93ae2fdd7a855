"""The architecture as tests: what the plan of the house says, and what a reader may therefore rely on.

Each guard is a function of a source tree (or of the registry) that returns its findings. Each is tried twice: on the
real house, where it finds nothing, and on a small sample that breaks the rule, where it says so in words.
Start reading at source.py, then test_floors.py.
"""
