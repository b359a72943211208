"""Who writes to log groups, and which metrics are counted in them: for alarms that watch something by its log."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.logic import first_unknown
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Tree, Unknown, Value

_FILTERS: Final = frozenset(and_awscc("AWS::Logs::MetricFilter", "aws_cloudwatch_log_metric_filter"))
_GROUPS: Final = frozenset(and_awscc("AWS::Logs::LogGroup", "aws_cloudwatch_log_group"))
_STAGES: Final = frozenset(
    and_awscc("AWS::ApiGateway::Stage", "aws_api_gateway_stage", "AWS::ApiGatewayV2::Stage", "aws_apigatewayv2_stage")
)
_OTHERS: Final = frozenset(
    and_awscc(
        *("AWS::CloudWatch::Alarm", "aws_cloudwatch_metric_alarm", "AWS::CloudWatch::Dashboard", "aws_cloudwatch_dashboard"),
        *("AWS::CloudWatch::LogAlarm", "AWS::Logs::SubscriptionFilter", "aws_cloudwatch_log_subscription_filter"),
    )
)
"""What reads a log, and writes none."""


def counted_in(metric: Value[str], graph: Graph) -> Iterator[Tree]:
    """The log groups whose metric filters write a metric, by its name or by a reference to the filter."""
    if _FILTERS.isdisjoint(graph.types) or isinstance(metric, Absent):
        return
    groups = graph.once(_counted)
    for declared in graph.referred(metric):
        yield from groups.get(id(declared), ())
    yield from groups.get(metric if isinstance(metric, Unknown) else metric.value, ())


def doubt_of(metric: Value[str], groups: Sequence[Tree], graph: Graph) -> Unknown | None:
    """Why a metric without dimensions may be counted in a log that is not known: its name, that of a filter's metric, or the `groups` in
    which filters count it."""
    if _FILTERS.isdisjoint(graph.types):
        return None
    outside = (each for each in groups if not any(graph.referred(each)))
    return first_unknown(*outside, *(() if groups else (metric, graph.once(_unnamed))))


def log_in_doubt(resource: Resource, counted: Unknown | None, graph: Graph) -> Unknown | None:
    """Why an API may write a log in which something is counted: which one that is (`counted`), or the API's own, is not known. None if
    it surely does not, and for anything else."""
    from wa_iac.aws.apigateway import Api, RestApi

    if not isinstance(resource, RestApi | Api):
        return None
    written = [each.access_log for each in resource.stages]
    return first_unknown(counted, resource.stages.unknown, *(each for each in written if not any(graph.referred(each))))


def _unnamed(graph: Graph) -> Unknown | None:
    """Why a metric filter may write another metric; None if all of their names are known."""
    from wa_iac.aws.logs import MetricFilter

    transformations = [made for each in graph.of(MetricFilter) for made in each.transformations]
    return first_unknown(*(each.unknown for each in transformations), *(each.name for each in transformations))


def set_to_write_to(group: Declared, graph: Graph) -> Iterator[Declared]:
    """What refers to a log group and is set to write to it, and the APIs whose stages are."""
    if group.type not in _GROUPS:
        return
    from wa_iac.aws.logs import LogGroup

    for each in graph.referring(graph.typed(group, LogGroup), graph.once(_may_write)):
        yield each
        if each.type in _STAGES:
            yield from graph.referred(each.body)


def _counted(graph: Graph) -> dict[object, list[Tree]]:
    """The log groups of metric filters, by the names of the metrics that they write and by the identities of the filters."""
    from wa_iac.aws.logs import MetricFilter

    found: dict[object, list[Tree]] = defaultdict(list)
    for each in graph.of(MetricFilter):
        names = [made.name for made in each.transformations]
        keys = [name if isinstance(name, Unknown) else name.value for name in names if not isinstance(name, Absent)]
        for key in dict.fromkeys((id(each.declared), *keys)):
            found[key] += [value_at(each.declared.body, name) for name in ("LogGroupName", "log_group_name")]
    return found


def _may_write(graph: Graph) -> frozenset[str]:
    return frozenset(graph.types - _FILTERS - _GROUPS - _OTHERS)
