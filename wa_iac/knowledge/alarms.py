"""Whether an alarm of the unit watches a resource: for the rules that ask for one."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from typing import Final

from wa_iac.aws.cloudwatch import Alarm, Dimension, LogAlarm
from wa_iac.core.algebra import are_equal
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.logic import all_of, any_of
from wa_iac.core.paths import OF_TESTS
from wa_iac.core.resource import Resource
from wa_iac.core.span import Span
from wa_iac.core.value import Absent, Known, Origin, Tree, Unknown, Value

from .alarm_names import called, mentions, names, of_promql
from .importers import imported_by
from .log_writers import counted_in, doubt_of, log_in_doubt, set_to_write_to
from .unread_modules import made_by_module

_SCALING: Final = and_awscc(
    "AWS::AutoScaling::ScalingPolicy",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "aws_autoscaling_policy",
    "aws_appautoscaling_policy",
)
RULES: Final = frozenset(and_awscc("AWS::Events::Rule", "aws_cloudwatch_event_rule"))
_COMPOSITE: Final = frozenset(and_awscc("AWS::CloudWatch::CompositeAlarm", "aws_cloudwatch_composite_alarm"))
_OF_QUEUES: Final = "AWS/SQS"
_ALARMS: Final = late(r"alarm|alert|monitor")
_DIMENSIONS: Final = ("Dimensions.Value", "Metrics.MetricStat.Metric.Dimensions.Value")
"""Where an alarm of a template names what it watches."""
_OF_FUNCTION: Final = late(r"(?:^|:)/aws/lambda/(?P<name>[\w.-]+)(?::\*)?$")
"""The log group of a function (AWS Lambda Developer Guide, "Sending Lambda function logs to CloudWatch Logs"), or the end of its ARN."""


def health_alarms(graph: Graph) -> list[Alarm]:
    """The alarms that are not there only to scale something."""
    return [each for each in graph.of(Alarm) if not only_scales(each, graph)]


def only_scales(alarm: Alarm, graph: Graph) -> bool:
    """Whether all that an alarm does is to scale something."""
    actions = (alarm.alarm_actions, alarm.ok_actions, alarm.insufficient_data_actions)
    listed = [item for each in actions if isinstance(each, Known) for item in each.value]
    return bool(listed) and all(_scales(each, graph) for each in listed)


def _scales(action: Tree, graph: Graph) -> bool:
    return any(found.type in _SCALING for found in graph.referred(action))


def any_watch(resource: Resource, graph: Graph, *, telling: bool = False) -> bool:
    """Whether its module, or the one that calls that, has an alarm on the health of anything: alarms of other modules say nothing about who
    watches this. Alarms of tests do not count where the resource is none of theirs, nor, with `telling`, do those that tell nobody."""
    watching = graph.once(_watching)
    folders = watching.telling if telling else watching.folders
    module = module_of(resource)
    here = _folder(resource)
    return any(not _is_of_tests(each, here) for key in dict.fromkeys((module, module[:-1])) for each in folders.get(key, ()))


def _may_tell(alarm: Alarm, graph: Graph) -> bool:
    """Whether an alarm has an action, or something here may act on alarms: a composite one, a rule of EventBridge. One that scales something
    tells of that only, if it tells somebody at all."""
    actions = (alarm.alarm_actions, alarm.ok_actions, alarm.insufficient_data_actions)
    if any(not isinstance(each, Absent) and each != Known([]) for each in actions):
        return not any(_scales(each, graph) for each in actions)
    return not (_COMPOSITE.isdisjoint(graph.types) and RULES.isdisjoint(graph.types))


def module_of(resource: Resource) -> tuple[Span, ...]:
    """Which module a resource is in: the calls through which it is reached."""
    return tuple(each.span for each in resource.declared.calls)


def _folder(resource: Resource) -> tuple[str, ...]:
    return tuple(resource.declared.span.path.split("/")[:-1])


def _is_of_tests(folder: tuple[str, ...], here: tuple[str, ...]) -> bool:
    """Whether a folder is one of tests, apart from what it has in common with another one."""
    common = next(
        (index for index, pair in enumerate(zip(folder, here, strict=False)) if pair[0] != pair[1]), min(len(folder), len(here))
    )
    return not OF_TESTS.isdisjoint(part.lower() for part in folder[common:])


def any_queue_is_watched(graph: Graph) -> bool:
    """Whether an alarm that may tell somebody watches a queue."""
    return any(
        of == Known(_OF_QUEUES) and dimensions and _may_tell(alarm, graph)
        for alarm in health_alarms(graph)
        for of, _, dimensions in alarm.metrics
    )


def looking_at(resource: Resource, graph: Graph) -> Iterator[tuple[Alarm | LogAlarm, Value[bool]]]:
    """The alarms that may look at a resource, and whether they do."""
    return _answers((resource,), graph.once(_watching), graph, "")


def watched(resource: Resource, graph: Graph, *, also: Collection[Resource] = (), namespace: str = "") -> Value[bool]:
    """Whether an alarm watches a resource, or one of `also`, by whatever metric; or the whole `namespace`, without dimensions."""
    return _watched((resource, *also), graph.once(_watching), graph, namespace)


class _Watching:
    """The alarms of a unit on the health of something, by what they look at: gone over once, since every resource asks.

    Attributes:
        folders: where their files are, by their modules.
        telling: the same of those that may tell somebody.
        referred: by the identity of a declared resource, those with a dimension that refers to it.
        named: by what is written in a dimension, and by each of its first two parts where it has slashes; in lower case.
        loose: those with a dimension that refers to nothing here and is not known.
        others: those with an expression, a query, or a metric without dimensions.
        counting: those whose metric a filter counts in a log, or may count, and why the log is not known.
    """

    def __init__(self) -> None:
        self.folders: dict[tuple[Span, ...], set[tuple[str, ...]]] = defaultdict(set)
        self.telling: dict[tuple[Span, ...], set[tuple[str, ...]]] = defaultdict(set)
        self.referred: dict[int, list[Alarm | LogAlarm]] = defaultdict(list)
        self.named: dict[str, list[tuple[Alarm | LogAlarm, Dimension]]] = defaultdict(list)
        self.loose: list[tuple[Alarm, Dimension]] = []
        self.others: list[Alarm] = []
        self.counting: list[tuple[Alarm, Unknown | None]] = []

    def add(self, alarm: Alarm, graph: Graph) -> None:
        self.folders[module_of(alarm)].add(_folder(alarm))
        if _may_tell(alarm, graph):
            self.telling[module_of(alarm)].add(_folder(alarm))
        metrics = list(alarm.metrics)
        if len(metrics) < len(alarm.queries) or not metrics or not all(dimensions for _, _, dimensions in metrics):
            self.others.append(alarm)
        for _, name, dimensions in metrics:
            groups = [*counted_in(name, graph)]
            for group in groups:
                self._add_writers(alarm, group, graph)
            doubt = None if dimensions else doubt_of(name, groups, graph)
            if groups or doubt is not None:
                self.counting.append((alarm, doubt))
        for _, _, dimensions in metrics:
            for each in dimensions:
                declared = list(graph.referred(each.value))
                for found in declared:
                    self.referred[id(found)].append(alarm)
                if any(found.kind == "resource" for found in declared):
                    continue
                if isinstance(each.value, Known):
                    text = str(each.value.value).lower()
                    for part in dict.fromkeys((text, *text.split("/")[:2])):
                        self.named[part].append((alarm, each))
                elif isinstance(each.value, Unknown):
                    self.loose.append((alarm, each))

    def add_logs(self, alarm: LogAlarm, graph: Graph) -> None:
        """An alarm on logs watches whoever writes them."""
        self.folders[module_of(alarm)].add(_folder(alarm))
        self.telling[module_of(alarm)].add(_folder(alarm))
        for group in alarm.log_groups.value if isinstance(alarm.log_groups, Known) else []:
            self._add_writers(alarm, group, graph)

    def _add_writers(self, alarm: Alarm | LogAlarm, group: Tree, graph: Graph) -> None:
        """Whoever writes to a log group: what it is named after, by a reference or as Lambda does, and what is set to write to it."""
        texts: list[Tree] = [group]
        for each in graph.referred(group):
            self.referred[id(each)].append(alarm)
            texts += [value_at(each.body, key) for key in ("LogGroupName", "name", "log_group_name")]
            for writer in (*graph.referred(each.body), *set_to_write_to(each, graph)):
                self.referred[id(writer)].append(alarm)
        for text in texts:
            if isinstance(text, Known) and isinstance(text.value, str) and (found := _OF_FUNCTION.search(text.value)):
                name = found["name"]
                self.named[name.lower()].append((alarm, Dimension("FunctionName", Known(name, text.origin))))


def _watching(graph: Graph) -> _Watching:
    made = _Watching()
    for alarm in health_alarms(graph):
        made.add(alarm, graph)
    for logs in graph.of(LogAlarm):
        made.add_logs(logs, graph)
    return made


def _watched(resources: Collection[Resource], alarms: _Watching, graph: Graph, namespace: str) -> Value[bool]:
    """Whether one of the alarms is on one of the resources, by whatever metric."""
    answers = (
        all_of((answer, any_of(alarm.declared.exists_with(each.declared) for each in resources)))
        for alarm, answer in _answers(resources, alarms, graph, namespace)
    )
    handed = (made_by_module(each, graph, _ALARMS, "an alarm for it") for each in resources)
    elsewhere = (
        imported_by(each, graph, Alarm, *_DIMENSIONS, test=lambda alarm, its: Known(not only_scales(alarm, its)))
        for each in resources
    )
    return any_of((*answers, *elsewhere, *(each for each in handed if each is not None)), Origin())


def _answers(
    resources: Collection[Resource], alarms: _Watching, graph: Graph, namespace: str
) -> Iterator[tuple[Alarm | LogAlarm, Value[bool]]]:
    """Of what the alarms look at and may be one of the resources, whether it is."""
    for resource in resources:
        yield from ((alarm, Known(True)) for alarm in alarms.referred.get(id(resource.declared), ()))
        for name in called(resource):
            if isinstance(name, Known):
                found = alarms.named.get(str(name.value).lower(), [])
            elif isinstance(name, Unknown):
                found = [each for several in alarms.named.values() for each in several]
            else:
                found = []
            yield from ((alarm, names(each, resource, graph)) for alarm, each in found)
        yield from ((alarm, names(each, resource, graph)) for alarm, each in alarms.loose)
        for alarm in alarms.others:
            yield from ((alarm, answer) for answer in _by_expression(alarm, resource, graph))
        for alarm, doubt in alarms.counting:
            if (why := log_in_doubt(resource, doubt, graph)) is not None:
                yield alarm, why
    for alarm in alarms.others:
        for of, _, dimensions in alarm.metrics:
            if namespace and not dimensions and are_equal(of, Known(namespace)) is not False:
                yield alarm, Known(True)


def _by_expression(alarm: Alarm, resource: Resource, graph: Graph) -> Iterator[Value[bool]]:
    for query in alarm.queries:
        if query.unknown is not None:
            yield query.unknown
        elif isinstance(query.metric, Absent):
            yield mentions(query.expression, resource, graph)
    if not isinstance(alarm.promql, Absent):
        yield of_promql(alarm.promql, resource, graph)
