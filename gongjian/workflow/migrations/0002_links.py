"""Passages and papers name their links of the trail; cases are found by their place."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("workflow", "0001_begin")]

    operations = [
        migrations.AddField(
            model_name="passage",
            name="link",
            field=models.BigIntegerField(null=True, verbose_name="留痕"),
        ),
        migrations.AddField(
            model_name="casepaper",
            name="link",
            field=models.BigIntegerField(null=True, verbose_name="留痕"),
        ),
        migrations.AddIndex(
            model_name="case",
            index=models.Index(fields=["place_id"], name="case_at"),
        ),
    ]
