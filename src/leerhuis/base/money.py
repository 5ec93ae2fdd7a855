"""Money is a Decimal of euros with two decimals; VAT is rounded half up per rate."""

from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Round an amount in euro to whole cents, half up (as the Dutch tax office rounds VAT)."""
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def vat_on(amount: Decimal, percent: Decimal) -> Decimal:
    """Return the VAT over an amount in euro without VAT, at a rate in percent."""
    return cents(amount * percent / 100)
