"""The register of suppliers begins with those that the settings of the academy name; from then on its rows rule.

It runs once in each academy: while it is founded, or with the upgrade of one that was there before.
"""

import json

from django.db import migrations

from leerhuis.base.ids import uuid7

SAME = (
    "name", "role", "role_nl", "role_en", "place", "agreement_reference", "transfer", "statement_link", "helpers_link",
)  # fmt: skip
DAYS = ("agreement_since", "agreement_until", "transfer_on")


def begin(apps, schema_editor):
    """Enter the suppliers of the settings, in their order."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(
            "SELECT chosen -> 'suppliers' FROM public.academy WHERE schema_name = current_schema()"
        )
        found = cursor.fetchone()
        cursor.execute("SELECT transaction_timestamp()")
        moment = cursor.fetchone()[0]
    firm = apps.get_model("privacy", "Firm")
    for supplier in _read(found):
        firm.objects.create(
            id=uuid7(),
            created_at=moment,
            processor=supplier.get("processor", True),
            hosts=" ".join(supplier.get("hosts", ())),
            transfer_nl=supplier.get("transfer_basis_nl", ""),
            transfer_en=supplier.get("transfer_basis_en", ""),
            **{name: supplier.get(name) or "" for name in SAME},
            **{name: supplier.get(name) for name in DAYS},
        )


def _read(found):
    suppliers = found[0] if found else None
    return (json.loads(suppliers) if isinstance(suppliers, str) else suppliers) or ()


class Migration(migrations.Migration):

    replaces = [("privacy", "0005_register_begins")]

    dependencies = [
        ("privacy", "0001_tables"),
        ("academies", "0001_tables"),
    ]

    operations = [
        migrations.RunPython(begin, migrations.RunPython.noop),
    ]
