"""What a function is used for, where the rest of the unit shows it."""

from typing import Final

from wa_iac.aws.lambda_function import Alias, Function
from wa_iac.core.awscc import and_awscc
from wa_iac.core.graph import Graph
from wa_iac.core.resource import Resource
from wa_iac.core.value import Absent, Known

_USES: Final = (
    (
        and_awscc("AWS::CloudFront::Distribution", "aws_cloudfront_distribution", "aws_cloudfront_multitenant_distribution"),
        "it runs at the edge, for a CloudFront distribution",
    ),
    (("AWS::Greengrass", "awscc_greengrass"), "it runs on devices, under Greengrass"),
    (
        ("Custom::", "AWS::CloudFormation::CustomResource", "AWS::CloudFormation::Macro"),
        "it runs only while a stack is deployed, for CloudFormation",
    ),
)

_EVENT_RULES: Final = frozenset(and_awscc("AWS::Events::Rule", "aws_cloudwatch_event_rule"))
_ASYNCHRONOUS = {"s3.amazonaws.com": "S3", "sns.amazonaws.com": "SNS", "ses.amazonaws.com": "SES"}
"""The services that do not wait for a function, by their principals."""


def special_use(function: Function, graph: Graph) -> str:
    """Why a function is no ordinary one: it runs elsewhere than in a Region, or only while a stack is deployed; else empty."""
    named: list[Resource] = [function, *function.versions, *function.aliases]
    uses = graph.once(_uses)
    found = [uses[id(each.declared)] for each in named if id(each.declared) in uses]
    return min(found)[1] if found else ""


def _uses(graph: Graph) -> dict[int, tuple[int, str]]:
    """What is named by a resource that says so: why, and the first such resource's number."""
    found: dict[int, tuple[int, str]] = {}
    for number, each in enumerate(graph.declared):
        why = next((why for types, why in _USES if each.type.startswith(types)), None)
        if why is not None:
            for declared in graph.referred(each.body):
                found.setdefault(id(declared), (number, why))
    return found


def asynchronous_source(function: Function, graph: Graph) -> str:
    """Which service hands it events and does not wait; empty where none is seen."""
    entrances: list[Function | Alias] = [function, *function.aliases]
    for entrance in entrances:
        for permission in entrance.permissions:
            if isinstance(permission.principal, Known) and permission.principal.value in _ASYNCHRONOUS:
                return _ASYNCHRONOUS[permission.principal.value]
    called = graph.once(_called_for_events)
    return "EventBridge" if any(id(each.declared) in called for each in entrances) else ""


def _called_for_events(graph: Graph) -> frozenset[int]:
    """The `id` of each declaration that is called for events that match a pattern."""
    if _EVENT_RULES.isdisjoint(graph.types):
        return frozenset()
    from wa_iac.aws.eventbridge import EventRule

    rules = [each for each in graph.of(EventRule) if not isinstance(each.pattern, Absent) and isinstance(each.schedule, Absent)]
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
