"""A county that has entered its last paper totals."""

from gongjian.areas.tests.builders import area
from gongjian.core.access import OPERATOR
from gongjian.reporting.bridging import Named, enter, explain, explain_in_words, withdraw
from gongjian.reporting.models import Cause
from gongjian.reporting.rules import Period


def entered(employer: int) -> tuple[int, int]:
    """Three totals of May: one is wrong, of another a part is explained by an employer's name.

    Returned are the number of that total and of the link that tells of the name.
    """
    values = {"agreements.employers": 9, "agreements.employers.single": 1, "unions.base": 20}
    county, source = area("510703"), "二〇一一年第五期简报"
    made = enter(Period(2011, 5), area_id=county, by=OPERATOR, source=source, values=values)
    totals = {total.code: total for total in made}
    withdraw(totals["unions.base"], by=OPERATOR, reason="抄错了行")
    total = totals["agreements.employers"]
    explain_in_words(total, Cause.MEANING, -2, by=OPERATOR, words="个体工商户也算在内")
    named = [Named(employer, "甲集团", -1)]
    (part,) = explain(total, Cause.REPEATED, named, by=OPERATOR)
    return total.pk, part.link
