"""What an academy declares about itself as an organisation: controller, place of copies, suppliers."""

from leerhuis.charter.declarations import Measure, Theme

ACADEMIES_APART = Measure(
    "academies_apart",
    nl="De gegevens van {academy} staan in een eigen afgesloten deel van de database. Andere opleiders die hetzelfde systeem gebruiken, kunnen er niet bij.",
    en="The data of {academy} stand in a closed part of the database of their own. Other training providers that use the same system cannot reach them.",
    theme=Theme.SECURITY,
    promises=("K17",),
)
