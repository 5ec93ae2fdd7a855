"""What stands in the panel beside a page still goes to its own address."""

import re
from pathlib import Path

import leerhuis

FORM = re.compile(r"<form\b[^>]*>")


def test_every_form_of_the_office_names_the_address_it_goes_to():
    pages = Path(leerhuis.__file__).parent.glob("*/templates/*/office_*.html")
    forms = [(page.name, form) for page in pages for form in FORM.findall(page.read_text()) if "post" in form]
    assert len(forms) > 20
    assert [each for each in forms if "action=" not in each[1]] == []
