"""Amazon CloudWatch: alarms and dashboards. Log groups are in `logs`."""

from collections.abc import Iterator
from typing import Annotated, Any, NamedTuple

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.partial import PartlyMap
from wa_iac.core.resource import Block, Resource
from wa_iac.core.value import Absent, Known, Tree, Unknown, Value


class Dimension(NamedTuple):
    """One dimension of a metric. If a dimension cannot be listed, its value is unknown and its name empty."""

    name: str
    value: Tree


class MetricQuery(Block):
    """One of the metrics, or metric math expressions, of an alarm."""

    id: Annotated[Value[str], Cfn("Id"), Tf("id")]
    expression: Annotated[Value[str], Cfn("Expression"), Tf("expression")]
    metric: Annotated[Value[str], Cfn("MetricStat.Metric.MetricName"), Tf("metric.metric_name")]
    namespace: Annotated[Value[str], Cfn("MetricStat.Metric.Namespace"), Tf("metric.namespace")]
    written: Annotated[Value[Any], Cfn("MetricStat.Metric.Dimensions"), Tf("metric.dimensions")]
    return_data: Annotated[Value[bool], Cfn("ReturnData"), Tf("return_data")]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        return tuple(_dimensions(self.written))


class Alarm(Resource, cfn="AWS::CloudWatch::Alarm", tf="aws_cloudwatch_metric_alarm", cfn_key="AlarmName", tf_key="alarm_name"):
    """An alarm on a metric, or on an expression of several."""

    name: Annotated[Value[str], Cfn("AlarmName"), Tf("alarm_name")]
    description: Annotated[Value[str], Cfn("AlarmDescription"), Tf("alarm_description")]
    metric: Annotated[Value[str], Cfn("MetricName"), Tf("metric_name")]
    namespace: Annotated[Value[str], Cfn("Namespace"), Tf("namespace")]
    written: Annotated[Value[Any], Cfn("Dimensions"), Tf("dimensions")]
    queries: Annotated[list[MetricQuery], Cfn("Metrics[]"), Tf("metric_query[]")]
    # A PromQL query instead of a metric. It covers everything that it finds.
    promql: Annotated[
        Value[str], Cfn("EvaluationCriteria.PromQLCriteria.Query"), Tf("evaluation_criteria.promql_criteria.query")
    ]
    statistic: Annotated[Value[str], Cfn("Statistic"), Cfn("ExtendedStatistic"), Tf("statistic"), Tf("extended_statistic")]
    threshold: Annotated[Value[float], Cfn("Threshold"), Tf("threshold")]
    period: Annotated[Value[int], Cfn("Period"), Tf("period")]
    evaluation_periods: Annotated[Value[int], Cfn("EvaluationPeriods"), Tf("evaluation_periods")]
    missing_data: Annotated[Value[str], Cfn("TreatMissingData"), Tf("treat_missing_data"), Default("missing")]
    actions_enabled: Annotated[Value[bool], Cfn("ActionsEnabled"), Tf("actions_enabled"), Default(True)]
    alarm_actions: Annotated[Value[list[Value[str]]], Cfn("AlarmActions"), Tf("alarm_actions")]
    ok_actions: Annotated[Value[list[Value[str]]], Cfn("OKActions"), Tf("ok_actions")]
    insufficient_data_actions: Annotated[
        Value[list[Value[str]]], Cfn("InsufficientDataActions"), Tf("insufficient_data_actions")
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]

    @property
    def dimensions(self) -> tuple[Dimension, ...]:
        """The dimensions of its own metric. For `queries`, see there."""
        return tuple(_dimensions(self.written))

    @property
    def metrics(self) -> Iterator[tuple[Value[str], Value[str], tuple[Dimension, ...]]]:
        """Every metric of the alarm: namespace, name, dimensions."""
        if not isinstance(self.metric, Absent):
            yield self.namespace, self.metric, self.dimensions
        for query in self.queries:
            if not isinstance(query.metric, Absent):
                yield query.namespace, query.metric, query.dimensions


class LogAlarm(Resource, cfn="AWS::CloudWatch::LogAlarm", cfn_key="AlarmName"):
    """An alarm on the results of a scheduled query of logs."""

    name: Annotated[Value[str], Cfn("AlarmName")]
    description: Annotated[Value[str], Cfn("AlarmDescription")]
    log_groups: Annotated[Value[list[Value[str]]], Cfn("ScheduledQueryConfiguration.LogGroupIdentifiers")]
    actions_enabled: Annotated[Value[bool], Cfn("ActionsEnabled"), Default(True)]
    alarm_actions: Annotated[Value[list[Value[str]]], Cfn("AlarmActions")]
    ok_actions: Annotated[Value[list[Value[str]]], Cfn("OKActions")]
    insufficient_data_actions: Annotated[Value[list[Value[str]]], Cfn("InsufficientDataActions")]
    tags: Annotated[Value[Tags], Cfn("Tags")]


class CompositeAlarm(
    Resource,
    cfn="AWS::CloudWatch::CompositeAlarm",
    tf="aws_cloudwatch_composite_alarm",
    cfn_key="AlarmName",
    tf_key="alarm_name",
):
    """An alarm on the states of other alarms."""

    name: Annotated[Value[str], Cfn("AlarmName"), Tf("alarm_name")]
    description: Annotated[Value[str], Cfn("AlarmDescription"), Tf("alarm_description")]
    rule: Annotated[Value[str], Cfn("AlarmRule"), Tf("alarm_rule")]
    suppressor: Annotated[Value[str], Cfn("ActionsSuppressor"), Tf("actions_suppressor.alarm")]
    actions_enabled: Annotated[Value[bool], Cfn("ActionsEnabled"), Tf("actions_enabled"), Default(True)]
    alarm_actions: Annotated[Value[list[Value[str]]], Cfn("AlarmActions"), Tf("alarm_actions")]
    ok_actions: Annotated[Value[list[Value[str]]], Cfn("OKActions"), Tf("ok_actions")]
    insufficient_data_actions: Annotated[
        Value[list[Value[str]]], Cfn("InsufficientDataActions"), Tf("insufficient_data_actions")
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class Dashboard(
    Resource, cfn="AWS::CloudWatch::Dashboard", tf="aws_cloudwatch_dashboard", cfn_key="DashboardName", tf_key="dashboard_name"
):
    """A dashboard."""

    name: Annotated[Value[str], Cfn("DashboardName"), Tf("dashboard_name")]
    body: Annotated[Value[EmbeddedDocument], Cfn("DashboardBody"), Tf("dashboard_body")]


def _dimensions(written: Tree) -> Iterator[Dimension]:
    match written:
        case Known(dict() as entries):
            for name, value in entries.items():
                yield Dimension(name, value)
        case PartlyMap():
            for name, value in written.entries.items():
                yield Dimension(name, value)
            yield Dimension("", written)
        case Known(list() as items):
            for item in items:
                match item:
                    case Known({"Name": Known(str() as name)} as pair) | Known({"name": Known(str() as name)} as pair):
                        yield Dimension(name, pair.get("Value", pair.get("value", Absent(item.origin))))
                    case Known({"Name": Unknown() as name}) | Known({"name": Unknown() as name}):
                        yield Dimension("", name)
                    case Unknown():
                        yield Dimension("", item)
                    case _:
                        pass
        case Unknown():
            yield Dimension("", written)
        case _:
            pass
