"""Of which place the first page tells: the highest that someone may see, or one below it."""

from dataclasses import dataclass

from django.http import HttpRequest

from gongjian.core.access import Actor
from gongjian.core.errors import Refused
from gongjian.indicators.declare import TERRITORY
from gongjian.web.figures.forms import Question, node_named, top_of, tree_named
from gongjian.web.figures.places import Sight
from gongjian.web.moment import AsOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A place in sight at the moment of the page."""

    question: Question
    sight: Sight
    named: bool

    @property
    def name(self) -> str:
        return self.sight.tree.name(self.question.node)

    def of(self, node: int) -> Question:
        """The same of another node of the tree."""
        asked = self.question
        return Question(
            asof=asked.asof, tree=asked.tree, node=node, code=self.sight.tree.code(node)
        )

    @property
    def below(self) -> tuple[int, ...]:
        """The places right below, where the store can tell of them."""
        if self.question.tree != TERRITORY:
            return ()
        return self.sight.tree.children(self.question.node)


def asked(request: HttpRequest, actor: Actor, asof: AsOf) -> Asked:
    """The place that the address names, without one the highest in the scope.

    Raise NotInScope for a place out of sight, and Refused where there is none that the ledgers
    knew at the moment.
    """
    tree = tree_named(request.GET, actor.scope)
    sight = Sight(actor.scope, tree, asof.day, asof.known_at)
    named = node_named(request.GET, sight)
    node = top_of(sight) if named is None else named
    if node not in sight.tree.leaves():
        raise Refused("那时入库的台账里还没有您管理的地方，没有数可看。请把所知改为此刻所知。")
    question = Question(asof=asof, tree=tree, node=node, code=sight.tree.code(node))
    return Asked(question=question, sight=sight, named=named is not None)
