from django.db import migrations


class Migration(migrations.Migration):

    dependencies = [
        ('academies', '0002_tally'),
    ]

    operations = [
        migrations.AlterModelTable(
            name='tally',
            table='tally',
        ),
    ]
