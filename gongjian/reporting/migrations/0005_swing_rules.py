"""From which swing on a figure of the monthly report has to be explained."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIRST_DAY = date(1949, 10, 1)


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Both are a proposal, found in no paper. Reports opened before go on without them."""
    apps.get_model("workflow", "RulePack").objects.create(
        flow="monthly-report",
        valid_from=FIRST_DAY,
        law="本系统的建议值，未见于文件",
        read=False,
        values={"swing": "50", "swing-least": "5"},
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_opening_bridge"), ("workflow", "0001_begin")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
