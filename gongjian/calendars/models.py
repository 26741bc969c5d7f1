"""The yearly arrangements of holidays, and the days they move."""

from django.db.models import BooleanField, CharField, DateField, Model, PositiveSmallIntegerField


class Arrangement(Model):
    """A year whose arrangement of holidays is published, so that its working days are known.

    全国年节及纪念日放假办法 names the holidays; which days are swapped for them the General Office
    of the State Council says each autumn for the year to come. ``source`` is that notice.
    """

    year = PositiveSmallIntegerField("年份", primary_key=True)
    source = CharField("依据", max_length=200, default="")

    class Meta:
        verbose_name = "节假日安排"

    def __str__(self) -> str:
        return f"{self.year} 年"


class SpecialDay(Model):
    """A day that is not what its day of the week says: a holiday, or a Saturday that is worked.

    ``year`` is that of the arrangement it stands in: the last days of a December are moved by that
    of the year to come. ``source`` is the notice that corrected it; empty: that of the year.
    """

    day = DateField("日期", primary_key=True)
    works = BooleanField("上班")
    name = CharField("缘由", max_length=40)
    year = PositiveSmallIntegerField("哪年的安排")
    source = CharField("更正依据", max_length=200, default="")

    class Meta:
        verbose_name = "特殊日"

    def __str__(self) -> str:
        return f"{self.day} {'上班' if self.works else '放假'}（{self.name}）"
