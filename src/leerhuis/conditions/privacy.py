"""What the statement says of the conditions. Of people they keep who published them, and nothing else."""

from leerhuis.charter.declarations import Measure, Theme

VERSIONS_KEPT = Measure(
    "versions_kept",
    nl="Bij elke aanmelding leggen wij vast welke versie van onze algemene voorwaarden u aanvaardde. Eerdere versies blijven op onze website te lezen.",
    en="With each registration we record which version of our general conditions you accepted. Earlier versions can still be read on our website.",
    theme=Theme.COMPLAINTS,
    promises=("L38", "K20"),
)
