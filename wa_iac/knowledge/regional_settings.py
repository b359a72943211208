"""Settings of an account hold in one Region: which of them are about a resource."""

from collections.abc import Callable, Hashable, Iterator
from typing import TypeVar

from wa_iac.core.algebra import are_equal
from wa_iac.core.graph import Graph
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.reader import doubt
from wa_iac.core.reasons import Said
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known, Unknown, Value

R = TypeVar("R", bound=Resource)


def in_force(resource: Resource, graph: Graph, cls: type[R], asked: Callable[[R], Value[bool]]) -> Value[bool]:
    """Whether a setting for the Region of a resource is there, of which what is asked is true."""
    return any_of(all_of((holds_for(each, resource), asked(each))) for each in settings(graph, cls))


def settings(graph: Graph, cls: type[R]) -> Iterator[R]:
    """The settings of a class: of those that say the same in the same place, one."""
    for alike in graph.index(cls, _what_and_where).values():
        yield alike[0]


def _what_and_where(setting: Resource) -> Iterator[Hashable]:
    yield setting.declared.body, reach(setting)


def reach(setting: Resource) -> Hashable:
    """What decides for which resources a setting holds: those of one reach hold for the same."""
    return setting.declared.region, setting.declared.condition, setting.declared.representative


def holds_for(setting: Resource, resource: Resource) -> Value[bool]:
    """Whether a setting of a Region is there, and for the Region of `resource`.

    Where neither says a Region, both are in the stack's, or in the one that the provider takes from its environment.
    """
    here, there = resource.declared.region, setting.declared.region
    if isinstance(here, Absent) != isinstance(there, Absent):
        written = here if isinstance(there, Absent) else there
        why = (
            "the provider of one gets its Region from the environment: whether this setting is for the same Region is not known"
        )
        return Unknown(Said(why, "set the provider's region"), ("region", setting.address, resource.address), written.origin)
    match are_equal(here, there):
        case None:
            return here if isinstance(here, Unknown) else there
        case False:
            return Known(False, there.origin)
        case True:
            uncertain = doubt(setting.declared, resource.declared)
            return Known(True, setting.absent.origin) if uncertain is None else uncertain
