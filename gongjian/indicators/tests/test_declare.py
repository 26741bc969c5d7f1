"""Catalogues refuse what would fail on a page later."""

from typing import Any

import pytest

from gongjian.core.errors import WrongUse
from gongjian.indicators.declare import (
    CATALOG,
    DIMENSIONS,
    Base,
    Catalog,
    Indicator,
    Label,
    Net,
    Ratio,
)


def base(code: str = "things") -> Base:
    return Base(code=code, ledger="things", label=Label(key="k", name="n"), rows=lambda x: x)


def indicator(code: str, on: Base, **more: Any) -> Indicator:
    return Indicator(code=code, name="数", unit="个", definition="……", base=on, **more)


def ratio(over: str, under: str) -> Ratio:
    return Ratio(code="r", name="率", definition="……", over=over, under=under)


def test_a_second_figure_of_one_code_is_refused() -> None:
    catalog, on = Catalog(), base()
    catalog.register(indicator("a", on))

    with pytest.raises(ValueError, match="'a' is declared twice"):
        catalog.register(indicator("a", on))


def test_a_second_base_of_one_code_is_refused() -> None:
    catalog = Catalog()
    catalog.register(indicator("a", base()))

    with pytest.raises(ValueError, match="'things' is declared twice"):
        catalog.register(indicator("b", base()))


def test_a_ratio_names_declared_indicators() -> None:
    catalog = Catalog()
    catalog.register(indicator("a", base()), ratio("a", "b"))

    with pytest.raises(ValueError, match="'r' names 'b'"):
        catalog.resolve()


def test_a_ratio_of_a_ratio_is_refused() -> None:
    catalog = Catalog()
    catalog.register(indicator("a", base()), ratio("a", "r"))

    with pytest.raises(ValueError, match="'r' names 'r'"):
        catalog.resolve()


def test_a_net_figure_names_a_declared_indicator() -> None:
    catalog = Catalog()
    catalog.register(Net(code="n", name="净增", definition="……", of="a", unit="个"))

    with pytest.raises(ValueError, match="'n' names 'a'"):
        catalog.resolve()


def test_a_part_of_others_is_neither_listed_nor_answered() -> None:
    catalog, on = Catalog(), base()
    catalog.register(indicator("a", on), indicator("b", on, listed=False), ratio("a", "b"))
    catalog.resolve()

    assert [figure.code for figure in catalog] == ["a", "r"]
    assert [i.code for i in catalog.indicators_on(on)] == ["a", "b"]
    with pytest.raises(WrongUse, match="没有代码为“b”的指标，可用的有：a、r。"):
        catalog.asked(["a", "b"])


def test_no_codes_ask_for_all() -> None:
    assert CATALOG.asked([]) == list(CATALOG)


def test_a_second_tree_of_one_code_is_refused() -> None:
    with pytest.raises(ValueError, match="'territory' is declared twice"):
        DIMENSIONS.register(DIMENSIONS["territory"])
