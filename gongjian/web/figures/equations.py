"""Which figures add up to which: relations that hold by the definitions, on every day, at every node."""

from dataclasses import dataclass
from typing import Final

from gongjian.indicators.declare import CATALOG, Figure, Net
from gongjian.indicators.rows import bases_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Equation:
    """``of`` is the sum of ``parts``, less the figure ``less`` or what is counted repeatedly.

    ``repeated`` names the entries that are in two or more parts. How often these were counted
    too often is no figure: it is what the parts add up to beyond ``of``.
    """

    of: str
    parts: tuple[str, ...]
    less: str = ""
    repeated: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every figure that is in it, beside ``of``."""
        return (*self.parts, *filter(None, (self.less, self.repeated)))


def _kinds(of: str) -> tuple[str, ...]:
    return tuple(f"{of}.{kind}" for kind in ("single", "regional", "industry"))


EQUATIONS: Final[tuple[Equation, ...]] = (
    Equation(
        of="coverage.units",
        parts=tuple(f"coverage.units.{mode}" for mode in ("own", "joint", "federation", "branch")),
        repeated="coverage.units.overlap",
    ),
    # An agreement is of one kind, an employer may be under agreements of several.
    Equation(of="agreements.signed", parts=_kinds("agreements.signed")),
    Equation(of="agreements.in_force", parts=_kinds("agreements.in_force")),
    Equation(
        of="agreements.employers",
        parts=_kinds("agreements.employers"),
        repeated="agreements.employers.overlap",
    ),
    Equation(
        of="agreements.workers",
        parts=_kinds("agreements.workers"),
        less="agreements.workers.overlap",
    ),
)

_BY_CODE: Final = {equation.of: equation for equation in EQUATIONS}


def equation_of(code: str) -> Equation | None:
    """How the figure is made of others, if it is."""
    return _BY_CODE.get(code)


def wholes_of(code: str) -> list[str]:
    """The figures whose equation the figure is in, or that are a net of it."""
    sums = [equation.of for equation in EQUATIONS if code in equation.codes]
    return sums + [f.code for f in CATALOG if isinstance(f, Net) and f.of == code]


def codes_with(figure: Figure) -> list[str]:
    """The figure and every figure that its equation shows."""
    if isinstance(figure, Net):
        return [figure.code, figure.of]
    equation = equation_of(figure.code)
    return [figure.code, *(equation.codes if equation else ())]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Figures that stand together in the catalogue: those whose code begins with a prefix."""

    title: str
    prefixes: tuple[str, ...]


GROUPS: Final = (
    Group(title="用人单位", prefixes=("employers.",)),
    Group(title="建会涵盖", prefixes=("coverage.", "rate.union")),
    Group(title="工会组织", prefixes=("unions.",)),
    Group(title="会员", prefixes=("members.", "rate.members")),
    Group(title="协议份数", prefixes=("agreements.signed", "agreements.in_force")),
    Group(
        title="协议覆盖", prefixes=("agreements.employers", "agreements.workers", "rate.signing")
    ),
)


def grouped() -> list[tuple[Group, list[Figure]]]:
    """Every figure of the catalogue in its group, in the order of the catalogue."""
    return [(g, [f for f in CATALOG if f.code.startswith(g.prefixes)]) for g in GROUPS]


def ledgers_of(figure: Figure) -> tuple[str, ...]:
    """Ledgers whose entries the figure's rows are, the counted one first."""
    return tuple(base.ledger for base in bases_of(figure))


def is_listed(code: str) -> bool:
    """May the indicator be asked for by itself?"""
    return CATALOG.indicator(code).listed
