"""Whether anything in a unit reads a metric of its own."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from wa_iac.aws.cloudwatch import Alarm, Dashboard
from wa_iac.aws.logs import MetricFilter
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import first_unknown
from wa_iac.core.partial import PartlyMap
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown, Value

from .given_away import is_given_away

_WORDS: Final = late(r"[\w./-]+")
_FILTERS: Final = frozenset(MetricFilter.types())


class _Read(NamedTuple):
    """What is written beside the filters: texts, the words in them, and values that are not known; and the first metric of an alarm that is
    not known."""

    texts: frozenset[str]
    unknown: frozenset[Unknown]
    doubt: Unknown | None


def is_read(metric: Value[str], written_by: MetricFilter, graph: Graph) -> Value[bool]:
    """Whether something reads the metric of a filter: an alarm, a dashboard, a scaling policy, or whatever has its name in it, or refers to
    the filter."""
    if isinstance(metric, Absent):
        return metric
    read = graph.once(_read)
    if _is_referred_to(written_by, graph) or is_given_away(written_by, graph):
        return Known(True, metric.origin)
    if isinstance(metric, Unknown):
        return Known(True, metric.origin) if metric in read.unknown else metric
    if str(metric.value) in read.texts:
        return Known(True, metric.origin)
    return Known(False, metric.origin) if read.doubt is None else read.doubt


def _is_referred_to(written_by: MetricFilter, graph: Graph) -> bool:
    return bool(graph.referring(written_by, frozenset(graph.types - _FILTERS)))


def _read(graph: Graph) -> _Read:
    texts: set[str] = set()
    unknown: set[Unknown] = set()
    for each in graph.declared:
        if each.kind != "context" and graph.type_of(each) not in _FILTERS:
            for value in _values(each.body):
                if isinstance(value, Unknown):
                    unknown.add(value)
                else:
                    texts.add(value)
                    texts.update(_WORDS.findall(value))
    metrics = (metric for alarm in graph.of(Alarm) for _, metric, _ in alarm.metrics)
    bodies = (each.body for each in graph.of(Dashboard))
    return _Read(frozenset(texts), frozenset(unknown), first_unknown(*filter(_is_opaque, (*metrics, *bodies))))


def _is_opaque(value: Tree) -> bool:
    """Whether nothing is known of a metric's name or of a dashboard. A name is rarely in the unknown parts of a text, and a reference leads to
    one resource only."""
    return isinstance(value, Unknown) and not value.origin.references and not any(isinstance(part, str) for part in value.parts)


def _values(tree: Tree) -> Iterator[str | Unknown]:
    waiting = [tree]
    while waiting:
        match waiting.pop():
            case Known(str() as text):
                yield text
            case Known(list() as items):
                waiting += items
            case Known(dict() as entries):
                waiting += entries.values()
            case PartlyMap() as partly:
                waiting += partly.entries.values()
            case Unknown() as value:
                yield value
                waiting += [each.value for each in value.alternatives]
                for part in value.parts:
                    waiting.append(Known(part, Origin()) if isinstance(part, str) else part)
            case _:
                pass
