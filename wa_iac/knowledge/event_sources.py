"""Which events the rules of EventBridge take, by their source."""

from collections.abc import Collection

from wa_iac.aws.eventbridge import EventRule
from wa_iac.core.binding import member
from wa_iac.core.graph import Graph
from wa_iac.core.logic import any_of, holds
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown, Value


def takes(graph: Graph, sources: Collection[str]) -> Value[bool]:
    """Whether an enabled rule of the unit takes events of one of some sources."""
    wanted = frozenset(sources)
    rules = (each for each in graph.of(EventRule) if each.state != Known("DISABLED"))
    return any_of((_lists(each.pattern, wanted) for each in rules), Origin())


def _lists(pattern: Tree, wanted: frozenset[str]) -> Value[bool]:
    """Whether a pattern may match events of a source. A test that is no literal text may match any."""
    if isinstance(pattern, Absent):
        return Known(False)
    listed = member(pattern, "source")
    match listed:
        case Absent():
            return Known(True, pattern.origin)
        case Known(list() as items):
            return any_of(
                (holds(item, lambda source: not isinstance(source, str) or source in wanted) for item in items), Origin()
            )
        case Unknown() as unknown:
            return unknown
        case _:
            return Known(False)
