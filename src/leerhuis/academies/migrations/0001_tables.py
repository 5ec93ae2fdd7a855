import django.db.models.deletion
import leerhuis.base.clock
from django.db import migrations, models


class Migration(migrations.Migration):

    replaces = [
        ('academies', '0001_initial'),
        ('academies', '0002_tally'),
        ('academies', '0003_table_of_tally'),
        ('academies', '0004_statement_date_is_published'),
    ]

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Academy',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('schema_name', models.CharField(max_length=63, unique=True)),
                ('name', models.CharField(max_length=120)),
                ('chosen', models.JSONField()),
                ('created_at', models.DateTimeField(default=leerhuis.base.clock.now)),
            ],
            options={
                'db_table': 'academy',
            },
        ),
        migrations.CreateModel(
            name='Tally',
            fields=[
                ('cache_key', models.CharField(max_length=255, primary_key=True, serialize=False)),
                ('value', models.TextField()),
                ('expires', models.DateTimeField(db_index=True)),
            ],
            options={
                'db_table': 'tally',
            },
        ),
        migrations.CreateModel(
            name='Host',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_primary', models.BooleanField(db_index=True, default=True)),
                ('domain', models.CharField(db_index=True, max_length=253, unique=True)),
                ('tenant', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='domains', to='academies.academy')),
            ],
            options={
                'db_table': 'host',
            },
        ),
    ]
