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
    MadeOf,
    Net,
    Ratio,
    shown_with,
)
from gongjian.indicators.problems import Problem


def base(code: str = "things") -> Base:
    label = Label(key="k", name="n")
    return Base(code=code, group="东西", ledger="things", label=label, rows=lambda x: x)


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


def test_a_problem_is_answered_by_its_code_and_named_nowhere_else() -> None:
    catalog, on = Catalog(), base()
    wrong = Problem(weight=2, reason="……", remedy="改")
    catalog.register(
        indicator("a", on),
        indicator("b", on, listed=False, problem=wrong),
        indicator("c", on, problem=wrong),
    )
    catalog.resolve()

    assert [figure.code for figure in catalog] == ["a", "c"]
    assert [figure.code for figure in catalog.problems()] == ["b", "c"]
    assert [figure.code for figure in catalog.asked(["b", "a"])] == ["b", "a"]
    assert [figure.code for figure in catalog.asked([])] == ["a", "c"]
    assert "b" not in {f.code for figures in catalog.grouped().values() for f in figures}
    with pytest.raises(WrongUse, match="可用的有：a、c。"):
        catalog.asked(["d"])


def test_every_problem_says_what_it_weighs_and_how_it_ends() -> None:
    told = [i.problem for i in CATALOG.problems() if i.problem]

    assert len(told) == 6
    assert all(p.weight >= 1 and p.reason and p.remedy for p in told)
    assert all(p.ledger or p.deed == "mend" for p in told)


def test_no_codes_ask_for_all() -> None:
    assert CATALOG.asked([]) == list(CATALOG)


def test_a_second_tree_of_one_code_is_refused() -> None:
    with pytest.raises(ValueError, match="'territory' is declared twice"):
        DIMENSIONS.register(DIMENSIONS["territory"])


def test_a_figure_stands_with_its_base_or_with_what_it_is_of() -> None:
    catalog, on = Catalog(), base()
    catalog.register(
        indicator("a", on),
        indicator("b", on, group="别的"),
        ratio("b", "a"),
        Net(code="n", name="净增", definition="……", of="a", unit="个"),
        Net(code="m", name="净增", definition="……", of="a", unit="个", group="净增"),
    )

    told = {title: [f.code for f in figures] for title, figures in catalog.grouped().items()}
    assert told == {"东西": ["a", "n"], "别的": ["b", "r"], "净增": ["m"]}


def test_headlines_come_in_the_order_they_ask_for() -> None:
    catalog, on = Catalog(), base()
    catalog.register(
        indicator("a", on, headline=2),
        indicator("b", on),
        indicator("c", on, headline=1),
        indicator("d", on, headline=1, listed=False),
    )

    assert [figure.code for figure in catalog.headlines()] == ["c", "a"]


@pytest.mark.parametrize(
    "part",
    [
        indicator("p", base("others")),
        indicator("p", base(), listed=False),
        Ratio(code="p", name="率", definition="……", over="a", under="a"),
        Net(code="p", name="净增", definition="……", of="a", unit="个"),
    ],
    ids=["on another base", "not listed", "a ratio", "a net figure"],
)
def test_a_figure_is_made_of_listed_figures_on_its_base(part: Any) -> None:
    catalog = Catalog()
    on = part.base if isinstance(part, Indicator) and not part.listed else base()
    catalog.register(indicator("a", on, made_of=MadeOf(parts=("p",))), part)

    with pytest.raises(ValueError, match="'a' cannot be made of"):
        catalog.resolve()


def test_what_is_shown_with_a_figure_leads_back_to_it() -> None:
    catalog, on = Catalog(), base()
    whole = indicator("a", on, made_of=MadeOf(parts=("b", "c"), repeated="d"))
    net = Net(code="n", name="净增", definition="……", of="a", unit="个")
    catalog.register(whole, *(indicator(code, on) for code in "bcd"), net)
    catalog.resolve()

    assert shown_with(whole) == ["a", "b", "c", "d"]
    assert shown_with(net) == ["n", "a"]
    assert [f.code for f in catalog.wholes_of("d")] == ["a"]
    assert [f.code for f in catalog.wholes_of("a")] == ["n"]
    assert catalog.wholes_of("n") == []
