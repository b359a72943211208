"""Events on a schedule and by pattern: EventBridge rules and EventBridge Scheduler, for functions and state machines."""

from __future__ import annotations

from typing import Final

from wa_iac.parsers.cloudformation.sam.nodes import Made, build, entries, entry_at, get_att, is_true, ref, text
from wa_iac.parsers.cloudformation.sam.permissions.roles import assumed_by, may
from wa_iac.parsers.cloudformation.text.located import Entry

from .event import Event
from .pushed import put_queue_policy

_SCHEDULE: Final = (
    "Description", "EndDate", "FlexibleTimeWindow", "GroupName", "KmsKeyArn", "Name", "ScheduleExpression",
    "ScheduleExpressionTimezone", "StartDate", "State",
)  # fmt: skip


def schedule(event: Event) -> list[Made]:
    """A rule on a schedule."""
    made = event.renamed({"Schedule": "ScheduleExpression"}, ("Schedule", "Description", "Name"))
    return _rule(event, made)


def rule(event: Event) -> list[Made]:
    """A rule for events that match a pattern."""
    names = {"Pattern": "EventPattern", "RuleName": "Name"}
    return _rule(event, event.renamed(names, ("Pattern", "RuleName", "EventBusName")))


def _rule(event: Event, made: dict[str, Made]) -> list[Made]:
    enabled, state = event.get("Enabled"), event.get("State")
    if enabled is not None and state is not None:
        event.error(f'the event "{event.name}" accepts a State or Enabled, not both', enabled.key)
    if enabled is not None and event.text("Enabled"):
        state = entry_at(enabled, "ENABLED" if is_true(event.text("Enabled")) else "DISABLED")
    machine = event.target.is_machine
    given = entries(event.get("Target"))
    target: dict[str, Made] = {
        "Arn": event.target.arn,
        "Id": given.get("Id") or f"{event.id}{'StepFunctions' if machine else 'Lambda'}Target",
        **event.only("Input", "InputPath", "InputTransformer", "RetryPolicy"),
    }
    if machine:
        target["RoleArn"] = event.get("RoleArn") or get_att(put_start_role(event, "events.amazonaws.com"), "Arn")
    arn = get_att(event.id, "Arn")
    target["DeadLetterConfig"] = _dead_letters(event, arn)
    event.put("AWS::Events::Rule", {**made, "State": state, "Targets": [target]})
    if not machine:
        event.permission("events.amazonaws.com", SourceArn=arn)
    return []


def start_policy(event: Event, name: str) -> Made:
    """The policy that lets a role start the state machine."""
    return may(name, "states:StartExecution", ref(event.target.alias or event.source.name))


def put_start_role(event: Event, service: str) -> str:
    """Adds the role with which a service starts a state machine; returns its name."""
    properties: dict[str, Made] = {
        "AssumeRolePolicyDocument": assumed_by(service),
        "Policies": [start_policy(event, f"{event.id}RoleStartExecutionPolicy")],
        "PermissionsBoundary": event.source.get("PermissionsBoundary"),
        "Tags": event.source.propagated,
    }
    return event.put("AWS::IAM::Role", properties, "Role")


def _dead_letters(event: Event, sender: Made) -> Made:
    """The dead-letter queue; one is created if only its type is given."""
    entry = event.get("DeadLetterConfig")
    if entry is None:
        return None
    given = entries(entry)
    if "Arn" in given or not given:
        return entry_at(entry, {"Arn": given["Arn"]}) if given else entry
    queue = _queue(event, entry, given)
    if queue and sender is not None:
        service: Made = {"Service": "events.amazonaws.com"}
        put_queue_policy(event, f"{event.id}QueuePolicy", service, get_att(queue, "Arn"), ref(queue), sender)
    return entry_at(entry, {"Arn": get_att(queue, "Arn")}) if queue else None


def _queue(event: Event, entry: Entry, given: dict[str, Entry]) -> str:
    """The name of the created queue; empty, and an error, if none can be created."""
    if event.source.expansion.text(given.get("Type")) != "SQS":
        event.error("a DeadLetterConfig needs an Arn or the Type SQS", entry.key)
        return ""
    name = text(given.get("QueueLogicalId")) or f"{event.id}Queue"
    return event.source.put(name, "AWS::SQS::Queue", {"Tags": event.source.propagated}, at=entry.key)


def scheduler(event: Event) -> list[Made]:
    """A schedule of EventBridge Scheduler."""
    made: dict[str, Made] = event.only(*_SCHEDULE)
    if "FlexibleTimeWindow" not in made:
        made["FlexibleTimeWindow"] = {"Mode": "OFF"}
    if "Name" not in made and not is_true(event.text("OmitName")):
        made["Name"] = event.id
    dead_letters = _dead_letters(event, None)
    queue = dead_letters if isinstance(dead_letters, Entry) else None
    made["Target"] = {
        "Arn": event.target.arn,
        "RoleArn": event.get("RoleArn") or get_att(_scheduler_role(event, entries(queue).get("Arn")), "Arn"),
        "DeadLetterConfig": dead_letters,
        **event.only("Input", "RetryPolicy"),
    }
    event.put("AWS::Scheduler::Schedule", made)
    return []


def _scheduler_role(event: Event, queue: Entry | None) -> str:
    """The role with which the scheduler invokes its target and sends failed invocations to the `queue`; returns its name."""
    if event.target.is_machine:
        policy = start_policy(event, f"{event.id}StartExecutionPolicy")
    else:
        policy = may(f"{event.id}LambdaPolicy", "lambda:InvokeFunction", event.target.arn)
    policies = [policy] if queue is None else [policy, may(f"{event.id}SQSPolicy", "sqs:SendMessage", queue.value)]
    properties: dict[str, Made] = {
        "AssumeRolePolicyDocument": assumed_by("scheduler.amazonaws.com"),
        "Policies": [build(each, event.at) for each in policies],
        "PermissionsBoundary": event.get("PermissionsBoundary"),
        "Tags": event.source.propagated,
    }
    return event.put("AWS::IAM::Role", properties, "Role")
