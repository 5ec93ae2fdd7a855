"""Money is rounded half up, per rate."""

from decimal import Decimal

import pytest

from leerhuis.base.money import cents, vat_on


@pytest.mark.parametrize(("amount", "rounded"), [("0.005", "0.01"), ("2.675", "2.68"), ("-0.005", "-0.01")])
def test_half_a_cent_goes_up(amount: str, rounded: str) -> None:
    assert cents(Decimal(amount)) == Decimal(rounded)


def test_vat_is_rounded_once() -> None:
    assert vat_on(Decimal("41.32"), Decimal(21)) == Decimal("8.68")
