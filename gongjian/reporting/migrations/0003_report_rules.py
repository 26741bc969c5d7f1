"""The numbers of the monthly report as far as nobody has laid down others."""

from datetime import date

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

FIRST_DAY = date(1949, 10, 1)


def seed(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The day is that of the bulletin; the others are a proposal, found in no paper."""
    pack = apps.get_model("workflow", "RulePack")
    pack.objects.create(
        flow="monthly-report",
        valid_from=FIRST_DAY,
        law="绵阳市推进“两个普遍”工作专题简报第二十七期（2011-12-28）",
        article="每月 25 日前以实名上报当月建会进展",
        read=True,
        values={"submit": "0d"},
    )
    pack.objects.create(
        flow="monthly-report",
        valid_from=FIRST_DAY,
        law="本系统的建议值，未见于文件",
        read=False,
        values={"roll": "否", "again": "2wd", "review": "3wd", "wait": "1wd"},
    )


class Migration(migrations.Migration):
    dependencies = [("reporting", "0002_figure_value_follows"), ("workflow", "0001_begin")]

    operations = [migrations.RunPython(seed, migrations.RunPython.noop)]
