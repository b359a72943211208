"""Queues that other things put into what they cannot process."""

import re
from collections.abc import Iterator

from wa_iac.aws.sqs import Queue
from wa_iac.core.algebra import references
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.partial import PartlyMap, pieces_of
from wa_iac.core.value import Absent, Known, Reference, Tree

_CALLED_SO = late(r"dlq|dead[-_]?letter|(?:^|[-_./])dead(?:$|[-_./])|redrive|failed|failure|undeliver", re.IGNORECASE)
_NAMED_BY = late(r"dead_?letter|redrive|on_?failure", re.IGNORECASE)


def takes_failures(queue: Queue, graph: Graph) -> bool:
    """Whether something in the unit names a queue as the place for what failed, or the queue says which queues may do so."""
    named = bool(queue.redrive_sources.targets) or id(queue.declared) in graph.once(_places_for_failures)
    return named or not isinstance(queue.redrive_allow_policy, Absent)


def is_called_a_dead_letter_queue(queue: Queue) -> bool:
    """Whether its address, or its name as far as it is written, says that it is one."""
    return any(map(_CALLED_SO.search, _names(queue)))


def _names(queue: Queue) -> Iterator[str]:
    yield queue.address
    yield from pieces_of(queue.name)


def _places_for_failures(graph: Graph) -> frozenset[int]:
    """The `id` of each declaration that another one names as the place for failures."""
    return frozenset(
        id(declared)
        for each in graph.declared
        for reference in _named(each.body)
        for declared in graph.at(reference.address)
        if declared is not each
    )


def _named(tree: Tree) -> Iterator[Reference]:
    match tree:
        case Known(list() as items):
            for item in items:
                yield from _named(item)
        case Known(dict() as entries) | PartlyMap(entries=entries):
            for key, value in entries.items():
                yield from references(value) if _NAMED_BY.search(key) else _named(value)
        case _:
            return
