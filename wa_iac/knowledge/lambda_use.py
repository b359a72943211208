"""What a function is used for, where the rest of the unit shows it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from wa_iac.aws.lambda_function import Alias, Function
from wa_iac.core.awscc import and_awscc
from wa_iac.core.binding import value_at
from wa_iac.core.declared import Declared
from wa_iac.core.graph import Graph
from wa_iac.core.late_pattern import late
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known

from .inline_code import only_prints
from .role_permissions import only_runs_functions
from .workshops import description_of

if TYPE_CHECKING:
    from wa_iac.aws.eventbridge import EventRule, Schedule
    from wa_iac.aws.sns import Topic

_AT_DEPLOYMENT: Final = "it runs only while a stack is deployed, for CloudFormation"
_USES: Final = (
    (
        "",
        and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"),
        "it runs at the edge, for a CloudFront distribution",
    ),
    ("", ("AWS::Greengrass", "awscc_greengrass"), "it runs on devices, under Greengrass"),
    ("ServiceToken", ("Custom::", "AWS::CloudFormation::CustomResource"), _AT_DEPLOYMENT),
    ("FunctionName", ("AWS::CloudFormation::Macro",), _AT_DEPLOYMENT),
)
"""Where resources of some types name a function, everywhere if that is empty, and what the function is then."""

_EVENT_RULES: Final = frozenset(and_awscc("AWS::Events::Rule", "aws_cloudwatch_event_rule"))
_SCHEDULES: Final = frozenset(and_awscc("AWS::Scheduler::Schedule", "aws_scheduler_schedule"))
_BUILDERS: Final = frozenset({"aws.codepipeline", "aws.codebuild", "aws.codedeploy"})
_FAILED: Final = frozenset(
    {"FAILED", "FAILURE", "ERROR", "TIMEOUT", "TIMED_OUT", "ABORTED", "CANCELLED", "INTERRUPTED", "TERMINATED_WITH_ERRORS"}
)
"""States of jobs that have come to nothing."""
_HELD_UP: Final = frozenset({"EC2 Instance-launch Lifecycle Action", "EC2 Instance-terminate Lifecycle Action"})
"""The events of Auto Scaling on which a lifecycle hook waits."""
_HOOKS: Final = frozenset(and_awscc("AWS::AutoScaling::LifecycleHook", "aws_autoscaling_lifecycle_hook"))
_SUBSCRIPTIONS: Final = frozenset(and_awscc("AWS::SNS::Subscription", "aws_sns_topic_subscription", "AWS::SNS::Topic"))
_CUSTOM: Final = late(r"(?i)\bcustom resources?\b")
_WAIT: Final = "AWS::CloudFormation::WaitConditionHandle"
_ASYNCHRONOUS = {"s3.amazonaws.com": "S3", "sns.amazonaws.com": "SNS", "ses.amazonaws.com": "SES"}
"""The services that do not wait for a function, by their principals."""


def special_use(function: Function, graph: Graph) -> str:
    """Why a function is no ordinary one: it runs elsewhere than in a Region, or only while a stack is deployed; else empty."""
    named: list[Resource] = [function, *function.versions, *function.aliases]
    uses = graph.once(_uses)
    found = [uses[id(each.declared)] for each in named if id(each.declared) in uses]
    return min(found)[1] if found else ""


def runs_at_deployment(function: Function, graph: Graph) -> bool:
    """Whether a function runs only while a stack is deployed, for CloudFormation."""
    return special_use(function, graph) == _AT_DEPLOYMENT


def _uses(graph: Graph) -> dict[int, tuple[int, str]]:
    """What is named by a resource that says so: why, and the first such resource's number."""
    found: dict[int, tuple[int, str]] = {}
    for number, each in enumerate(graph.declared):
        use = next(((path, why) for path, types, why in _USES if each.type.startswith(types)), None)
        if use is not None:
            path, why = use
            for declared in graph.referred(value_at(each.body, path) if path else each.body):
                found.setdefault(id(declared), (number, why))
    return found


def asynchronous_sources(function: Function, graph: Graph) -> list[str]:
    """The services that hand it events and do not wait; empty where none is seen."""
    entrances = _entrances(function)
    principals = [
        each.principal.value for entrance in entrances for each in entrance.permissions if isinstance(each.principal, Known)
    ]
    found = [_ASYNCHRONOUS[each] for each in principals if each in _ASYNCHRONOUS]
    called = graph.once(_called_for_events)
    return [*dict.fromkeys(found), *(["EventBridge"] if any(id(each.declared) in called for each in entrances) else [])]


def is_scheduled(function: Function, graph: Graph) -> bool:
    """Whether a schedule starts it."""
    scheduled = graph.once(_called_by_schedules)
    return any(id(each.declared) in scheduled for each in _entrances(function))


def is_repeated(function: Function, graph: Graph) -> bool:
    """Whether the next run of a schedule repeats what it does for other events: it gets a constant text instead of the event, or S3 starts it."""
    if not is_scheduled(function, graph):
        return False
    sources = asynchronous_sources(function, graph)
    gets_events = graph.once(_gets_events)
    return sources == ["S3"] or (
        sources == ["EventBridge"] and not any(id(each.declared) in gets_events for each in _entrances(function))
    )


def _gets_events(graph: Graph) -> frozenset[int]:
    """The `id` of each declaration that gets the events themselves that match a pattern, or parts of them."""
    if _EVENT_RULES.isdisjoint(graph.types):
        return frozenset()
    from wa_iac.aws.eventbridge import EventRule

    targets = [target for rule in graph.of(EventRule) if not isinstance(rule.pattern, Absent) for target in rule.targets]
    arns = [each.arn for each in targets if not isinstance(each.constant, Known)]
    return frozenset(id(declared) for arn in arns for declared in graph.referred(arn))


def signals_a_wait(function: Function, graph: Graph) -> bool:
    """Whether a deployment waits for it, and fails if nothing comes: it knows the URL at which a stack waits for a signal, or its template says
    that it makes custom resources, which a topic of another stack hands it."""
    if _WAIT in graph.types and any(each.type == _WAIT for each in graph.referred(function.declared.body)):
        return True
    return (
        asynchronous_sources(function, graph) == ["SNS"]
        and not graph.referring(function, _SUBSCRIPTIONS)
        and _CUSTOM.search(description_of(function, graph)) is not None
    )


def _entrances(function: Function) -> list[Function | Alias]:
    return [function, *function.aliases]


def _called_for_events(graph: Graph) -> frozenset[int]:
    """The `id` of each declaration that is called for events that match a pattern."""
    if _EVENT_RULES.isdisjoint(graph.types):
        return frozenset()
    from wa_iac.aws.eventbridge import EventRule

    rules = [each for each in graph.of(EventRule) if not isinstance(each.pattern, Absent) and isinstance(each.schedule, Absent)]
    return _targets(rules, graph)


def only_follows_builds(function: Function, graph: Graph) -> bool:
    """Whether events call it only when the state of a pipeline, a build or a deployment changes, which their service shows too."""
    events = _only_events(function, graph)
    return bool(events) and all(each.source in _BUILDERS for each in events)


def only_follows_failures(function: Function, graph: Graph) -> bool:
    """Whether events call it only when jobs of others have failed, which their service shows too."""
    events = _only_events(function, graph)
    return bool(events) and all(each.failures for each in events)


def only_answers_hooks(function: Function, graph: Graph) -> bool:
    """Whether events call it only when an instance starts or ends, which a lifecycle hook of its group holds up for a time."""
    if asynchronous_sources(function, graph) == ["SNS"]:
        topics = _topics(function, graph)
        return bool(topics) and all(graph.referring(each, _HOOKS) for each in topics)
    events = _only_events(function, graph)
    return bool(events) and all(each.source == "aws.autoscaling" and each.kind in _HELD_UP for each in events)


def _topics(function: Function, graph: Graph) -> list[Topic]:
    """The topics whose messages call it, as far as subscriptions are resources of their own; none if one of them is not here."""
    from wa_iac.aws.sns import Subscription

    kinds = frozenset(Subscription.types())
    found = [graph.typed(each, Subscription) for entrance in _entrances(function) for each in graph.referring(entrance, kinds)]
    return [topic for each in found for topic in each.topic] if all(each.topic.targets for each in found) else []


class _Event(NamedTuple):
    """Events that a rule matches: their source, their detail type, and whether they only tell of failures."""

    source: str
    kind: str
    failures: bool


def _only_events(function: Function, graph: Graph) -> list[_Event]:
    """The events that call it; empty if others than events of EventBridge call it too."""
    if asynchronous_sources(function, graph) != ["EventBridge"]:
        return []
    by_target = graph.once(_events_by_target)
    return [event for each in _entrances(function) for event in by_target.get(id(each.declared), ())]


def _events_by_target(graph: Graph) -> dict[int, list[_Event]]:
    """The events for which each declaration is called; what is not known is empty."""
    if _EVENT_RULES.isdisjoint(graph.types):
        return {}
    from wa_iac.aws.eventbridge import EventRule

    found: dict[int, list[_Event]] = {}
    for rule in graph.of(EventRule):
        body: object = rule.pattern.value if isinstance(rule.pattern, Known) else None
        written = body if isinstance(body, dict) else {}
        failures = _asks_for_failures(written.get("detail"))
        events = [
            _Event(source, kind, failures)
            for source in _texts(written.get("source"))
            for kind in _texts(written.get("detail-type"))
        ]
        for target in _targets([rule], graph):
            found.setdefault(target, []).extend(events)
    return found


def _asks_for_failures(detail: object) -> bool:
    """Whether a pattern only matches states of failure."""
    body = detail.value if isinstance(detail, Known) and isinstance(detail.value, dict) else {}
    states = [each for key in ("state", "status") if key in body for each in _texts(body[key])]
    return bool(states) and all(each.upper() in _FAILED for each in states)


def _texts(field: object) -> list[str]:
    """The texts that a field of a pattern lists; one that is not known is empty."""
    listed = field.value if isinstance(field, Known) and isinstance(field.value, list) else []
    return [str(each.value) if isinstance(each, Known) else "" for each in listed] or [""]


def _called_by_schedules(graph: Graph) -> frozenset[int]:
    """The `id` of each declaration that a schedule calls."""
    if (_EVENT_RULES | _SCHEDULES).isdisjoint(graph.types):
        return frozenset()
    from wa_iac.aws.eventbridge import EventRule, Schedule

    rules = [each for each in graph.of(EventRule) if not isinstance(each.schedule, Absent)]
    return _targets([*rules, *graph.of(Schedule)], graph)


def _targets(rules: Sequence[EventRule | Schedule], graph: Graph) -> frozenset[int]:
    arns = [target.arn for rule in rules for target in rule.targets]
    return frozenset(id(declared) for arn in arns for declared in graph.referred(arn))


def kept_on_x86(function: Function) -> str:
    """Why its code may hold what was built for x86; empty where nothing shows that."""
    if function.package_type == Known("Image") or not isinstance(function.image, Absent):
        return "a container image is built for one architecture"
    if function.layers.elsewhere:
        return "a layer from elsewhere may hold libraries that were built for x86"
    for layer in function.layers:
        listed = layer.compatible_architectures
        if not isinstance(listed, Known) or Known("arm64") not in listed.value:
            return "one of its layers may hold libraries that were built for x86"
    return ""


def only_answers(behind: Iterable[Declared], graph: Graph) -> bool:
    """Whether all that is behind an API are functions without variables that may do nothing but write their logs, outside of a VPC, or whose code, in
    the template itself, reaches nothing."""
    functions = [graph.typed(each, Function) for each in behind if each.type in Function.types()]
    return bool(functions) and all(
        isinstance(each.environment, Absent) and (only_prints(each) or _may_do_nothing(each, graph)) for each in functions
    )


def _may_do_nothing(function: Function, graph: Graph) -> bool:
    """Whether a function reaches no network of its own, and its role allows it nothing but to run."""
    roles = function.role.targets
    return not function.places and bool(roles) and all(only_runs_functions(each, graph) for each in roles)
