"""A file may be brought for one purpose alone."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("files", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="storedfile",
            name="purpose",
            field=models.CharField(blank=True, default="", max_length=40, verbose_name="用途"),
            preserve_default=False,
        ),
    ]
