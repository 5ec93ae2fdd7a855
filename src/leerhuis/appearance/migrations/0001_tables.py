import leerhuis.base.clock
import leerhuis.base.ids
import leerhuis.charter.records
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('appearance', '0001_initial'),
        ('appearance', '0002_index_of_person'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.UUIDField(default=leerhuis.base.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now, editable=False)),
                ('accent', models.CharField(blank=True, max_length=7)),
                ('typeface', models.CharField(blank=True, max_length=20)),
                ('logo', models.BinaryField(null=True)),
                ('logo_width', models.PositiveSmallIntegerField(default=0)),
                ('logo_height', models.PositiveSmallIntegerField(default=0)),
                ('logo_digest', models.CharField(blank=True, max_length=16)),
                ('chosen_by', leerhuis.charter.records.PersonRef(null=True)),
            ],
            options={
                'db_table': 'appearance',
                'indexes': [models.Index(fields=['-created_at', '-id'], name='appearance_newest'), models.Index(condition=models.Q(('chosen_by__isnull', False)), fields=['chosen_by'], name='appearance_chosen_by')],
            },
        ),
    ]
