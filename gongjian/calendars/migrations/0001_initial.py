"""The calendar, with every arrangement published by the autumn of 2025."""

from chinese_calendar.constants import Holiday, holidays, workdays
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The days that the library knows; what is published later is entered in the product."""
    called = {holiday.value: holiday.chinese for holiday in Holiday}
    day = apps.get_model("calendars", "SpecialDay")
    for works, days in ((False, holidays), (True, workdays)):
        day.objects.bulk_create(
            [day(day=at, works=works, name=called[name]) for at, name in days.items()]
        )
    arrangement = apps.get_model("calendars", "Arrangement")
    arrangement.objects.bulk_create(
        [arrangement(year=year) for year in sorted({at.year for at in holidays})]
    )


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="Arrangement",
            fields=[
                (
                    "year",
                    models.PositiveSmallIntegerField(
                        primary_key=True, serialize=False, verbose_name="年份"
                    ),
                ),
            ],
            options={"verbose_name": "节假日安排"},
        ),
        migrations.CreateModel(
            name="SpecialDay",
            fields=[
                ("day", models.DateField(primary_key=True, serialize=False, verbose_name="日期")),
                ("works", models.BooleanField(verbose_name="上班")),
                ("name", models.CharField(max_length=40, verbose_name="缘由")),
            ],
            options={"verbose_name": "特殊日"},
        ),
        migrations.RunPython(seed, migrations.RunPython.noop),
    ]
