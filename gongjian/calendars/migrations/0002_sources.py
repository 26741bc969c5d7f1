"""Where each arrangement was read, and which arrangement each special day stands in."""

from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F
from django.db.models.functions import ExtractYear

SOURCE = "随程序带来：国务院办公厅历年放假安排，录自 chinesecalendar"


def fill(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """What the first migration seeded; days of a December moved for 元旦 are of the next year."""
    day = apps.get_model("calendars", "SpecialDay")
    day.objects.update(year=ExtractYear("day"))
    day.objects.filter(day__month=12, name="元旦").update(year=F("year") + 1)
    apps.get_model("calendars", "Arrangement").objects.update(source=SOURCE)


class Migration(migrations.Migration):
    dependencies = [("calendars", "0001_initial")]

    operations = [
        migrations.AddField(
            "arrangement",
            "source",
            models.CharField(default="", max_length=200, verbose_name="依据"),
        ),
        migrations.AddField(
            "specialday",
            "source",
            models.CharField(default="", max_length=200, verbose_name="更正依据"),
        ),
        migrations.AddField(
            "specialday",
            "year",
            models.PositiveSmallIntegerField(default=0, verbose_name="哪年的安排"),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
