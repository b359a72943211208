"""Events that another service pushes: it gets the function's ARN, and the permission to call it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from wa_iac.core.span import Span
from wa_iac.parsers.cloudformation.sam.nodes import (
    Made,
    build,
    entries,
    get_att,
    is_no_value,
    listed,
    ref,
    referred,
    sub,
    text,
    when,
    with_members,
)
from wa_iac.parsers.cloudformation.sam.permissions.roles import allow
from wa_iac.parsers.cloudformation.text.located import Entry, ListNode, MapNode, Node, ScalarNode

from .event import Event

_LOGS: Final = "arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${__LogGroupName__}:*"
_RULE: Final = "arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${RuleName}"


def alexa_skill(event: Event) -> list[Made]:
    """An Alexa skill invokes the function. Without the skill's id, any skill may."""
    event.permission("alexa-appkit.amazon.com", EventSourceToken=event.get("SkillId"))
    return []


def cloudwatch_logs(event: Event) -> list[Made]:
    """New events of a log group."""
    group = event.properties["LogGroupName"]
    permitted = event.permission("logs.amazonaws.com", SourceArn=sub(_LOGS, __LogGroupName__=group.value))
    filtered = {**event.only("LogGroupName", "FilterPattern"), "DestinationArn": event.target.arn}
    event.put("AWS::Logs::SubscriptionFilter", filtered, DependsOn=[permitted])
    return []


def iot_rule(event: Event) -> list[Made]:
    """A rule of AWS IoT."""
    event.permission("iot.amazonaws.com", SourceAccount=sub("${AWS::AccountId}"), SourceArn=sub(_RULE, RuleName=ref(event.id)))
    payload: dict[str, Made] = {
        **event.only("Sql", "AwsIotSqlVersion"),
        "RuleDisabled": False,
        "Actions": [{"Lambda": {"FunctionArn": event.target.arn}}],
    }
    event.put("AWS::IoT::TopicRule", {"TopicRulePayload": payload})
    return []


def cognito(event: Event) -> list[Made]:
    """Triggers of a user pool in the template."""
    pool = referred(event.get("UserPool"))
    triggers = {text(item): Entry(item.span, build(event.target.arn, event.at)) for item in listed(event.get("Trigger"))}
    if not _change(event, pool, "AWS::Cognito::UserPool", "UserPool", lambda node: _with_triggers(node, triggers, event.at)):
        return []
    owner = event.target.alias or event.source.name
    arn = get_att(pool, "Arn")
    permitted = {"Action": "lambda:InvokeFunction", "FunctionName": event.target.name_or_alias, "SourceArn": arn}
    event.source.put(
        f"{owner}CognitoPermission",
        "AWS::Lambda::Permission",
        {**permitted, "Principal": "cognito-idp.amazonaws.com"},
        at=event.at,
    )
    return []


def _with_triggers(node: MapNode, triggers: dict[str, Entry], at: Span) -> MapNode:
    configuration = _property(node, "LambdaConfig", at)
    return _with_property(node, "LambdaConfig", {**entries(configuration), **triggers}, at)


def s3(event: Event) -> list[Made]:
    """Notifications of a bucket in the template."""
    bucket = referred(event.get("Bucket"))
    added: list[Node] = []
    for item in listed(event.get("Events")):
        if not isinstance(item, ScalarNode) or not item.text:
            event.error("the Events of an S3 event must be names of events", item.span)
            continue
        one: Made = {"Event": item, "Function": event.target.arn, "Filter": event.get("Filter")}
        added.append(build(when(event.source.condition, one), event.at))
    permitted = event.id + "Permission"

    def notified(node: MapNode) -> MapNode:
        configuration = entries(_property(node, "NotificationConfiguration", event.at))
        existing = listed(configuration.get("LambdaConfigurations"))
        functions = Entry(event.at, ListNode([*existing, *added], event.at))
        node = _with_property(node, "NotificationConfiguration", {**configuration, "LambdaConfigurations": functions}, event.at)
        node = _with_tags(node, event)
        if event.source.condition:
            return node
        before = node.entries.get("DependsOn")
        needed = [*listed(before), ScalarNode(permitted, permitted, event.at)]
        key, span = (event.at, event.at) if before is None else (before.key, before.value.span)
        return with_members(node, {"DependsOn": Entry(key, ListNode(needed, span))})

    if _change(event, bucket, "AWS::S3::Bucket", "Bucket", notified):
        event.permission("s3.amazonaws.com", SourceAccount=ref("AWS::AccountId"))
    return []


def _with_tags(node: MapNode, event: Event) -> MapNode:
    """The bucket with the tags that the function propagates to its resources. SAM also tags the bucket."""
    passed = event.source.propagated
    if not isinstance(passed, Entry):
        return node
    before = entries(node.entries.get("Properties")).get("Tags")
    tags = ListNode([*listed(before), *listed(passed)], event.at)
    return _with_property_node(node, "Tags", Entry(event.at if before is None else before.key, tags), event.at)


def _change(event: Event, name: str, kind: str, called: str, change: Callable[[MapNode], MapNode]) -> bool:
    """Changes the template's resource that an event names. If there is none, that is an error."""
    expansion = event.source.expansion
    if not name or expansion.kind(name) != kind:
        event.error(f"{called} of the event {event.name} must refer to an {kind} of the same template",
                    event.properties[called].key)  # fmt: skip
        return False
    return expansion.change(name, change)


def _property(node: MapNode, name: str, at: Span) -> Entry:
    """A property of a resource as written; an empty object if it is missing."""
    return entries(node.entries.get("Properties")).get(name, Entry(at, MapNode({}, at)))


def _with_property(node: MapNode, name: str, value: dict[str, Entry], at: Span) -> MapNode:
    """A resource with new members in one of its properties. Its place stays the same."""
    before = entries(node.entries.get("Properties")).get(name)
    where = at if before is None else before.key
    made = Entry(where, MapNode(value, where if before is None else before.value.span))
    return _with_property_node(node, name, made, at)


def _with_property_node(node: MapNode, name: str, value: Entry, at: Span) -> MapNode:
    """A resource with one of its properties replaced."""
    properties = node.entries.get("Properties")
    made = {**entries(properties), name: value}
    span = at if properties is None or is_no_value(properties.value) else properties.value.span
    return with_members(node, {"Properties": Entry(at if properties is None else properties.key, MapNode(made, span))})


def sns(event: Event) -> list[Made]:
    """Messages of a topic, directly or through a queue."""
    queued = event.get("SqsSubscription")
    if queued is None or event.text("SqsSubscription").lower() == "false":
        event.permission("sns.amazonaws.com", SourceArn=event.get("Topic"))
        _subscription(event, "lambda", event.target.arn)
        return []
    given = entries(queued)
    arn: Made = given.get("QueueArn")
    url: Made = given.get("QueueUrl")
    if (arn is None) is not (url is None):
        event.error("SqsSubscription needs both a QueueArn and a QueueUrl, or neither", queued.key)
        return []
    if arn is None or url is None:
        queue = event.put("AWS::SQS::Queue", {"Tags": event.source.propagated}, "Queue")
        arn, url = get_att(queue, "Arn"), ref(queue)
    policy_name = text(given.get("QueuePolicyLogicalId")) or f"{event.id}QueuePolicy"
    topic = event.properties["Topic"].value
    put_queue_policy(event, policy_name, "*", arn, url, topic)
    _subscription(event, "sqs", arn)
    mapped: dict[str, Made] = {
        "BatchSize": given.get("BatchSize") or 10,
        "Enabled": given.get("Enabled") or True,
        "EventSourceArn": arn,
        "FunctionName": event.target.name_or_alias,
    }
    event.put("AWS::Lambda::EventSourceMapping", mapped, "EventSourceMapping")
    return ["AWSLambdaSQSQueueExecutionRole"]


def _subscription(event: Event, protocol: str, endpoint: Made) -> None:
    given = event.renamed({"Topic": "TopicArn"}, ("Topic", "Region", "FilterPolicy", "FilterPolicyScope", "RedrivePolicy"))
    event.put("AWS::SNS::Subscription", {**given, "Endpoint": endpoint, "Protocol": protocol})


def put_queue_policy(event: Event, name: str, principal: Made, arn: Made, url: Made, sender: Made) -> None:
    """Allows one sender to send messages to a queue."""
    only_by: Made = {"ArnEquals": {"aws:SourceArn": sender}}
    statement = allow("sqs:SendMessage", arn, Principal=principal, Condition=only_by)
    properties: dict[str, Made] = {"PolicyDocument": {"Version": "2012-10-17", "Statement": [statement]}, "Queues": [url]}
    event.source.put(name, "AWS::SQS::QueuePolicy", properties, at=event.at)
