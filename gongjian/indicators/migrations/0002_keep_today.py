from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("indicators", "0001_initial"),
    ]

    operations = [
        migrations.AddField(
            model_name="keptday",
            name="passing",
            field=models.BooleanField(default=False),
        ),
    ]
