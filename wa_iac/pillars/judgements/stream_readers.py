"""Streams that several functions of Lambda read by themselves: those of Kinesis and of DynamoDB are judged alike."""

from collections.abc import Callable
from typing import Literal

from wa_iac.aws.dynamodb import Table
from wa_iac.aws.kinesis import Stream
from wa_iac.aws.lambda_function import EventSourceMapping
from wa_iac.core.graph import Graph
from wa_iac.core.rule import Flags, all_known, flag


def too_many_readers(
    source: Stream | Table, graph: Graph, link: Literal["stream", "table"], many: int, said: Callable[[int], str]
) -> Flags:
    """Flag a source that so many event source mappings read, or more. `link` is the field of a mapping that leads to it, and `said` makes
    the message of their number. With one reader less, an unknown source of another mapping matters."""
    pointing = graph.pointing(EventSourceMapping, link)
    readers = len(pointing.at.get(id(source.declared), ()))
    if readers >= many:
        yield flag(source, said(readers))
    elif readers == many - 1:
        all_known(pointing.loose)
