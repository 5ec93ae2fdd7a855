from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('mail', '0002_found_by'),
    ]

    operations = [
        migrations.AlterField(
            model_name='message',
            name='state',
            field=models.CharField(choices=[('waiting', 'waiting'), ('sent', 'sent'), ('failed', 'not delivered'), ('held', 'held back')], default='waiting', max_length=10),
        ),
    ]
