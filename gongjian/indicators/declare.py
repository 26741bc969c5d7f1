"""How a room declares what is counted: bases, indicators, ratios, net figures, trees.

A base is one relation of named rows; its indicators are sums over it, so that all figures on one
base are one pass over the rows, and the names behind a figure are the same rows, not added up.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from gongjian.core.errors import WrongUse
from gongjian.indicators.problems import Problem

Relation = Any
"""A table expression of the compiler, which is loaded only to compile, never to declare."""


TERRITORY = "territory"
AFFILIATION = "affiliation"
"""The two trees over the same rows (块 and 条)."""


DAYS_AGO = (15,)
"""Spans that definitions count back: ``ago_15`` is the day 15 days before ``day``.

Databases disagree about arithmetic on dates, so the question brings the days along.
"""


class Ledgers(Protocol):
    """The ledgers as a definition sees them."""

    def held(self, ledger: str, *columns: str) -> Relation:
        """Versions in force on each day asked for, one row per day and entry.

        Gives ``day``, ``entry_id`` and the ledger's ``columns`` that are named; ``year_from`` is
        the first day of the year the day lies in, for ``ago_…`` see ``DAYS_AGO``. Two such relations meet on ``day``, always: a
        definition names no date and no state of knowledge, so the same one serves every day and
        every past state of knowledge, and a definition that reads part of a ledger only (the
        unions of one branch) serves that part.
        """

    def last(self, ledger: str, *columns: str) -> Relation:
        """``day``, ``entry_id`` and ``columns`` for each entry of the ledger, ended or not.

        What holds on the day; after the end what held last, before the beginning what will
        hold first.
        """


@dataclass(frozen=True, kw_only=True)
class Label:
    """How the entries of a ledger are named in a list.

    ``key`` and ``name`` are columns of the base's rows; ``shown`` turns a stored key into the
    one that may be shown. An entry without a key is called 名称@代码 of the node it counts in.
    """

    key: str
    name: str
    shown: Callable[[Any], str] = str


@dataclass(frozen=True, kw_only=True)
class Link:
    """The rows of ``ledger`` whose column ``by`` names an entry concern the entity in ``entity``."""

    ledger: str
    by: str
    entity: str


@dataclass(frozen=True, kw_only=True)
class Base:
    """A relation of named rows that figures are counted on.

    rows    gives columns ``day``, ``entity_id`` (at most once a day), ``leaf_id``, the columns of
            ``label`` and any attributes that indicators ask about; in place of ``leaf_id`` it may
            give ``holder_id``
    place   gives ``day``, ``holder_id`` (once a day) and ``leaf_id``; rows whose holder it does
            not give on the day do not count. A million rows are added up by holder before the
            holders are placed
    ledger  whose entries the rows are
    trees   the trees along which it makes sense to count them
    entities  ledger → the column that names the entity a row of it concerns: where all these are
            narrowed to some entities, the rows of exactly these entities come out
    through every other ledger that ``rows`` and ``place`` read → by what rows an entry of it
            moves entities
    stands  the way from a leaf to the entities that may ever count there, over rows by index
    group   under which heading its figures stand where figures are listed
    """

    code: str
    group: str
    ledger: str
    label: Label
    rows: Callable[[Ledgers], Relation]
    place: Callable[[Ledgers], Relation] | None = None
    trees: tuple[str, ...] = (TERRITORY, AFFILIATION)
    entities: Mapping[str, str] = field(default_factory=dict, hash=False)
    through: Mapping[str, Link] = field(default_factory=dict, hash=False)
    stands: tuple[Link, ...] = ()


@dataclass(frozen=True, kw_only=True)
class MadeOf:
    """By definition a figure is the sum of ``parts``, on every day, at every node of every tree.

    Entries that are in two or more parts make the parts add up to more: by the figure ``less``;
    or ``repeated`` names the figure that counts these entries once each, and how often they were
    counted too often is no figure but what the parts add up to beyond the whole.
    """

    parts: tuple[str, ...]
    less: str = ""
    repeated: str = ""

    @property
    def codes(self) -> tuple[str, ...]:
        """Every figure that is in it."""
        return (*self.parts, *filter(None, (self.less, self.repeated)))


@dataclass(frozen=True, kw_only=True)
class Listing:
    """A list of the base's ledger that has exactly the rows of a figure, in each area on each day.

    ``question`` is the code of one of the ledger's questions, ``values`` are fields with the value
    they must have; one field with several values has any of them.
    """

    question: str = ""
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Indicator:
    """A sum over the rows of a base: of those ``where`` keeps, one each or the attribute ``value``.

    ``excludes`` says in words who is left out although one might expect them. ``version`` goes up
    when the meaning changes. An indicator that is not ``listed`` is only a
    part of others: it has its column and its tests, but nobody can ask for it by itself.
    ``made_of`` says how it is the sum of other indicators on its base. ``group`` is the heading
    it stands under where that is not its base's. ``headline`` puts it on the first page: the
    smaller the number, the further ahead; 0 does not. ``listing`` is the list that shows its rows.
    ``problem`` says that its rows want mending: such a one may be asked for, also if not ``listed``.
    """

    code: str
    name: str
    unit: str
    definition: str
    base: Base
    where: Callable[[Relation], Any] | None = None
    value: str | None = None
    excludes: str = ""
    version: int = 1
    listed: bool = True
    made_of: MadeOf | None = None
    listing: Listing | None = None
    group: str = ""
    headline: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, kw_only=True)
class Ratio:
    """One sum divided by another, at each node, last of all; nothing where the other is 0.

    It stands in the group of its numerator, unless it names another ``group``.
    """

    code: str
    name: str
    definition: str
    over: str
    under: str
    unit: str = ""
    excludes: str = ""
    version: int = 1
    group: str = ""
    headline: int = 0
    listed: bool = field(default=True, init=False)


@dataclass(frozen=True, kw_only=True)
class Net:
    """An indicator on the day less the same on the day before the year began, each in its tree.

    It stands in the group of that indicator, unless it names another ``group``.
    """

    code: str
    name: str
    definition: str
    of: str
    unit: str
    excludes: str = ""
    version: int = 1
    group: str = ""
    headline: int = 0
    listed: bool = field(default=True, init=False)


Figure = Indicator | Ratio | Net


class Catalog:
    """Every figure by code, in the order of declaration."""

    def __init__(self) -> None:
        self._figures: dict[str, Figure] = {}
        self._bases: dict[str, Base] = {}

    def register(self, *figures: Figure) -> None:
        """Add figures; a second one of the same code is our own mistake: ValueError."""
        for figure in figures:
            if figure.code in self._figures:
                raise ValueError(f"figure {figure.code!r} is declared twice")
            if isinstance(figure, Indicator):
                self._add_base(figure.base)
            self._figures[figure.code] = figure

    def _add_base(self, base: Base) -> None:
        if self._bases.setdefault(base.code, base) is not base:
            raise ValueError(f"base {base.code!r} is declared twice")

    def resolve(self) -> None:
        """Raise ValueError where a figure names what is no declared indicator.

        What a figure is made of must stand on its base, and be listed: it is shown with it.
        """
        for figure in self._figures.values():
            for code in parts_of(figure):
                part = self._figures.get(code)
                if part is None or isinstance(part, Ratio | Net):
                    raise ValueError(f"figure {figure.code!r} names {code!r}, no indicator")
            if isinstance(figure, Indicator) and figure.made_of is not None:
                self._resolve_parts(figure, figure.made_of)

    def _resolve_parts(self, figure: Indicator, made_of: MadeOf) -> None:
        for code in made_of.codes:
            part = self._figures.get(code)
            if not isinstance(part, Indicator) or part.base is not figure.base or not part.listed:
                raise ValueError(f"figure {figure.code!r} cannot be made of {code!r}")

    def __iter__(self) -> Iterator[Figure]:
        """The listed figures."""
        return (figure for figure in self._figures.values() if figure.listed)

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code, listed or not."""
        found = self._figures[code]
        if not isinstance(found, Indicator):
            raise TypeError(f"{code!r} is no indicator")
        return found

    def asked(self, codes: Sequence[str]) -> list[Figure]:
        """The figures asked for, all listed ones without codes; WrongUse for an unknown code.

        Problems that are not listed are answered as well, to whoever knows their codes.
        """
        if not codes:
            return list(self)
        open_ = {figure.code: figure for figure in (*self, *self.problems())}
        for code in codes:
            if code not in open_:
                listed = "、".join(figure.code for figure in self)
                raise WrongUse(f"没有代码为“{code}”的指标，可用的有：{listed}。")
        return [open_[code] for code in codes]

    def group_of(self, figure: Figure) -> str:
        """The heading the figure stands under."""
        if figure.group:
            return figure.group
        if isinstance(figure, Indicator):
            return figure.base.group
        return self.group_of(self.indicator(parts_of(figure)[0]))

    def grouped(self) -> dict[str, list[Figure]]:
        """Heading → its listed figures, both in the order of declaration."""
        found: dict[str, list[Figure]] = {}
        for figure in self:
            found.setdefault(self.group_of(figure), []).append(figure)
        return found

    def headlines(self) -> list[Figure]:
        """The listed figures that are put first, in their order."""
        return sorted((figure for figure in self if figure.headline), key=lambda f: f.headline)

    def problems(self) -> list[Indicator]:
        """The indicators whose rows want mending, listed or not, in the order of declaration."""
        figures = self._figures.values()
        return [f for f in figures if isinstance(f, Indicator) and f.problem is not None]

    def wholes_of(self, code: str) -> list[Figure]:
        """The listed figures that the figure is a part of by ``made_of``, or that are a net of it."""
        return [f for f in self if code in shown_with(f)[1:]]

    @property
    def bases(self) -> tuple[Base, ...]:
        """Every base that an indicator stands on."""
        return tuple(self._bases.values())

    def counts_along(self, figure: Figure, tree: str) -> bool:
        """Does the figure have a meaning along that tree?"""
        return all(tree in self.indicator(code).base.trees for code in parts_of(figure))

    def indicators_on(self, base: Base) -> list[Indicator]:
        """The indicators that stand on ``base``, listed or not."""
        figures = self._figures.values()
        return [f for f in figures if isinstance(f, Indicator) and f.base is base]


def parts_of(figure: Figure) -> tuple[str, ...]:
    """Codes of the indicators a figure is made of: (numerator, denominator) of a ratio."""
    if isinstance(figure, Ratio):
        return figure.over, figure.under
    return (figure.of,) if isinstance(figure, Net) else (figure.code,)


def shown_with(figure: Figure) -> list[str]:
    """The figure and every figure that says how it comes about; of a rate its parts are its own."""
    if isinstance(figure, Net):
        return [figure.code, figure.of]
    made_of = figure.made_of if isinstance(figure, Indicator) else None
    return [figure.code, *(made_of.codes if made_of else ())]


class Tree(Protocol):
    """A tree of nodes as it stood on one day."""

    def exists(self, node: int, /) -> bool:
        """Was the node there on the day?"""

    def place(self, leaf: int, /) -> int | None:
        """The node in which an entry recorded at ``leaf`` counts on the day."""

    def children(self, node: int, /) -> Sequence[int]:
        """The nodes right below, sorted by code."""

    def below(self, node: int, /) -> frozenset[int]:
        """Every leaf that counts in the node, itself one; none for a node that is not there."""

    def leaves(self) -> frozenset[int]:
        """Every leaf known, whether it exists on the day or not."""

    def code(self, node: int, /) -> str:
        """The node's code; KeyError for a node not known."""

    def name(self, node: int, /) -> str:
        """The node's name on the day."""


@dataclass(frozen=True, kw_only=True)
class Dimension:
    """A tree that figures are rolled up along.

    word     what answers call its nodes
    tree_on  the tree of a day as known at a change, by default the newest
    code_of  the code of a node that the tree of that knowledge does not know
    narrows  ledger → the column that ties its rows to the tree. Where it is empty every row has
             one leaf and a node is the sum of its leaves. Else a node is counted by itself, from
             the rows of its own branch alone, each entry once: the same employer may count in
             two branches
    ledger   the ledger whose entries are the nodes: a change of it may draw another tree
    """

    code: str
    word: str
    tree_on: Callable[[date, int | None], Tree]
    code_of: Callable[[int], str]
    narrows: Mapping[str, str] = field(default_factory=dict, hash=False)
    ledger: str = ""


class _Dimensions:
    def __init__(self) -> None:
        self._dimensions: dict[str, Dimension] = {}

    def register(self, dimension: Dimension) -> None:
        """Add a tree; a second one of the same code is our own mistake: ValueError."""
        if dimension.code in self._dimensions:
            raise ValueError(f"dimension {dimension.code!r} is declared twice")
        self._dimensions[dimension.code] = dimension

    def __getitem__(self, code: str) -> Dimension:
        return self._dimensions[code]

    def __iter__(self) -> Iterator[Dimension]:
        return iter(self._dimensions.values())


CATALOG = Catalog()
DIMENSIONS = _Dimensions()
