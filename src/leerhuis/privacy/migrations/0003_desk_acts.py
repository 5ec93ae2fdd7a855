from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('privacy', '0002_register_begins'),
    ]

    operations = [
        migrations.AddField(
            model_name='request',
            name='carried_out_at',
            field=models.DateTimeField(null=True),
        ),
    ]
