"""Streams that several functions of Lambda read by themselves: those of Kinesis and of DynamoDB are judged alike."""

from collections.abc import Callable
from typing import Literal

from wa_iac.aws.dynamodb import Table
from wa_iac.aws.kinesis import Stream
from wa_iac.aws.lambda_function import EventSourceMapping
from wa_iac.core.graph import Graph
from wa_iac.core.reader import doubt
from wa_iac.core.resource import Resource
from wa_iac.core.rule import Flags, all_known, flag
from wa_iac.core.value import Known


def too_many_readers(
    source: Stream | Table, graph: Graph, link: Literal["stream", "table"], many: int, said: Callable[[int], str]
) -> Flags:
    """Flag a source that so many event source mappings read, or more. `link` is the field of a mapping that leads to it, and `said` makes
    the message of their number. A mapping that is switched off reads nothing. With one reader less, an unknown source of another mapping
    matters."""
    pointing = graph.pointing(EventSourceMapping, link)
    reading = [each for each, _ in pointing.at.get(id(source.declared), ()) if _is_on(each)]
    doubts = [doubt(each.declared, source.declared) for each in reading]
    certain = doubts.count(None)
    if certain >= many:
        yield flag(source, said(certain))
    elif len(reading) >= many:
        all_known(*doubts)
    elif len(reading) == many - 1:
        all_known(pointing.loose)


def _is_on(mapping: Resource) -> bool:
    return not isinstance(mapping, EventSourceMapping) or mapping.enabled != Known(False)
