from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('consent', '0001_tables'),
    ]

    operations = [
        migrations.AlterField(
            model_name='choice',
            name='channel',
            field=models.CharField(choices=[('website', 'on our website'), ('account', 'after signing in'), ('mail', 'by a link in a mail'), ('parent', 'by a parent, by a link in a mail'), ('phone', 'by telephone'), ('paper', 'on paper'), ('desk', 'by a request to our privacy desk'), ('import', 'taken over from an earlier system'), ('age', 'by us: under sixteen and without a parent'), ('restore', 'carried out again after a restore')], max_length=10),
        ),
    ]
