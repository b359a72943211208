"""Amazon EventBridge: event buses, rules and schedules."""

from typing import Annotated, Any

from wa_iac.core.binding import Cfn, Default, Tf
from wa_iac.core.coerce import EmbeddedDocument, Tags
from wa_iac.core.resource import Block, Link, Resource
from wa_iac.core.value import Value

from .sqs import Queue


class EventBus(Resource, cfn="AWS::Events::EventBus", tf="aws_cloudwatch_event_bus", cfn_key="Name", tf_key="name"):
    """An event bus."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    policy: Annotated[
        Value[EmbeddedDocument], Cfn("Policy"), Tf("policy", of="aws_cloudwatch_event_bus_policy", by="event_bus_name")
    ]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class Target(Block):
    """The target of a rule's events."""

    arn: Annotated[Value[str], Cfn("Arn"), Tf("arn")]
    # A text that the target gets instead of the event.
    constant: Annotated[Value[str], Cfn("Input"), Tf("input")]
    dead_letter_queue: Annotated[Link[Queue], Cfn("DeadLetterConfig.Arn"), Tf("dead_letter_config.arn")]


class EventRule(Resource, cfn="AWS::Events::Rule", tf="aws_cloudwatch_event_rule", cfn_key="Name", tf_key="name"):
    """A rule of an event bus, with Terraform's separate targets folded in."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    bus: Annotated[Link[EventBus], Cfn("EventBusName"), Tf("event_bus_name")]
    pattern: Annotated[Value[EmbeddedDocument], Cfn("EventPattern"), Tf("event_pattern")]
    schedule: Annotated[Value[str], Cfn("ScheduleExpression"), Tf("schedule_expression")]
    state: Annotated[
        Value[str],
        Cfn("State"),
        Tf("state"),
        Tf("is_enabled", read={True: "ENABLED", False: "DISABLED"}),
        Default("ENABLED"),
    ]
    targets: Annotated[list[Target], Cfn("Targets[]"), Tf("", of="aws_cloudwatch_event_target", by="rule", many=True)]
    tags: Annotated[Value[Tags], Cfn("Tags"), Tf("tags_all"), Tf("tags")]


class Schedule(Resource, cfn="AWS::Scheduler::Schedule", tf="aws_scheduler_schedule", cfn_key="Name", tf_key="name"):
    """A schedule of EventBridge Scheduler."""

    name: Annotated[Value[str], Cfn("Name"), Tf("name")]
    schedule: Annotated[Value[str], Cfn("ScheduleExpression"), Tf("schedule_expression")]
    state: Annotated[Value[str], Cfn("State"), Tf("state"), Default("ENABLED")]
    targets: Annotated[list[Target], Cfn("Target"), Tf("target[]")]


class EventBusPolicy(
    Resource, cfn="AWS::Events::EventBusPolicy", tf=("aws_cloudwatch_event_bus_policy", "aws_cloudwatch_event_permission")
):
    """A policy of an event bus, one statement of it, or a permission in EventBridge's own words."""

    bus: Annotated[Link[EventBus], Cfn("EventBusName"), Tf("event_bus_name")]
    document: Annotated[Value[EmbeddedDocument], Tf("policy")]
    statement: Annotated[Value[EmbeddedDocument], Cfn("Statement")]
    principal: Annotated[Value[str], Cfn("Principal"), Tf("principal")]
    condition: Annotated[Value[Any], Cfn("Condition"), Tf("condition")]
